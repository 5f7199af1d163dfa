import Router

/// What somebody sees first.
extension ConsolePages {
    func registerHome(in routes: inout RouteTable) {
        page("/console", .signedIn, in: &routes) { visit throws(Problem) in
            _ = try QueryParameters(visit.request.query, allowed: ["lang"])
            let texts = visit.texts
            var page = ConsolePage(heading: texts["home"], section: "/console")
            guard let account = visit.visitor.account else { return redirect("/console/signin") }
            guard visit.visitor.may(.read) else {
                page.lead = texts["homeNothing"]
                page.blocks = [ConsoleBlock(links: [.init(address: "/console/account", label: texts["account"])])]
                if account.isStaff { page.blocks[0].paragraphs = [(texts["rolesWithheld"], .plain)] }
                return shown(page, visit)
            }
            let apps = visit.visitor.may(.ownApps) ? try await desk.apps(visit) : []
            if visit.visitor.may(.ownApps), apps.isEmpty {
                page.blocks = [
                    ConsoleBlock(
                        heading: texts["firstApp"], paragraphs: [(texts["appNewText"], .plain)],
                        links: [.init(address: "/console/apps/new", label: texts["appNew"])])
                ]
            }
            return shown(page, visit)
        }
    }
}
