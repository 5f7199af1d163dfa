package import Router

/// Reads units as they follow each other, each with what its order was before.
struct SnapshotStepReader {
    private let connection: ReadConnection
    private let sealer: Sealer
    /// What units of this page left behind, by order: most steps of an order follow each other soon.
    private var known: [OrderID: (unit: Int64, state: SnapshotStep.State)] = [:]
    /// First records of this page's orders.
    private var firsts: [Int64: UnitRecord] = [:]

    init(_ connection: ReadConnection, _ sealer: Sealer) { (self.connection, self.sealer) = (connection, sealer) }

    private static let columns = """
        u.n, u.at, u.previous, u.sealed, u.order_id, u.app, u.environment, o.idempotency_key, o.request_id,
            o.created_at, o.reference, o.movement, o.parent, o.first_unit
        """
    static let page = Statement(
        """
        SELECT \(columns) FROM units u LEFT JOIN orders o ON o.id = u.order_id WHERE u.n > $1 ORDER BY u.n LIMIT $2
        """)
    private static let one = Statement("SELECT n, previous, sealed FROM units WHERE n = $1")

    mutating func steps(after unit: Int64, limit: Int) throws -> [SnapshotStep] {
        var steps: [SnapshotStep] = []
        try connection(Self.page).each({
            $0.integer(unit)
            $0.integer(Int64(max(0, limit)))
        }) { row in
            let (number, at) = (row.integer(0), row.moment(1))
            do {
                steps.append(SnapshotStep(number: number, at: at, content: try content(row, number)))
            } catch let fault as RecordFault {
                steps.append(SnapshotStep(number: number, at: at, content: .unreadable(fault.detail)))
            }
            return true
        }
        return steps
    }

    private mutating func content(_ row: StatementRow, _ number: Int64) throws -> SnapshotStep.Content {
        let record = try Units.record(row.blob(3), sealer)
        guard record.hasOrder else { return .nothing }
        guard !row.isNull(9) else { throw RecordFault("the order of a unit is not there") }
        let columns = OrderCoding.Columns(
            id: try row.orderID(4), parent: try row.optionalOrderID(12), app: try row.id(5),
            environment: try row.word(6), idempotencyKey: row.text(7), requestID: try row.id(8),
            createdAt: row.moment(9), reference: row.optionalText(10), movement: try row.optionalID(11), due: nil)
        let first = try first(row.integer(13), number == row.integer(13) ? record : nil)
        let after = try state(columns, first, record)
        let before = try before(row.optionalInteger(2), columns, first)
        known[columns.id] = (number, after)
        return .change(before: before, after: after)
    }

    private mutating func first(_ number: Int64, _ own: UnitRecord?) throws -> UnitRecord {
        if let known = firsts[number] { return known }
        let record =
            try own ?? connection(Self.one).first({ $0.integer(number) }) { try Units.record($0.blob(2), sealer) }
        guard let record else { throw RecordFault("the first unit of an order is not there") }
        firsts[number] = record
        return record
    }

    private func state(
        _ columns: OrderCoding.Columns, _ first: UnitRecord, _ record: UnitRecord
    ) throws(RecordFault) -> SnapshotStep.State {
        let order = try OrderCoding.order(columns, first: first, record)
        return SnapshotStep.State(order, try record.attempts(of: order))
    }

    /// What the order was before: after the nearest unit before this one that can be read.
    private func before(
        _ previous: Int64?, _ columns: OrderCoding.Columns, _ first: UnitRecord
    ) throws -> SnapshotStep.State? {
        var previous = previous
        while let number = previous {
            if let known = known[columns.id], known.unit == number { return known.state }
            let found = try connection(Self.one).first({ $0.integer(number) }) { ($0.optionalInteger(1), $0.blob(2)) }
            guard let (earlier, sealed) = found else { return nil }
            if let record = try? Units.record(sealed, sealer), record.hasOrder,
                let state = try? state(columns, first, record)
            {
                return state
            }
            previous = earlier
        }
        return nil
    }
}

extension SQLiteStore {
    package func snapshotSteps(after unit: Int64, limit: Int) async throws(StoreFailure) -> [SnapshotStep] {
        let sealer = sealer
        return try await reader.read { connection in
            var reader = SnapshotStepReader(connection, sealer)
            return try reader.steps(after: unit, limit: limit)
        }
    }
}
