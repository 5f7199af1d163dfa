package import Router

/// Statements and rows of units: what each step left behind, one behind the other.
enum Units {
    static let insert = Statement(
        """
        INSERT INTO units (n, order_id, previous, app, environment, at, event_id, first_event, types, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """)

    static let newest = Statement("SELECT max(n) FROM units")

    /// A query over the units of one order, whose id is the first value; `u` is a unit.
    static func chain(_ columns: String) -> String {
        """
        WITH RECURSIVE chain (n) AS (
            SELECT last_unit FROM orders WHERE id = $1
            UNION ALL SELECT v.previous FROM chain c JOIN units v ON v.n = c.n WHERE v.previous IS NOT NULL)
        SELECT \(columns) FROM chain c JOIN units u ON u.n = c.n
        """
    }

    static let ofOrder = Statement(chain("u.sealed") + " ORDER BY u.n")

    static let steps = Statement(
        chain("u.app, u.environment, u.at, u.event_id, u.first_event, u.types, u.sealed") + " ORDER BY u.n")

    /// What stands beside the seal is read by itself: a step whose record is damaged is a step all the same.
    static func step(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> OrderStep {
        var told: [OrderStep.Told] = []
        if !row.isNull(3) {
            let first = try EventID(stored: row.blob(3))
            for (index, type) in row.text(5).split(separator: " ").enumerated() {
                told.append(
                    .init(
                        id: first.advanced(by: index), sequence: row.integer(4) + Int64(index), type: String(type)))
            }
        }
        let evidence = try? record(row.blob(6), sealer).evidence()
        return OrderStep(
            app: try row.id(0), environment: try row.word(1), at: row.moment(2), told: told, evidence: evidence)
    }

    static func record(_ sealed: [UInt8], _ sealer: Sealer) throws(RecordFault) -> UnitRecord {
        try UnitRecord(try sealer.opened(sealed))
    }
}

extension WriterConnection {
    func insert(_ encoded: EncodedUnit, number: Int64, previous: Int64?) throws(SQLiteFault) {
        let unit = encoded.unit
        try self(Units.insert).run {
            $0.integer(number)
            $0.text(unit.order.id.text)
            $0.integer(previous)
            $0.text(unit.order.app.text)
            $0.text(unit.order.environment.rawValue)
            $0.integer(unit.events.first?.at.milliseconds ?? unit.order.updatedAt.milliseconds)
            $0.blob(unit.events.first?.id.bytes)
            $0.integer(unit.events.first?.sequence)
            $0.text(unit.events.isEmpty ? nil : Events.types(unit.events))
            $0.blob(encoded.record)
        }
    }
}

extension SQLiteStore {
    package func evidence(_ order: OrderID) async throws(StoreFailure) -> [Evidence] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Units.ofOrder).all({ $0.text(order.text) }) {
                try Units.record($0.blob(0), sealer).evidence()
            }.flatMap(\.self)
        }
    }

    package func steps(of order: OrderID) async throws(StoreFailure) -> [OrderStep] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Units.steps).all({ $0.text(order.text) }) { try Units.step($0, sealer) }
        }
    }
}
