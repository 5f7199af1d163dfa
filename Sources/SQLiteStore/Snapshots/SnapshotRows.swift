package import Router

/// Statements and rows of snapshots.
enum SnapshotRows {
    static let get = Statement(
        """
        SELECT figures FROM snapshots
        WHERE fold = $1 AND app = $2 AND environment = $3 AND day = $4 AND currency = $5 AND channel = $6 AND kind = $7
        """)
    static let set = Statement(
        """
        INSERT INTO snapshots (fold, app, environment, day, currency, channel, kind, figures)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (fold, app, environment, day, currency, channel, kind) DO UPDATE SET figures = excluded.figures
        """)

    private static let columns = "app, environment, day, currency, channel, kind, figures"
    private static let select = "SELECT \(columns) FROM snapshots WHERE fold = $1"

    static let all = Statement(select)
    /// Of one app: a stretch of the table.
    static let ofApp = Statement(select + " AND app = $2 AND environment = $3 AND day >= $4 AND day <= $5")
    /// Of all apps: by the index of days.
    static let ofDays = Statement(select + " AND environment = $2 AND day >= $3 AND day <= $4")

    static func key(_ key: SnapshotKey, of fold: Int64, _ binder: inout Binder) {
        binder.integer(fold)
        binder.text(key.app.text)
        binder.text(key.environment.rawValue)
        binder.integer(key.day.number)
        binder.text(key.currency.code)
        binder.text(key.channel)
        binder.text(key.kind.rawValue)
    }

    static func snapshot(_ row: StatementRow) throws(RecordFault) -> Snapshot {
        guard let currency = Currency(code: row.text(3)) else {
            throw RecordFault("a snapshot has an unknown currency")
        }
        return Snapshot(
            SnapshotKey(
                app: try row.id(0), environment: try row.word(1), day: SnapshotDay(number: row.integer(2)),
                currency: currency, channel: row.text(4), kind: try row.word(5)),
            try SnapshotFigures(stored: row.blob(6)))
    }
}

extension SQLiteStore {
    package func snapshots(_ query: SnapshotQuery) async throws(StoreFailure) -> [Snapshot] {
        try await reader.read { connection in
            let fold = try SnapshotFolds.state(connection).fold
            var found: [Snapshot] = []
            for environment in PayEnvironment.allCases where query.environment ?? environment == environment {
                guard let apps = query.apps else {
                    found += try connection(SnapshotRows.ofDays).all({
                        $0.integer(fold)
                        $0.text(environment.rawValue)
                        $0.integer(query.from.number)
                        $0.integer(query.to.number)
                    }) { try SnapshotRows.snapshot($0) }
                    continue
                }
                for app in Set(apps) {
                    found += try connection(SnapshotRows.ofApp).all({
                        $0.integer(fold)
                        $0.text(app.text)
                        $0.text(environment.rawValue)
                        $0.integer(query.from.number)
                        $0.integer(query.to.number)
                    }) { try SnapshotRows.snapshot($0) }
                }
            }
            let sorted = found.filter { query.matches($0.key) }.sorted { $0.key < $1.key }
            return Array(sorted.prefix(query.limit.map { max(0, $0) } ?? sorted.count))
        }
    }

    package func bookings(after order: OrderID?, limit: Int) async throws(StoreFailure) -> [OrderBookings] {
        try await reader.read { connection in
            let orders = try connection(Self.owners).all({
                $0.text(order?.text ?? "")
                $0.integer(Int64(max(0, limit)))
            }) { row in
                (
                    id: try row.orderID(0), parent: try row.optionalOrderID(1), app: try row.id(2) as AppID,
                    environment: try row.word(3) as PayEnvironment, movement: try row.optionalID(4) as MovementID?
                )
            }
            return try orders.map { order in
                let movement = order.movement ?? MovementID(of: order.id)
                return OrderBookings(
                    order: order.id, parent: order.parent, app: order.app, environment: order.environment,
                    postings: try connection(Entries.ofMovement).all({ $0.blob(movement.bytes) }) {
                        try Entries.posting($0)
                    })
            }
        }
    }

    static let owners = Statement(
        "SELECT id, parent, app, environment, movement FROM orders WHERE id > $1 ORDER BY id LIMIT $2")
}
