import Pages
import People
import Router
import WebText

/// `/console`: the pages of developers and staff, rendered by the server and usable without scripts.
///
/// A session is a cookie for these pages alone; every form repeats a token of the session, and comes from a page of this
/// origin. Nobody can frame them. Who may see what, ``ConsoleGate`` has decided before.
struct ConsolePages: Sendable {
    let desk: ConsoleDesk

    init(desk: ConsoleDesk) { self.desk = desk }

    typealias Shown = @Sendable (ConsoleVisit) async throws(Problem) -> APIResponse
    typealias Sent = @Sendable (ConsoleVisit, QueryParameters) async throws(Problem) -> APIResponse

    func register(in routes: inout RouteTable) {
        routes.console("GET", "/console/console.css", .anybody) { _, _ in
            .bytes(Array(Resources.Console.consoleCSS.utf8), type: "text/css; charset=utf-8")
                .with("cache-control", "public, max-age=300").with("x-content-type-options", "nosniff")
        }
        registerSignIn(in: &routes)
        registerSignUp(in: &routes)
        registerAccount(in: &routes)
        registerSecondFactor(in: &routes)
        registerHome(in: &routes)
        registerOrders(in: &routes)
        registerReviews(in: &routes)
        registerWebhooks(in: &routes)
        registerProviders(in: &routes)
        registerSnapshots(in: &routes)
        registerApps(in: &routes)
        registerAudit(in: &routes)
        registerUsers(in: &routes)
    }

    // MARK: Routes

    /// A page.
    func page(_ path: String, _ right: ConsoleRight, in routes: inout RouteTable, _ body: @escaping Shown) {
        routes.console("GET", path, right) { request, visitor throws(Problem) in
            try await answer(ConsoleVisit(request, visitor), body)
        }
    }

    /// What a form sends; it repeats the session's token where somebody is signed in.
    func form(
        _ path: String, _ right: ConsoleRight, in routes: inout RouteTable, limit: LimitClass = .pages,
        _ fields: Set<String>, _ body: @escaping Sent
    ) {
        routes.console("POST", path, right, limit: limit) { request, visitor throws(Problem) in
            try await answer(ConsoleVisit(request, visitor)) { visit throws(Problem) in
                guard SameOrigin(publicURL: desk.publicURL).accepts(request) else { return foreign(visit) }
                let form = try FormBody.fields(request, allowed: fields.union(["form", "next"]))
                guard visitor.formToken.isEmpty || isOwn(form["form"], visitor) else { return foreign(visit) }
                var visit = visit
                visit.typed = form
                return try await body(visit, form)
            }
        }
    }

    private func isOwn(_ token: String?, _ visitor: ConsoleVisitor) -> Bool {
        guard let token, token.utf8.count == visitor.formToken.utf8.count else { return false }
        return ConstantTime.areEqual(token, visitor.formToken)
    }

    /// Answers a visit; what goes wrong is said on a page, in the visitor's language.
    private func answer(_ visit: ConsoleVisit, _ body: Shown) async throws(Problem) -> APIResponse {
        var answer: APIResponse
        do throws(Problem) { answer = try await body(visit) } catch {
            answer = failed(ConsolePage(heading: visit.texts["cannot"]), error, visit)
        }
        let asked = visit.request.query.split(separator: "&").first { $0.hasPrefix("lang=") }
        if let language = asked.flatMap({ PayLanguage(rawValue: String($0.dropFirst(5))) }) {
            answer = answer.with(
                "set-cookie",
                PageCookie.line(
                    PageCookie.language, language.rawValue, at: .console, seconds: 365 * 86_400,
                    isSecure: isSecure(visit.request)))
        }
        return answer
    }

    /// What is answered to a form that comes from another site, or from a page of another session.
    private func foreign(_ visit: ConsoleVisit) -> APIResponse {
        var page = ConsolePage(heading: visit.texts["cannot"])
        page.error = visit.texts["errorFormOld"]
        return shown(page, visit, status: 403)
    }

    // MARK: Answers

    /// A page with its headers: nothing from elsewhere, and framed by nobody.
    func shown(_ page: ConsolePage, _ visit: ConsoleVisit, status: Int = 200) -> APIResponse {
        // The browser knows the one script by its hash.
        let live = page.script.map { "; script-src \(PageFrame.hash($0)); connect-src 'self'" } ?? ""
        let policy =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'\(live)"
        return APIResponse.html(
            HostPage.console.rendered(page.model(visit, brand: desk.settings.name, publicURL: desk.publicURL)),
            status: status
        )
        .with("content-security-policy", policy).with("x-content-type-options", "nosniff")
        .with("x-frame-options", "DENY").with("referrer-policy", "no-referrer").with("cache-control", "no-store")
    }

    /// A page with what went wrong.
    func failed(_ page: ConsolePage, _ problem: Problem, _ visit: ConsoleVisit) -> APIResponse {
        var page = page
        page.error = ConsoleFault.text(problem, visit.texts)
        if let typed = visit.typed { page.show(typed, in: visit.request.path) }
        var answer = shown(page, visit, status: problem.code.status)
        answer.headers += problem.headers
        return answer
    }

    func redirect(_ address: String) -> APIResponse {
        APIResponse.empty(303).with("location", address).with("cache-control", "no-store")
    }

    /// A way on that stays here, whatever somebody wrote into the address.
    static func local(_ next: String?) -> String { LocalAddress.checked(next, below: "/console") }

    /// A text within an address.
    static func escaped(_ text: String) -> String { PercentText.encoded(text) }

    // MARK: Sessions

    /// Cookies go over https alone where the router is reached so; the port of this machine has none.
    private func isSecure(_ request: APIRequest) -> Bool {
        guard desk.publicURL.hasPrefix("https://"), let own = try? WebURL(desk.publicURL) else { return false }
        return request.host.map { own.origin == "https://\($0)" } ?? true
    }

    /// The answer that begins a session, in the place of the one before, and leads on.
    func begin(
        _ account: Account, _ realm: AccountSession.Realm, _ visit: ConsoleVisit, next: String
    ) async throws(Problem) -> APIResponse {
        let cookie = try await desk.changed { () async throws(StoreFailure) in
            if let old = visit.visitor.cookie { try await desk.people.end(session: old) }
            return try await desk.people.beginSession(account, realm)
        }
        return redirect(next).with(
            "set-cookie",
            PageCookie.line(
                PageCookie.Place.console.session, cookie, at: .console, seconds: People.sessionSeconds,
                isSecure: isSecure(visit.request)))
    }

    func ended(_ next: String, _ visit: ConsoleVisit) -> APIResponse {
        redirect(next).with(
            "set-cookie",
            PageCookie.line(
                PageCookie.Place.console.session, nil, at: .console, seconds: 0, isSecure: isSecure(visit.request)))
    }
}
