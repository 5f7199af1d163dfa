/// One movement of money that an operator really executed.
///
/// The books consist of these and of nothing else.
///
/// Once written it never changes. An operator that tells a wrong amount or currency (the scenarios named so) has
/// executed what it tells.
public struct SandboxMovement: Sendable, Hashable, Codable {
    /// Which way money went.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// From a payer to the partner.
        case collect
        /// From the partner to a customer.
        case payout
        /// Back to a payer.
        case refund
    }

    /// Who executed it.
    public var `operator`: SandboxOperator
    /// The partner's reference: `idRequete`; `developer_tracking_id`, or the payment id for Flouci's accept call;
    /// for cards `metadata[reference]`, or the id of the intent or charge where there is none.
    public var reference: String
    /// Which way money went.
    public var kind: Kind
    /// The amount in the smallest unit of the operator's wire: francs, millimes, cents.
    public var amount: Int64
    /// The currency's three letters, upper case.
    public var currency: String
    /// Whose money it was: the phone number, the wallet, or brand and last digits of the card.
    public var party: String
    /// When, in milliseconds since 1970.
    public var executedAtMilliseconds: Int64
    /// The operator's own name for it, which no other movement of the operator and kind has; `nil` for what was executed
    /// before it was kept.
    public var operatorReference: String?

    /// Milliseconds since 1970, minor units; ``operatorReference`` tells this movement from all others of its operator.
    public init(
        operator: SandboxOperator, reference: String, kind: Kind = .collect, amount: Int64, currency: String,
        party: String, executedAtMilliseconds: Int64, operatorReference: String? = nil
    ) {
        self.operator = `operator`
        self.reference = reference
        self.kind = kind
        self.amount = amount
        self.currency = currency
        self.party = party
        self.executedAtMilliseconds = executedAtMilliseconds
        self.operatorReference = operatorReference
    }

    /// As `GET /_books` shows it.
    var json: JSONValue {
        [
            "operator": .text(self.operator.rawValue), "reference": .text(reference), "kind": .text(kind.rawValue),
            "amount": .number(amount), "currency": .text(currency), "party": .text(party),
            "executed_at": .text(Timestamps.rfc3339(executedAtMilliseconds)),
            "operator_reference": .optional(operatorReference),
        ]
    }
}
