package import Router

/// Attempts that succeeded before the rule of one attempt per operator's reference.
extension Attempts {
    static let unkeyed = Statement(
        """
        SELECT a.n, a.order_id, a.provider, o.purpose, a.operator_reference
        FROM attempts a JOIN orders o ON o.id = a.order_id
        WHERE a.n > $1 AND a.state = 'succeeded' AND a.operator_reference IS NOT NULL AND a.proof IS NULL
            AND a.operator_reference <> a.reference
            AND NOT EXISTS (SELECT 1 FROM attempts p
                WHERE p.provider = a.provider AND p.operator_reference = a.operator_reference AND p.order_id = o.parent)
        ORDER BY a.n LIMIT $2
        """)

    static let setKey = Statement("UPDATE OR IGNORE attempts SET proof = $1 WHERE n = $2")
}

extension SQLiteStore {
    package func unkeyedProofs(
        after number: Int64, limit: Int
    ) async throws(StoreFailure) -> [UnkeyedProof] {
        try await reader.read { connection in
            try connection(Attempts.unkeyed).all({
                $0.integer(number)
                $0.integer(Int64(limit))
            }) { row in
                UnkeyedProof(
                    number: row.integer(0), order: try row.orderID(1), provider: ProviderID(row.text(2)),
                    operation: try row.word(3), operatorReference: row.text(4))
            }
        }
    }

    package func keyProofs(_ keys: [(number: Int64, key: String)]) async throws(StoreFailure) -> Set<Int64> {
        let hashes = keys.map { (number: $0.number, hash: sealer.blindIndex($0.key)) }
        return try await write { connection in
            var doubles: Set<Int64> = []
            for (number, hash) in hashes {
                let changed = try connection(Attempts.setKey).run {
                    $0.blob(hash)
                    $0.integer(number)
                }
                if changed == 0 { doubles.insert(number) }
            }
            return doubles
        }
    }
}
