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
