/// Gives out access tokens before anything else works.
///
/// The core caches them in memory, per login, and refreshes with one call at a time.
public protocol AccessTokenIssuing: PaymentProvider {
    /// Which of the provider's logins a request needs. Pure.
    ///
    /// Operators with one login need not implement it.
    func login(for request: WireRequest) -> LoginName

    /// Which of the provider's logins an operation's money requests need. Pure.
    ///
    /// The same that ``login(for:)-(WireRequest)`` names for each of them; operators with one login need not implement it.
    func login(for operation: MoneyOperation) -> LoginName

    /// The login request with its credentials. Pure.
    func loginRequest(_ login: LoginName) -> WireRequest

    /// Reads the login reply. Pure.
    func readLogin(_ reply: WireReply) -> LoginResult
}

extension AccessTokenIssuing {
    /// ``LoginName/main``: most operators have one login for everything.
    public func login(for request: WireRequest) -> LoginName { .main }

    /// ``LoginName/main``: most operators have one login for everything.
    public func login(for operation: MoneyOperation) -> LoginName { .main }
}

/// Tells the logins of one provider apart, where an operator has one per product.
public struct LoginName: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Tells the logins of one provider apart; it is no user name.
    public let text: String

    /// Takes a literal name.
    public init(stringLiteral value: String) { text = value }

    /// The login of operators that have only one.
    public static let main: LoginName = "main"
}

/// What the reply to a login proves about the credentials.
public enum LoginResult: Sendable, Hashable {
    /// A token and how long it lives, in seconds, counted from receipt.
    case token(String, lifetimeSeconds: Int64)
    /// The operator refused the credentials.
    case refused(providerCode: String?)
    /// No readable answer.
    case unreadable
}
