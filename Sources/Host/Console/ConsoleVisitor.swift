import Router

/// Who looks at the console, and what they may do where they look.
package struct ConsoleVisitor: Sendable {
    /// Who is signed in; `nil` if nobody is, or the second factor is still to come.
    var account: Account?
    /// Whose password was right while the second factor is still to come.
    var halfway: Account?
    /// The roles that count here.
    var roles: Set<AccountRole> = []
    /// Roles of the account that do not count here, because the listener is the callers' or no second factor was given.
    var withheld: Set<AccountRole> = []
    /// The session's cookie.
    var cookie: String?
    /// What forms of this session repeat; empty where nobody is signed in.
    var formToken = ""

    func may(_ right: ConsoleRight) -> Bool { right.isGranted(to: account == nil ? nil : roles) }

    /// Whether it is so for the apps of everybody, not for the account's own alone.
    func reachesAll(_ right: ConsoleRight) -> Bool { account != nil && right.reachesAll(roles) }

    /// Whether orders of all apps are shown; else those of the account's own.
    var seesEverything: Bool { may(.readPlatform) }
}
