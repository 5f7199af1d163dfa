/// Something that happened to a collection at the operator without our asking.
///
/// It is recorded with the payment and told to its app; it changes no state by itself.
public struct OperatorNotice: Sendable, Hashable {
    /// What operators tell without being asked; each is an alarm, too.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The payer disputes the collection; the operator may take the money back.
        case disputeOpened = "dispute_opened"
        /// Something about a dispute changed.
        case disputeUpdated = "dispute_updated"
        /// The dispute ended in our favour.
        case disputeWon = "dispute_won"
        /// The dispute ended against us; the money is gone.
        case disputeLost = "dispute_lost"
        /// Money was given back by other means than this router, for instance in the operator's dashboard.
        case refundedElsewhere = "refunded_elsewhere"
    }

    /// How the collection is found: by our reference or the operator's.
    public var about: CallbackSubject
    /// Decides what counts against the payment: a lost dispute, and a refund made elsewhere.
    public var kind: Kind
    /// The operator's name for the dispute or refund.
    public var operatorReference: String
    /// The amount it is about, where stated.
    public var amount: Money?
    /// The operator's reason as sent, where stated.
    public var reason: String?
    /// The operator's event id; a repeated one is taken once.
    public var dedupKey: String
    /// What shows that the notice is the operator's; without a signature it is only a reason to ask.
    public var proof: CallbackProof

    /// An amount in another currency than the payment's holds all of what could be given back.
    public init(
        about: CallbackSubject, kind: Kind, operatorReference: String, amount: Money? = nil, reason: String? = nil,
        dedupKey: String, proof: CallbackProof
    ) {
        self.about = about
        self.kind = kind
        self.operatorReference = operatorReference
        self.amount = amount
        self.reason = reason
        self.dedupKey = dedupKey
        self.proof = proof
    }
}
