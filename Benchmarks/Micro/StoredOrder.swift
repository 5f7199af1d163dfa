import Router

/// An order as the store keeps it, opened: what is encoded at every commit and decoded at every read.
struct StoredOrder {
    let columns: OrderCoding.Columns
    let bytes: [UInt8]

    init(_ aggregate: OrderAggregate) {
        let order = aggregate.order
        columns = OrderCoding.Columns(
            id: order.id, parent: order.parent, app: order.app, environment: order.environment,
            idempotencyKey: order.idempotencyKey, requestID: order.requestID, createdAt: order.createdAt,
            reference: order.request.reference, movement: nil, due: order.due)
        bytes = Self.bytes(aggregate)
    }

    /// Encodes an order with its attempts whole, as its first commit does.
    static func bytes(_ aggregate: OrderAggregate) -> [UInt8] {
        var unit = UnitOfWork(order: aggregate.order, write: .insert)
        unit.attempts = aggregate.attempts
        return UnitCoding.bytes(unit)
    }

    /// Puts the order together again.
    func aggregate() throws -> OrderAggregate {
        let record = try UnitRecord(bytes)
        let order = try OrderCoding.order(columns, first: record, record)
        return OrderAggregate(stored: order, attempts: try record.attempts(of: order))
    }
}
