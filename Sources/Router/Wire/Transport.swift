/// The wire to operators.
///
/// The router has one implementation for production (libcurl) and one for simulation. Both must keep these promises:
///
/// * a money request is put on the wire **at most once** per call of ``send(_:terms:)``: no hidden retry, no redirect,
///   no replay on a second connection;
/// * ``TransmissionReport/gateOpened`` is `false` only if not one byte of the request can have left: it is decided by
///   the one-shot ``SendGate`` that the transport asks immediately before the first byte, never by an error code;
/// * a ``WireReply`` is returned only if it is complete;
/// * no call outlives its total timeout by more than scheduling delay, and cancelling the task does not make a sent
///   request "not sent".
public protocol Transport: Sendable {
    /// Sends a request that may move money, once, through the gate in `terms`.
    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport

    /// Asks something harmless and repeatable (log in, check a status). May use warm connections and may be repeated
    /// by the transport on a connection that died before the first answer byte.
    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure>

    /// Whether an exchange has lately found no room on this machine (``TransportFailure/Kind/exhausted``), and none has
    /// found some since: nothing new should be accepted.
    var isExhausted: Bool { get }
}

extension Transport {
    /// A transport that needs nothing scarce is never exhausted.
    public var isExhausted: Bool { false }
}

/// Limits that hold for every exchange with an operator.
public struct WireLimits: Sendable, Hashable {
    /// Longest time for name lookup, TCP and TLS together, in milliseconds.
    public var connectMilliseconds: Int
    /// Longest time for the whole exchange, in milliseconds, connection set-up included.
    public var totalMilliseconds: Int
    /// Largest body accepted after content decoding, in bytes.
    ///
    /// One byte more ends the exchange as `.oversized`.
    public var maximumReplyBytes: Int
    /// Slower than this many bytes per second for ``lowSpeedSeconds`` ends the exchange.
    public var lowSpeedBytesPerSecond: Int
    /// See ``lowSpeedBytesPerSecond``.
    public var lowSpeedSeconds: Int

    /// The defaults suit an operator's JSON interface: 5 s to connect, 30 s in all, 256 KiB.
    public init(
        connectMilliseconds: Int = 5_000, totalMilliseconds: Int = 30_000, maximumReplyBytes: Int = 256 * 1024,
        lowSpeedBytesPerSecond: Int = 1, lowSpeedSeconds: Int = 15
    ) {
        self.connectMilliseconds = connectMilliseconds
        self.totalMilliseconds = totalMilliseconds
        self.maximumReplyBytes = maximumReplyBytes
        self.lowSpeedBytesPerSecond = lowSpeedBytesPerSecond
        self.lowSpeedSeconds = lowSpeedSeconds
    }
}

/// What a transport must respect when it sends a request that may move money.
public struct SendTerms: Sendable {
    /// Time and size limits.
    public var limits: WireLimits
    /// Whose connections and TLS sessions may be used; exchanges of different scopes share nothing.
    public var scope: ConnectionScope
    /// `true` only for operators with a strong idempotency contract: a warm connection may be used.
    public var mayReuseConnection: Bool
    /// Asked once, immediately before the first byte of the request leaves.
    public var gate: SendGate

    /// Connections are reused only where the operator's key is strong (C1).
    public init(limits: WireLimits = WireLimits(), scope: ConnectionScope, mayReuseConnection: Bool, gate: SendGate) {
        self.limits = limits
        self.scope = scope
        self.mayReuseConnection = mayReuseConnection
        self.gate = gate
    }
}

/// What a transport must respect when it asks something harmless.
public struct AskTerms: Sendable {
    /// Time and size limits.
    public var limits: WireLimits
    /// Whose connections and TLS sessions may be used.
    public var scope: ConnectionScope
    /// Which network addresses may be connected to.
    public var addresses: AddressPolicy

    /// Questions may be repeated, so there is no gate; 15 s in all by default.
    public init(
        limits: WireLimits = WireLimits(totalMilliseconds: 15_000), scope: ConnectionScope,
        addresses: AddressPolicy = .any
    ) {
        self.limits = limits
        self.scope = scope
        self.addresses = addresses
    }
}

/// Which addresses an exchange may connect to.
///
/// Checked on the address really connected to, after name lookup.
public enum AddressPolicy: Sendable, Hashable {
    /// Operators named in `providers.json`: any address.
    case any
    /// Targets named by callers (webhook endpoints): public unicast addresses only.
    case publicOnly
    /// No network: the server that listens at this socket file on this machine, whatever host the URL names.
    ///
    /// At most 107 bytes, as the system's addresses hold.
    case socketFile(path: String)
}

/// Names one connection cache: a provider and the credential it uses.
public struct ConnectionScope: Sendable, Hashable, CustomStringConvertible {
    /// The provider or purpose, for instance `tmoney-tg` or `webhooks`.
    public var owner: String
    /// Distinguishes credentials of one owner; never the secret itself.
    public var credential: String

    /// Equal scopes share connections, and nobody else does (C7).
    public init(owner: String, credential: String = "") {
        self.owner = owner
        self.credential = credential
    }

    /// The scope as text for logs.
    public var description: String { credential.isEmpty ? owner : "\(owner)/\(credential)" }
}
