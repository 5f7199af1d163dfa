/// Where an operator sends the callbacks of one account.
///
/// At a real operator a form or a dashboard holds this.
///
/// Later registrations of the same operator and account replace earlier ones; a callback that is still being retried
/// goes to the new address.
public struct SandboxRegistration: Sendable, Hashable, Codable {
    /// Whose callbacks these are.
    ///
    /// Flouci takes the address with each payment and ignores registrations.
    public var `operator`: SandboxOperator
    /// How the operator names it: TMoney by the user name (`nomUtilisateur`), cards by the secret key.
    public var account: String
    /// The absolute URL to call.
    public var callbackURL: String
    /// The endpoint's signing secret (`whsec_...`) where callbacks are signed with one of their own: cards only.
    public var secret: String?
    /// TMoney Online: how long its sessions live, in seconds; 180 if left out.
    public var sessionSeconds: Int64?

    /// What an account leaves out its operator has a default for, or no use.
    public init(
        operator: SandboxOperator, account: String, callbackURL: String, secret: String? = nil,
        sessionSeconds: Int64? = nil
    ) {
        self.operator = `operator`
        self.account = account
        self.callbackURL = callbackURL
        self.secret = secret
        self.sessionSeconds = sessionSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case `operator`, account, secret
        case callbackURL = "callback_url"
        case sessionSeconds = "session_seconds"
    }
}
