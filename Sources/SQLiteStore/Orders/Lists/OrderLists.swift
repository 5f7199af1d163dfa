package import Router

extension SQLiteStore {
    package func page(_ query: OrderQuery) async throws(StoreFailure) -> OrderPage {
        let (sealer, recent) = (sealer, recent)
        return try await reader.read { connection in
            try ListReader(connection, sealer, recent).page(query)
        }
    }

    package func sums(_ query: OrderQuery) async throws(StoreFailure) -> [OrderSum] {
        let sealer = sealer
        return try await reader.read { connection in
            var sums = ListSums()
            for part in try ListParts(sumsOf: query, connection).queries {
                let list = ListQuery(sumsOf: part, sealer: sealer)
                try connection.sql(list.sql).each({ list.bind(&$0) }) { row in
                    sums.add(
                        currency: row.text(0), status: try row.word(1), count: row.integer(2),
                        halves: (row.integer(3), row.integer(4)))
                    return true
                }
            }
            return sums.all
        }
    }
}

/// Adds up what the parts of a list add up to.
private struct ListSums {
    private struct Key: Hashable {
        let currency: String
        let status: OrderStatus
    }

    private var sums: [Key: (count: Int64, units: Int128)] = [:]

    mutating func add(currency: String, status: OrderStatus, count: Int64, halves: (high: Int64, low: Int64)) {
        let units = Int128(halves.high) << 32 + Int128(halves.low)
        let known = sums[Key(currency: currency, status: status)] ?? (0, 0)
        sums[Key(currency: currency, status: status)] = (known.count + count, known.units + units)
    }

    var all: [OrderSum] {
        sums.sorted { ($0.key.currency, $0.key.status.rawValue) < ($1.key.currency, $1.key.status.rawValue) }
            .map { key, sum in
                OrderSum(
                    currency: key.currency, status: key.status, count: sum.count,
                    minorUnits: Int64(exactly: sum.units))
            }
    }
}
