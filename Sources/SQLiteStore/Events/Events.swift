import Router

/// Rows of events: each unit names those it tells of, numbered on from `first_event` and named on from `event_id`.
///
/// What an event tells is the order as the unit left it.
enum Events {
    /// What ``events(_:_:)`` reads, of a unit `u`, its order `o` and that order's first unit `f`.
    static let columns = """
        u.n, u.event_id, u.app, u.environment, u.order_id, u.first_event, u.types, u.at, u.sealed, f.n, f.sealed,
            o.parent, o.idempotency_key, o.request_id, o.created_at, o.reference, o.movement, u.n = o.last_unit, o.version
        """

    static let order = "JOIN orders o ON o.id = u.order_id JOIN units f ON f.n = o.first_unit"

    /// How many numbers a unit's events have room for.
    static let room: Int64 = 256

    /// An event's number among all: that of its unit, then its place there.
    static func number(_ unit: Int64, _ index: Int) -> Int64 { unit * room + Int64(index) }

    static func types(_ events: [Event]) -> String {
        events.count == 1 ? events[0].type : events.map(\.type).joined(separator: " ")
    }

    /// The events that a unit tells of, oldest first, with their numbers.
    static func events(
        _ row: StatementRow, _ sealer: Sealer, _ recent: RecentOrders? = nil
    ) throws(RecordFault) -> [(number: Int64, event: Event)] {
        let unit = row.integer(0)
        let types = row.text(6).split(separator: " ")
        let order = try row.orderID(4)
        var written: [Int: [UInt8]] = [:]
        var told: Event.Content?
        if row.integer(17) != 0, let known = recent?.aggregate(order), known.order.version == row.integer(18) {
            told = .order(known)
        } else {
            let record = try Units.record(row.blob(8), sealer)
            written = record.writtenEvents
            if written.count < types.count { told = .order(try aggregate(row, unit, record, sealer)) }
        }
        let (first, sequence, at) = (try EventID(stored: row.blob(1)), row.integer(5), row.moment(7))
        let (app, environment): (AppID, PayEnvironment) = (try row.id(2), try row.word(3))
        var events: [(number: Int64, event: Event)] = []
        for (index, type) in types.enumerated() {
            guard let content = written[index].map(Event.Content.written) ?? told else { continue }
            events.append(
                (
                    number(unit, index),
                    Event(
                        id: first.advanced(by: index), app: app, environment: environment, order: order,
                        sequence: sequence + Int64(index), type: String(type), at: at, content: content)
                ))
        }
        return events
    }

    /// The order as the unit left it.
    private static func aggregate(
        _ row: StatementRow, _ unit: Int64, _ record: UnitRecord, _ sealer: Sealer
    ) throws(RecordFault) -> OrderAggregate {
        let columns = OrderCoding.Columns(
            id: try row.orderID(4), parent: try row.optionalOrderID(11), app: try row.id(2),
            environment: try row.word(3), idempotencyKey: row.text(12), requestID: try row.id(13),
            createdAt: row.moment(14), reference: row.optionalText(15), movement: try row.optionalID(16), due: nil)
        let first = row.integer(9) == unit ? record : try Units.record(row.blob(10), sealer)
        let order = try OrderCoding.order(columns, first: first, record)
        return OrderAggregate(stored: order, attempts: try record.attempts(of: order))
    }
}
