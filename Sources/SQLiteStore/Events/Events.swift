package import Router

/// Statements and rows of events.
enum Events {
    static let insert = Statement(
        """
        INSERT INTO events (id, app, environment, order_id, sequence, type, at, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    /// The columns ``event(_:_:)`` reads.
    static let columns = "e.id, e.app, e.environment, e.order_id, e.sequence, e.type, e.at, e.sealed"

    static let get = Statement("SELECT \(columns) FROM events e WHERE e.id = $1")

    static let number = Statement("SELECT seq FROM events WHERE id = $1")

    static let newestNumber = Statement("SELECT coalesce(max(seq), 0) FROM events")

    static let afterNumber = Statement(
        "SELECT seq, type FROM events WHERE app = $1 AND environment = $2 AND seq > $3 ORDER BY seq LIMIT $4")

    static func event(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Event {
        Event(
            id: try row.id(0), app: try row.id(1), environment: try row.word(2),
            order: try row.orderID(3), sequence: row.integer(4), type: row.text(5), at: row.moment(6),
            body: try sealer.opened(row.blob(7)))
    }
}

extension WriterConnection {
    func insert(_ event: Event, _ sealed: [UInt8]) throws(SQLiteFault) {
        try self(Events.insert).run {
            $0.text(event.id.text)
            $0.text(event.app.text)
            $0.text(event.environment.rawValue)
            $0.text(event.order.text)
            $0.integer(event.sequence)
            $0.text(event.type)
            $0.integer(event.at.milliseconds)
            $0.blob(sealed)
        }
    }
}

extension SQLiteStore {
    package func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event] {
        let sealer = sealer
        var texts = [app.text, environment.rawValue]
        var sql = "SELECT \(Events.columns) FROM events e WHERE e.app = $1 AND e.environment = $2"
        if let order {
            texts.append(order.text)
            sql += " AND e.order_id = $\(texts.count)"
        }
        if let type {
            texts.append(type)
            sql += " AND e.type = $\(texts.count)"
        }
        if let after {
            texts.append(after.text)
            sql += " AND e.seq < (SELECT seq FROM events WHERE id = $\(texts.count))"
        }
        sql += " ORDER BY e.seq DESC LIMIT $\(texts.count + 1)"
        let (query, values) = (sql, texts)
        return try await reader.read { connection in
            try connection.sql(query).all({ binder in
                for value in values { binder.text(value) }
                binder.integer(Int64(max(0, limit)))
            }) { try Events.event($0, sealer) }
        }
    }

    package func event(_ id: EventID) async throws(StoreFailure) -> Event? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Events.get).first({ $0.text(id.text) }) { try Events.event($0, sealer) }
        }
    }
}
