/// What the transport knows after one hand-off of one money request.
public struct TransmissionReport: Sendable, Hashable {
    /// `false` proves that no byte of the request left.
    ///
    /// `true` proves nothing about arrival.
    public var gateOpened: Bool
    /// The complete reply, or why there is none.
    public var result: Result<WireReply, TransportFailure>
    /// libcurl's result code, for the record only; never used to decide what happened.
    public var curlCode: Int32
    /// Time from hand-off to the end, in microseconds.
    public var durationMicroseconds: Int64

    /// `gateOpened` must be the gate's own word: it alone proves that nothing was sent.
    public init(
        gateOpened: Bool, result: Result<WireReply, TransportFailure>, curlCode: Int32 = 0,
        durationMicroseconds: Int64 = 0
    ) {
        self.gateOpened = gateOpened
        self.result = result
        self.curlCode = curlCode
        self.durationMicroseconds = durationMicroseconds
    }
}

extension TransmissionReport {
    /// Whether there was no room for the exchange on this machine: it can be handed over again.
    ///
    /// The gate decides, not the kind of failure: what may have left is never sent again because of this.
    var foundNoRoom: Bool {
        guard !gateOpened, case .failure(let failure) = result else { return false }
        return failure.kind == .exhausted
    }
}

/// Why an exchange yielded no complete reply.
///
/// Says nothing about whether the operator acted.
public struct TransportFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure worth telling apart in logs and breakers.
    public enum Kind: String, Sendable, Hashable {
        /// The request was refused before it was handed to the wire (bad URL, control characters).
        case invalidRequest = "invalid_request"
        /// The gate refused: past `sendNotAfter`, cancelled, or not the owner any more.
        case gateRefused = "gate_refused"
        /// The name could not be resolved.
        case nameLookup = "name_lookup"
        /// The address policy forbids the resolved address.
        case addressForbidden = "address_forbidden"
        /// No connection could be made in time.
        case connect
        /// The TLS handshake or certificate check failed.
        case tls
        /// No complete reply in time, or too slow.
        case timeout
        /// The connection broke before the reply was complete.
        case connectionLost = "connection_lost"
        /// The reply was not HTTP, or was cut short of its announced length.
        case malformedReply = "malformed_reply"
        /// The reply was larger than the cap.
        case oversized
        /// The transport is shutting down, or the exchange was cancelled.
        case cancelled
        /// This machine had no descriptor, no memory or no place among its connections left for the exchange: not now. Not
        /// one byte left it, and the operator is not to blame.
        case exhausted
        /// Anything else.
        case other
    }

    /// Decides nothing about money: only the gate does.
    public var kind: Kind
    /// Text for logs: no secrets, no payer data, no URL query.
    public var detail: String
    /// The status of a reply whose header was whole but whose body was over the cap, or could not be decompressed; `nil`
    /// for every other failure.
    public var status: Int?

    /// The detail is for logs: no secrets, no payer data.
    public init(_ kind: Kind, _ detail: String = "", status: Int? = nil) {
        self.kind = kind
        self.detail = detail
        self.status = status
    }

    /// For logs.
    public var description: String { detail.isEmpty ? kind.rawValue : "\(kind.rawValue): \(detail)" }
}
