package import Router

/// Statements and rows of the orders accepted under a lock.
enum Claims {
    static let get = Statement("SELECT version, orders FROM order_claims WHERE lock = $1")

    static let insert = Statement(
        "INSERT INTO order_claims (lock, version, orders) VALUES ($1, 1, $2) ON CONFLICT DO NOTHING")

    static let update = Statement(
        "UPDATE order_claims SET version = version + 1, orders = $1 WHERE lock = $2 AND version = $3")

    static func claim(_ row: StatementRow) throws(RecordFault) -> StoredClaim {
        let orders = try row.text(1).split(separator: " ").map { id throws(RecordFault) in
            try OrderID(stored: String(id))
        }
        return StoredClaim(version: row.integer(0), orders: orders)
    }

    static func text(_ orders: [OrderID]) -> String { orders.map(\.text).joined(separator: " ") }
}

extension WriterConnection {
    /// - Returns: `false`, and nothing written, if the stored version is another one.
    func write(_ claim: OrderClaim, lock: [UInt8]) throws(SQLiteFault) -> Bool {
        guard let expected = claim.expectedVersion else {
            return try self(Claims.insert).run {
                $0.blob(lock)
                $0.text(Claims.text(claim.orders))
            } == 1
        }
        return try self(Claims.update).run {
            $0.text(Claims.text(claim.orders))
            $0.blob(lock)
            $0.integer(expected)
        } == 1
    }
}

extension SQLiteStore {
    package func claim(_ lock: OrderLock) async throws(StoreFailure) -> StoredClaim? {
        let hash = sealer.blindIndex(lock.text)
        return try await reader.read { connection in
            try connection(Claims.get).first({ $0.blob(hash) }) { try Claims.claim($0) }
        }
    }
}
