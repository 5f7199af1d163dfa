import Synchronization

/// One HTTP request that an operator wants to send to a partner: a callback, notification or event.
///
/// The sandbox owns no HTTP client. Whoever runs it puts the request on the wire exactly as it stands: the body of an
/// event is signed byte by byte.
public struct SandboxCallback: Sendable, Hashable {
    /// A header field of a callback.
    public struct Header: Sendable, Hashable {
        /// The header's name.
        public var name: String
        /// The header's value.
        public var value: String

        /// Takes both as they are sent.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Who sends it.
    public var sender: SandboxOperator
    /// `GET`, `POST` or `PUT`.
    public var method: String
    /// The absolute URL, query included.
    public var url: String
    /// The headers; `Content-Type` is among them when there is a body.
    public var headers: [Header]
    /// The body; empty for `GET`.
    public var body: [UInt8]

    /// Complete: whoever sends it adds nothing.
    public init(sender: SandboxOperator, method: String, url: String, headers: [Header], body: [UInt8]) {
        self.sender = sender
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What the partner answered to a callback.
public struct SandboxCallbackReply: Sendable, Hashable {
    /// What the router answered with.
    public var status: Int
    /// The body.
    ///
    /// TMoney reads it: only JSON with `code` 2001 acknowledges a callback (docs/protocols/tmoney.md, B4).
    public var body: [UInt8]

    /// What the router answered; whether that acknowledges it, the operator decides.
    public init(status: Int, body: [UInt8] = []) {
        self.status = status
        self.body = body
    }
}

/// Puts a callback on the wire.
///
/// Returns `nil` if no complete answer came; the sandbox then tries again later.
public typealias SandboxCallbackSender = @Sendable (SandboxCallback) async -> SandboxCallbackReply?

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

/// The callback addresses, by operator and account.
final class Registrations: Sendable {
    private struct Key: Hashable, Sendable {
        var `operator`: SandboxOperator
        var account: String
    }

    private let table = Mutex<[Key: SandboxRegistration]>([:])

    /// Replaces the registration of the same operator and account.
    func set(_ registration: SandboxRegistration) {
        let key = Key(operator: registration.operator, account: registration.account)
        table.withLock { $0[key] = registration }
    }

    func find(_ name: SandboxOperator, _ account: String) -> SandboxRegistration? {
        table.withLock { $0[Key(operator: name, account: account)] }
    }
}
