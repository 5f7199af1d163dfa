package import Router

extension SQLiteStore {
    package func list(_ query: OrderQuery) async throws(StoreFailure) -> [Order] {
        let (sealer, recent) = (sealer, recent)
        let lists = Self.parts(query).map { ListQuery($0, sealer: sealer) }
        return try await reader.read { connection in
            var orders: [Order] = []
            for list in lists {
                let rows = try connection.sql(list.sql).all({ list.bind(&$0) }) { row in
                    // Opening and reading a record costs more than all of the query.
                    if let known = recent.aggregate(try row.orderID(0)), known.order.version == row.integer(14) {
                        return known.order
                    }
                    return try Orders.order(row, sealer)
                }
                orders += list.isReversed ? rows.reversed() : rows
            }
            guard lists.count > 1 else { return orders }
            orders.sort { $0.id.text > $1.id.text }
            let limit = max(0, query.limit)
            return query.isReversed ? orders.suffix(limit) : Array(orders.prefix(limit))
        }
    }

    /// An app's orders lie by environment: the newest of both are found without looking at all of them.
    private static func parts(_ query: OrderQuery) -> [OrderQuery] {
        guard query.app != nil, query.environment == nil else { return [query] }
        return PayEnvironment.allCases.map { environment in
            var part = query
            part.environment = environment
            return part
        }
    }

    package func sums(_ query: OrderQuery) async throws(StoreFailure) -> [OrderSum] {
        let list = ListQuery(sumsOf: query, sealer: sealer)
        return try await reader.read { connection in
            try connection.sql(list.sql).all({ list.bind(&$0) }) { row in
                let (high, low) = (Int128(row.integer(3)), Int128(row.integer(4)))
                return OrderSum(
                    currency: row.text(0), status: try row.word(1), count: row.integer(2),
                    minorUnits: Int64(exactly: high << 32 + low))
            }
        }
    }
}
