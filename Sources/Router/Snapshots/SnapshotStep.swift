/// One unit of work as stores have kept it: what an order was before it and after it.
package struct SnapshotStep: Sendable {
    /// An order with its attempts, as a unit left it.
    package struct State: Sendable {
        package var order: Order
        package var attempts: [Attempt]

        package init(_ order: Order, _ attempts: [Attempt]) { (self.order, self.attempts) = (order, attempts) }
    }

    package enum Content: Sendable {
        /// An order was made or changed; `before` is `nil` where nothing of it can be read that came earlier.
        case change(before: State?, after: State)
        /// Only an event, of an older release: the order itself stands in another unit.
        case nothing
        /// The record cannot be read, and why.
        case unreadable(String)
    }

    /// The unit's number; they rise.
    package var number: Int64
    /// When the unit was written.
    package var at: Moment
    package var content: Content

    package init(number: Int64, at: Moment, content: Content) {
        self.number = number
        self.at = at
        self.content = content
    }
}
