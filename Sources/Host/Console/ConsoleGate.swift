package import People
import Router

/// Decides who looks at the console and whether they may: ``Dispatcher`` asks it before anything of a call runs.
package struct ConsoleGate: Sendable {
    /// Where the console is looked at.
    package enum Listener: Sendable, Hashable {
        /// Callers' own port: what developers do, and, where the installation says so, staff with a second factor.
        case callers(staff: Bool)
        /// The port of those who run the router.
        case admins
    }

    let people: People
    let listener: Listener
    /// Shows what is refused.
    let refusals: any ConsoleRefusals

    package init(people: People, listener: Listener, refusals: any ConsoleRefusals) {
        self.people = people
        self.listener = listener
        self.refusals = refusals
    }

    /// Whether somebody may make a call; if so, the request names who it is.
    ///
    /// - Returns: The answer to whoever may not.
    func refusal(of request: inout APIRequest, _ right: ConsoleRight) async throws(Problem) -> APIResponse? {
        let visitor = try await visitor(request)
        request.visitor = visitor
        if right.isForStaff, listener == .callers(staff: false) { return refusals.absent(request) }
        if visitor.may(right) { return nil }
        guard visitor.account != nil else { return refusals.signIn(request) }
        // What counts here only with a second factor is told apart from what somebody may never do.
        return right.isGranted(to: visitor.roles.union(visitor.withheld)) && right.isForStaff
            ? refusals.secondFactorNeeded(request) : refusals.forbidden(request)
    }

    private func visitor(_ request: APIRequest) async throws(Problem) -> ConsoleVisitor {
        guard let cookie = PageCookie.value(PageCookie.Place.console.session, in: request) else {
            return ConsoleVisitor()
        }
        let found: (account: Account, realm: AccountSession.Realm)?
        do throws(StoreFailure) { found = try await people.session(cookie) } catch {
            throw Problem(.unavailable, "sessions cannot be looked up now")
        }
        guard let (account, realm) = found, realm != .wallet else { return ConsoleVisitor() }
        let token = people.codes.formToken(session: cookie)
        if realm == .halfway { return ConsoleVisitor(halfway: account, cookie: cookie, formToken: token) }
        let roles = Self.counting(account.roles, at: listener, withSecondFactor: realm == .consoleWithSecondFactor)
        return ConsoleVisitor(
            account: account, roles: roles, withheld: account.roles.subtracting(roles), cookie: cookie, formToken: token
        )
    }

    /// The roles that count at a listener.
    ///
    /// At the callers' port an admin is a developer, unless staff may come there and a second factor was given.
    static func counting(
        _ roles: Set<AccountRole>, at listener: Listener, withSecondFactor: Bool
    ) -> Set<AccountRole> {
        switch listener {
        case .admins: roles
        case .callers(staff: true) where withSecondFactor: roles
        case .callers: roles.contains(.admin) || roles.contains(.developer) ? [.developer] : []
        }
    }
}

/// What is shown to whoever may not make a call of the console.
package protocol ConsoleRefusals: Sendable {
    /// Nobody is signed in.
    func signIn(_ request: APIRequest) -> APIResponse
    /// The account may never do this.
    func forbidden(_ request: APIRequest) -> APIResponse
    /// The account may do this once it has given a second factor.
    func secondFactorNeeded(_ request: APIRequest) -> APIResponse
    /// The call cannot be answered, such as one with too much in it.
    func unanswered(_ request: APIRequest, _ problem: Problem) -> APIResponse
    /// There is nothing at this listener.
    func absent(_ request: APIRequest) -> APIResponse
}
