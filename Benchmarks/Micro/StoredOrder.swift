import Router

/// An order as the store keeps it, sealed parts opened: what is encoded at every commit and decoded at every read.
struct StoredOrder {
    let columns: OrderCoding.Columns
    let records: OrderCoding.Records

    /// Encodes an order whole, as its first commit does.
    static func records(_ order: Order) -> OrderCoding.Records {
        OrderCoding.Records(
            body: OrderCoding.body(order), secretBody: OrderCoding.secretBody(order), state: OrderCoding.state(order),
            secretState: OrderCoding.secretState(order))
    }

    init(_ order: Order) {
        columns = OrderCoding.Columns(
            id: order.id, parent: order.parent, app: order.app, environment: order.environment,
            idempotencyKey: order.idempotencyKey, requestID: order.requestID, createdAt: order.createdAt,
            reference: order.request.reference, movement: order.movement, purpose: order.purpose,
            outcome: order.outcome,
            status: order.status, chosen: order.chosen, eventCount: order.eventCount, version: order.version,
            due: order.due, updatedAt: order.updatedAt)
        records = Self.records(order)
    }

    /// Puts the order together again.
    func order() throws -> Order { try OrderCoding.order(columns, records) }
}
