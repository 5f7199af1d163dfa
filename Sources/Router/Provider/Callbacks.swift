/// Receives notifications from the operator.
public protocol ReceivingCallbacks: PaymentProvider {
    /// Verifies and reads one notification. Pure; `now` is for signature windows only.
    ///
    /// Verify over the raw bytes before parsing; fail closed when a secret is missing.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict
}

/// One notification as it came in.
public struct InboundCallback: Sendable, Hashable {
    /// `GET`, `POST` or `PUT`.
    public var method: String
    /// The rest of the path after the provider's name, without a leading slash.
    public var pathRest: String
    /// The raw query, without the question mark.
    public var query: String
    /// Header fields, names in lower case.
    public var headers: [WireRequest.Header]
    /// The bytes as they came: verify over these, before parsing.
    public var body: [UInt8]
    /// The address of the socket peer or, through configured proxies, of their client, in the spelling of
    /// ``NetworkAddress``; empty if it is not known.
    public var peer: String

    /// As the listener took it in; tests leave out what does not matter to them.
    public init(
        method: String, pathRest: String = "", query: String = "", headers: [WireRequest.Header] = [],
        body: [UInt8] = [], peer: String = ""
    ) {
        self.method = method
        self.pathRest = pathRest
        self.query = query
        self.headers = headers
        self.body = body
        self.peer = peer
    }

    /// The first value of a header, looked up without regard to case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name == wanted }?.value
    }
}

/// What a notification is worth.
public enum CallbackVerdict: Sendable, Hashable {
    /// Not from the operator, or not readable: answered with 401 or 400, no state touched.
    case refused(CallbackRefusal)
    /// Of no interest: acknowledged, and stored where the operator signs.
    case ignored(dedupKey: String?)
    /// About a transaction.
    case about(CallbackFact)
    /// About something that happens to a collection later: a dispute, a refund made elsewhere.
    case notice(OperatorNotice)
}

/// Why a notification is refused.
public enum CallbackRefusal: String, Sendable, Hashable {
    /// The signature, token or address is missing or wrong.
    case unverified
    /// The time stamp is outside the window.
    case stale
    /// It cannot be read.
    case malformed
}

/// A notification about one transaction.
public struct CallbackFact: Sendable, Hashable {
    /// How the attempt is found.
    public var about: CallbackSubject
    /// What the operator claims.
    ///
    /// The core decides what it counts for: by `proof`, by what the contract says of callbacks, and by what is stated.
    public var claim: ProviderOutcome
    /// What the notification states of the transaction, where the claim itself carries no statement: a refusal.
    ///
    /// Compared with the attempt first; if it differs, the claim proves nothing.
    public var statement: ReportedTransaction?
    /// The payer's phone number as the notification states it, in any spelling.
    ///
    /// Where the order fixes the phone, another one makes the claim prove nothing.
    public var payer: String?
    /// What shows that the notification is the operator's.
    public var proof: CallbackProof
    /// The operator's event id, where it signs and numbers its events; otherwise the core uses a hash of the raw bytes.
    ///
    /// Never an id of the transaction: what an operator says of one transaction first and what it says later are two
    /// notifications. Counts only with a signature.
    public var dedupKey: String?
    /// An id that the operator gives to one transaction and to no other, where it has one besides the operator reference
    /// that is stated.
    ///
    /// A success is believed by address alone only if no notification about another transaction came with it before.
    public var transactionID: String?
    /// What the payer typed to say what the money is for, where the payer may have begun the payment in the operator's own
    /// menu.
    ///
    /// Read where the notification names no transaction of ours: a bill's code or an order number finds what is paid.
    /// Leave it `nil` where the operator's name for the transaction can only be one that we gave.
    public var payerReference: String?
    /// The body and content type to acknowledge with; `nil` means an empty 200.
    public var acknowledgement: CallbackAcknowledgement?

    /// Say what the notification says and what shows that it is the operator's; the core weighs it.
    public init(
        about: CallbackSubject, claim: ProviderOutcome, proof: CallbackProof, dedupKey: String? = nil,
        transactionID: String? = nil, acknowledgement: CallbackAcknowledgement? = nil,
        statement: ReportedTransaction? = nil,
        payer: String? = nil, payerReference: String? = nil
    ) {
        self.about = about
        self.claim = claim
        self.statement = statement
        self.payer = payer
        self.proof = proof
        self.dedupKey = dedupKey
        self.transactionID = transactionID
        self.payerReference = payerReference
        self.acknowledgement = acknowledgement
    }

    /// Whether anything shows that the notification is the operator's.
    public var isAuthentic: Bool { proof != .nothing }
}

/// What shows that a notification is the operator's; said by the kind, weighed by the core.
public enum CallbackProof: Sendable, Hashable {
    /// A signature over the raw bytes was verified with a key that nobody else has.
    case signature
    /// The peer is one of the addresses in the setting `operator_addresses`.
    ///
    /// Every kind that believes by address takes them from a setting of this name, so that the configuration can be
    /// checked for addresses that anybody can have.
    case listedAddress
    /// Nothing: anybody can have sent it.
    case nothing
}

/// How a notification names its transaction.
public enum CallbackSubject: Sendable, Hashable {
    /// By the reference we derived.
    case reference(String)
    /// By the operator's own reference.
    case operatorReference(String)
}

/// What the operator wants to hear back.
public struct CallbackAcknowledgement: Sendable, Hashable {
    /// The header `Content-Type` of the answer.
    public var contentType: String
    /// What the operator reads as "received".
    public var body: [UInt8]

    /// Sent with status 200 once the notification is stored.
    public init(contentType: String, body: [UInt8]) {
        self.contentType = contentType
        self.body = body
    }
}
