public import Router

/// One operation of a provider: an order that it can take, and what the operator answers.
public struct OperationDescription: Sendable {
    /// The order.
    ///
    /// A collection with ``CollectInstruction/capturesLater`` is a hold.
    public var order: Instruction
    /// The code that the payer types, if that completes the collection.
    public var confirmation: Confirmation?
    /// The replies to the money request; `nil` if there is none, because the payer pays on a page or by a shown code.
    public var reply: ReplyTable?
    /// The answers to a check; `nil` if the operator cannot be asked about this operation.
    public var check: ReplyTable?
    /// What the operator answers to other questions: those of the preparation, and a check's first ones.
    public var questions: @Sendable (WireRequest) -> WireReply?

    /// Describes an operation.
    public init(
        _ order: Instruction, confirmedBy confirmation: Confirmation? = nil, reply: ReplyTable?, check: ReplyTable?,
        questions: @escaping @Sendable (WireRequest) -> WireReply? = { _ in nil }
    ) {
        self.order = order
        self.confirmation = confirmation
        self.reply = reply
        self.check = check
        self.questions = questions
    }
}
