/// Something an app is told.
///
/// Committed together with the change it tells of. What it tells is kept as the order was then, and written as JSON when
/// somebody is told: most events nobody asks for.
package struct Event: Sendable, Hashable {
    /// What it tells of its order.
    package enum Content: Sendable, Hashable {
        /// The order as the step that told of it left it.
        case order(OrderAggregate)
        /// The JSON bytes that an older release made.
        case written([UInt8])
    }

    package var id: EventID
    package var app: AppID
    package var environment: PayEnvironment
    package var order: OrderID
    /// 1, 2, 3 and on for each order, without gaps.
    ///
    package var sequence: Int64
    /// For instance `payment.succeeded`.
    package var type: String
    package var at: Moment
    package var content: Content
    /// The bill that it tells of, where that was read; see ``BillStore/withBill(_:)``.
    package var bill: Bill?

    package init(
        id: EventID, app: AppID, environment: PayEnvironment, order: OrderID, sequence: Int64, type: String,
        at: Moment, content: Content
    ) {
        self.id = id
        self.app = app
        self.environment = environment
        self.order = order
        self.sequence = sequence
        self.type = type
        self.at = at
        self.content = content
    }

    /// An event of a step on an order; its identifier follows from the order, the moment and the number.
    package init(_ aggregate: OrderAggregate, sequence: Int64, type: String, at: Moment) {
        let order = aggregate.order
        self.init(
            id: EventID(at: at, of: order.id, number: sequence), app: order.app, environment: order.environment,
            order: order.id, sequence: sequence, type: type, at: at, content: .order(aggregate))
    }
}
