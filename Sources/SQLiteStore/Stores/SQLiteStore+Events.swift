package import Router

extension SQLiteStore {
    package func events(
        app: AppID, environment: Environment, order: OrderID?, type: String?, after: EventID?, limit: Int
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
