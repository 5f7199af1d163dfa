/// What `prepare` found out: how this collection will be made.
public enum Prepared: Sendable, Hashable {
    /// One request that moves money. The core seals, stores, sends and reads it.
    case request(MoneyRequest)
    /// A hosted session is open at the operator. Opening it moved nothing; from the commit that publishes it, it is live.
    case session(Session)
    /// The payer must type something first; nothing exists at the operator yet. `confirm` continues.
    case input([CustomerAction])
}

/// The request that moves money, without credentials.
///
/// Its bytes are sealed and stored before it is sent, and a permitted resend sends exactly these bytes. Credentials are
/// added by ``PaymentProvider/sign(_:_:)`` at send time, and must not be in here.
public struct MoneyRequest: Sendable, Hashable {
    /// The request without credentials.
    public var request: WireRequest
    /// The operator's own reference where it is known before money moves (an intent's id).
    public var operatorReference: String?

    /// Without credentials: they are added for each sending, and would be sealed here.
    public init(_ request: WireRequest, operatorReference: String? = nil) {
        self.request = request
        self.operatorReference = operatorReference
    }
}

/// An open hosted session.
public struct Session: Sendable, Hashable {
    /// The operator's own name for it, by which it can be checked and callbacks find it; `nil` if it has none yet.
    ///
    /// Never our own reference.
    public var operatorReference: String?
    /// What the payer does with it.
    public var actions: [CustomerAction]
    /// How long it lives, in seconds, as asked for or as the operator said.
    public var lifetimeSeconds: Int64

    /// The lifetime decides until when a payer can still pay: rather too long than too short.
    public init(operatorReference: String? = nil, actions: [CustomerAction], lifetimeSeconds: Int64) {
        self.operatorReference = operatorReference
        self.actions = actions
        self.lifetimeSeconds = lifetimeSeconds
    }
}

/// Why preparation ended without a request.
///
/// Thrown by `prepare`; always means *nothing was sent*.
public struct PreparationFailure: Error, Sendable, Hashable {
    /// The refusal to record; its reason decides whether another provider may be tried.
    public var refusal: Refusal
    /// Text for logs; no secrets, no payer data.
    public var detail: String

    /// Throw it only while nothing that moves money has left.
    public init(_ refusal: Refusal, _ detail: String) {
        self.refusal = refusal
        self.detail = detail
    }
}
