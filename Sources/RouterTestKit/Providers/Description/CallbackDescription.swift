public import Router

/// One kind of notification that an operator sends about an order.
public struct CallbackDescription: Sendable {
    /// The order that the notification names, as the operator knows it.
    public var order: Instruction
    /// What it says.
    ///
    /// Only the bodies and meanings of the rows count; a notification has no status, and one that is ignored
    /// or refused is `unclear`.
    public var table: ReplyTable
    /// Where its signature stands; `nil` if nothing is signed.
    public var signature: SignaturePlace?
    /// The present, for signatures that age.
    public var now: Moment
    /// A notification with this body, rightly signed, from an address of the operator's.
    public var make: @Sendable (_ body: JSONValue) -> InboundCallback

    /// Describes a kind of notification.
    public init(
        about order: Instruction, _ table: ReplyTable, signature: SignaturePlace?, now: Moment,
        make: @escaping @Sendable (_ body: JSONValue) -> InboundCallback
    ) {
        self.order = order
        self.table = table
        self.signature = signature
        self.now = now
        self.make = make
    }

    /// Where a signature stands.
    public enum SignaturePlace: Sendable, Hashable {
        /// In a header of this name.
        case header(String)
        /// In a member of the JSON body, at this pointer.
        case member(String)
        /// In a field of the query.
        case query(String)
    }
}
