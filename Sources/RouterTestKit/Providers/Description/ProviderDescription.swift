public import Router

/// What a provider's operator is like: everything that ``ProviderConformance`` needs to attack its translations.
///
/// Fill in every operation that the provider has. What is left out is a violation, and so is a description under which an
/// attack finds nothing to try.
public struct ProviderDescription: Sendable {
    /// Secret texts that must not appear in anything sealed.
    public var secrets: [String]
    /// Every operation: one entry for each of collect, hold, confirm, payout, refund, capture and void that there is.
    public var operations: [OperationDescription]
    /// The notifications, if the provider receives any.
    public var callbacks: [CallbackDescription]
    /// The replies to each login, by its name; `executed` gives a token, `refused` is a refusal of the credentials.
    public var logins: [(name: LoginName, table: ReplyTable)]
    /// The answers about our balance.
    public var balance: ReplyTable?
    /// A phone number, its channel, and the answers about its account.
    public var party: (phone: MSISDN, channel: PaymentChannel, table: ReplyTable)?
    /// An account at the biller, its channel, and the answers about what is owed there; `executed` is a bill, `absent` an
    /// account that nobody has, `refused` one on which nothing is owed.
    public var bill: (account: String, channel: PaymentChannel, table: ReplyTable)?
    /// An order with an open page, and the answers to the wish to end it.
    public var withdrawal: (order: CollectInstruction, table: ReplyTable)?
    /// Whether the operator wants credentials in the query; otherwise signing must leave the address alone.
    public var signsQuery: Bool

    /// Describes an operator.
    public init(
        secrets: [String], operations: [OperationDescription], callbacks: [CallbackDescription] = [],
        logins: [(name: LoginName, table: ReplyTable)] = [], balance: ReplyTable? = nil,
        party: (phone: MSISDN, channel: PaymentChannel, table: ReplyTable)? = nil,
        bill: (account: String, channel: PaymentChannel, table: ReplyTable)? = nil,
        withdrawal: (order: CollectInstruction, table: ReplyTable)? = nil, signsQuery: Bool = false
    ) {
        self.bill = bill
        self.secrets = secrets
        self.operations = operations
        self.callbacks = callbacks
        self.logins = logins
        self.balance = balance
        self.party = party
        self.withdrawal = withdrawal
        self.signsQuery = signsQuery
    }
}
