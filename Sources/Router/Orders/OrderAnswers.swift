/// What was shown of an order and may be shown again, for as long as nothing about the order has changed.
///
/// Only a store that hears of every change can say so; the others remember nothing, and every answer is made anew.
package protocol OrderAnswers: Sendable {
    /// What was shown of an order, and the ticket under which something may be kept now; `nil` if nothing can be kept.
    func answer(_ kind: OrderAnswer.Kind, of id: OrderID) -> OrderAnswer?

    /// Keeps what was made of an order, in the version that its ticket was given for, since then; does nothing if it has changed since.
    func keepAnswer(_ bytes: [UInt8], _ kind: OrderAnswer.Kind, of id: OrderID, ticket: Int64)
}

/// An answer about an order as it was last made, if it was.
package struct OrderAnswer: Sendable {
    /// Which of its two answers.
    package enum Kind: Sendable, Hashable {
        /// With attempts, route and timeline.
        case whole
        /// As in lists.
        case summary
    }

    /// The bytes; `nil` if they have to be made.
    package var bytes: [UInt8]?
    /// The order's version that it was made of, or is to be made of.
    package var version: Int64
    /// Rises with every change of what is known of the order.
    package var ticket: Int64

    package init(bytes: [UInt8]?, version: Int64, ticket: Int64) {
        self.bytes = bytes
        self.version = version
        self.ticket = ticket
    }
}

extension OrderAnswers {
    package func answer(_ kind: OrderAnswer.Kind, of id: OrderID) -> OrderAnswer? { nil }
    package func keepAnswer(_ bytes: [UInt8], _ kind: OrderAnswer.Kind, of id: OrderID, ticket: Int64) {}
}
