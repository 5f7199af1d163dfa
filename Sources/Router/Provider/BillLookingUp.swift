/// Tells what a customer owes a biller, before it is paid.
public protocol BillLookingUp: PaymentProvider {
    /// Asks about one account. Harmless; nothing is told to the customer.
    ///
    /// - Parameters:
    ///   - account: The customer's number at the biller, in the shape that ``BillerFacts/account`` declares.
    ///   - channel: The channel it would be paid on.
    ///   - wire: The harmless side of the wire.
    /// - Returns: What is owed; ``BillFinding/couldNotAnswer(_:)`` for everything unclear.
    func lookUp(_ account: String, on channel: PaymentChannel, asking wire: any Asking) async -> BillFinding
}

/// What asking a biller about an account gave.
public enum BillFinding: Sendable, Hashable, AskOutcome {
    /// Something can be paid.
    case bill(OwedBill)
    /// The biller was asked properly and knows no such account.
    case unknownAccount
    /// The account is there, and nothing is to be paid on it; with the customer's name, where the biller tells it.
    case nothingOwed(String?)
    /// It could not be asked, or its answer is no answer.
    case couldNotAnswer(String)
}

/// What can be paid on an account at a biller, as the biller tells it.
public struct OwedBill: Sendable, Hashable {
    /// The customer's name.
    ///
    /// Personal data: the router shows it masked and never stores it.
    public var customerName: String?
    /// What is owed; `nil` where the payer chooses.
    public var amount: Money?
    /// The least that is taken, where the biller tells it.
    public var minimum: Money?
    /// The most that is taken, where the biller tells it.
    public var maximum: Money?
    /// Until when it is to be paid, as `yyyy-MM-dd`, where the biller tells it.
    public var dueDate: String?
    /// The biller's own name for the bill, where it has one.
    public var reference: String?
    /// What the bill is for, in the biller's words.
    public var description: String?

    /// Pass on only what the biller states.
    public init(
        customerName: String? = nil, amount: Money? = nil, minimum: Money? = nil, maximum: Money? = nil,
        dueDate: String? = nil, reference: String? = nil, description: String? = nil
    ) {
        self.customerName = customerName
        self.amount = amount
        self.minimum = minimum
        self.maximum = maximum
        self.dueDate = dueDate
        self.reference = reference
        self.description = description
    }
}
