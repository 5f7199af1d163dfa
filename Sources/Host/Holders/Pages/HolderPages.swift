import Pages
import People
import Router
import WebText

/// `/wallet`: the pages of holders, rendered by the server and usable without scripts.
///
/// A session is a cookie for these pages alone; every form repeats a token of the session, and comes from a page of this
/// origin. Nobody can frame them.
package struct HolderPages: Sendable {
    let desk: HolderDesk

    package init(desk: HolderDesk) { self.desk = desk }

    var publicURL: String { desk.engine.settings.publicURL }
    private var isSecure: Bool { publicURL.hasPrefix("https://") }

    typealias Shown = @Sendable (HolderVisit) async throws(Problem) -> APIResponse
    typealias Sent = @Sendable (HolderVisit, QueryParameters) async throws(Problem) -> APIResponse

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/wallet/wallet.css", limit: .pages) { _ in
            .bytes(Array(Resources.Holders.walletCSS.utf8), type: "text/css; charset=utf-8")
                .with("cache-control", "public, max-age=300").with("x-content-type-options", "nosniff")
        }
        registerAccounts(in: &routes)
        registerMoney(in: &routes)
        registerBills(in: &routes)
        registerSettings(in: &routes)
    }

    // MARK: Visits

    /// A page that anybody may see.
    func open(_ path: String, in routes: inout RouteTable, _ body: @escaping Shown) {
        routes.open("GET", path, limit: .pages) { request throws(Problem) in
            try await answer(try await visit(request), body)
        }
    }

    /// A page for whoever is signed in; others are asked to, and come back.
    func signedIn(
        _ path: String, in routes: inout RouteTable,
        _ body: @escaping @Sendable (HolderVisit, Account) async throws(Problem) -> APIResponse
    ) {
        routes.open("GET", path, limit: .pages) { request throws(Problem) in
            let visit = try await visit(request)
            guard let account = visit.account else { return toSignIn(request) }
            return try await answer(visit) { visit throws(Problem) in try await body(visit, account) }
        }
    }

    /// What a form of anybody sends.
    func openForm(
        _ path: String, in routes: inout RouteTable, limit: LimitClass = .pages, _ fields: Set<String>,
        _ body: @escaping Sent
    ) {
        routes.open("POST", path, limit: limit) { request throws(Problem) in
            try await answer(try await visit(request)) { visit throws(Problem) in
                guard SameOrigin(publicURL: publicURL).accepts(request) else { return foreign(visit) }
                return try await body(visit, try Self.fields(request, fields))
            }
        }
    }

    /// What a form of somebody signed in sends.
    func form(
        _ path: String, in routes: inout RouteTable, work: RouteTable.Work = .other, _ fields: Set<String>,
        _ body: @escaping @Sendable (HolderVisit, Account, QueryParameters) async throws(Problem) -> APIResponse
    ) {
        routes.open("POST", path, limit: .pages, work: work) { request throws(Problem) in
            let visit = try await visit(request)
            guard let account = visit.account else { return toSignIn(request) }
            return try await answer(visit) { visit throws(Problem) in
                guard SameOrigin(publicURL: publicURL).accepts(request) else { return foreign(visit) }
                let form = try Self.fields(request, fields)
                guard let token = form["form"], token.utf8.count == visit.formToken.utf8.count,
                    ConstantTime.areEqual(token, visit.formToken)
                else { return foreign(visit) }
                return try await body(visit, account, form)
            }
        }
    }

    private static func fields(_ request: APIRequest, _ names: Set<String>) throws(Problem) -> QueryParameters {
        try FormBody.fields(request, allowed: names.union(["form", "next"]))
    }

    private func visit(_ request: APIRequest) async throws(Problem) -> HolderVisit {
        let asked = request.query.split(separator: "&").first { $0.hasPrefix("lang=") }.map { String($0.dropFirst(5)) }
        let cookie = PageCookie.value(PageCookie.Place.wallet.session, in: request)
        var account: Account?
        if let cookie {
            account = try await desk.stored { () async throws(StoreFailure) in
                try await desk.people.account(session: cookie)
            }
        }
        let kept = PageCookie.value(PageCookie.language, in: request)
        let language = PayLanguage.chosen(
            asked, kept ?? account?.language, acceptLanguage: request.header("accept-language"))
        return HolderVisit(
            request: request, language: language, account: account, cookie: account == nil ? nil : cookie,
            formToken: account == nil ? "" : cookie.map { desk.people.codes.formToken(session: $0) } ?? "")
    }

    /// Answers a visit; what goes wrong is said on a page, in the visitor's language.
    private func answer(_ visit: HolderVisit, _ body: Shown) async throws(Problem) -> APIResponse {
        var answer: APIResponse
        do throws(Problem) { answer = try await body(visit) } catch {
            var page = HolderPage(heading: visit.texts["title"])
            page.buttons = [.init(address: "/wallet", label: visit.texts["home"], isQuiet: true)]
            answer = failed(page, error, visit, isAboutBill: visit.request.parameters["code"] != nil)
        }
        let asked = visit.request.query.split(separator: "&").first { $0.hasPrefix("lang=") }
        if let language = asked.flatMap({ PayLanguage(rawValue: String($0.dropFirst(5))) }) {
            answer = answer.with(
                "set-cookie",
                PageCookie.line(
                    PageCookie.language, language.rawValue, at: .wallet, seconds: 365 * 86_400, isSecure: isSecure))
        }
        return answer
    }

    private func toSignIn(_ request: APIRequest) -> APIResponse {
        let next =
            request.method == "GET" ? request.path + (request.query.isEmpty ? "" : "?" + request.query) : "/wallet"
        return redirect("/wallet/signin?next=" + Self.escaped(next))
    }

    /// What is answered to a form that comes from another site, or from a page of another session.
    private func foreign(_ visit: HolderVisit) -> APIResponse {
        var page = HolderPage(heading: visit.texts["title"])
        page.error = visit.texts["errorFormOld"]
        page.buttons = [.init(address: "/wallet", label: visit.texts["home"], isQuiet: true)]
        return shown(page, visit, status: 403)
    }

    // MARK: Answers

    func redirect(_ address: String) -> APIResponse {
        APIResponse.empty(303).with("location", address).with("cache-control", "no-store")
    }

    /// A page with its headers: nothing from elsewhere, and framed by nobody.
    func shown(_ page: HolderPage, _ visit: HolderVisit, status: Int = 200) -> APIResponse {
        let policy =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
        let answer = APIResponse.html(
            HostPage.holder.rendered(page.model(visit, path: visit.request.path)), status: status
        )
        .with("content-security-policy", policy).with("x-content-type-options", "nosniff")
        .with("x-frame-options", "DENY").with("referrer-policy", "no-referrer").with("cache-control", "no-store")
        return page.refresh.map { answer.with("refresh", String($0)) } ?? answer
    }

    /// The answer that begins a session, and leads on.
    func begin(_ account: Account, next: String?) async throws(Problem) -> APIResponse {
        let cookie = try await desk.changed { () async throws(StoreFailure) in
            try await desk.people.beginSession(account)
        }
        return redirect(Self.local(next)).with(
            "set-cookie",
            PageCookie.line(
                PageCookie.Place.wallet.session, cookie, at: .wallet, seconds: People.sessionSeconds, isSecure: isSecure
            ))
    }

    func ended(_ next: String) -> APIResponse {
        redirect(next).with(
            "set-cookie",
            PageCookie.line(
                PageCookie.Place.wallet.session, nil, at: .wallet, seconds: 0, isSecure: isSecure))
    }

    /// A way on that stays here, whatever somebody wrote into the address.
    static func local(_ next: String?) -> String { LocalAddress.checked(next, below: "/wallet") }

    /// A key for one form: sent twice, it does its work once.
    static func freshKey() -> String {
        let random = SystemRandom()
        return "page-" + Hex.text((0..<2).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } })
    }
}
