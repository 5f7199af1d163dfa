import Router

/// What is shown to whoever may not see a page.
extension ConsolePages: ConsoleRefusals {
    func signIn(_ request: APIRequest) -> APIResponse {
        let next =
            request.method == "GET" ? request.path + (request.query.isEmpty ? "" : "?" + request.query) : "/console"
        let isHalfway = request.visitor?.halfway != nil
        return redirect("/console/signin\(isHalfway ? "/code" : "")?next=" + Self.escaped(Self.local(next)))
    }

    func forbidden(_ request: APIRequest) -> APIResponse {
        let visit = visit(request)
        var page = ConsolePage(heading: visit.texts["forbidden"])
        page.lead = visit.texts["forbiddenText"]
        if !visit.visitor.withheld.isEmpty {
            page.blocks = [ConsoleBlock(paragraphs: [(visit.texts["rolesWithheld"], .plain)])]
        }
        return shown(page, visit, status: 403)
    }

    func secondFactorNeeded(_ request: APIRequest) -> APIResponse {
        let visit = visit(request)
        var page = ConsolePage(heading: visit.texts["secondFactor"])
        page.lead = visit.texts["secondFactorNeeded"]
        page.blocks = [
            ConsoleBlock(links: [
                .init(address: "/console/account/second-factor", label: visit.texts["secondFactorSet"])
            ])
        ]
        return shown(page, visit, status: 403)
    }

    func absent(_ request: APIRequest) -> APIResponse {
        let visit = visit(request)
        var page = ConsolePage(heading: visit.texts["missing"])
        page.lead = visit.texts["missingText"]
        return shown(page, visit, status: 404)
    }

    func unanswered(_ request: APIRequest, _ problem: Problem) -> APIResponse {
        let visit = visit(request)
        return failed(ConsolePage(heading: visit.texts["cannot"]), problem, visit)
    }

    private func visit(_ request: APIRequest) -> ConsoleVisit {
        ConsoleVisit(request, request.visitor ?? ConsoleVisitor())
    }
}
