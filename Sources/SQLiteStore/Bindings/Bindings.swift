package import Router

/// Statements and rows of idempotency keys.
enum Bindings {
    static let get = Statement(
        """
        SELECT fingerprint, order_id, request_id, status, created_at FROM bindings
        WHERE app = $1 AND environment = $2 AND idempotency_key = $3 AND operation = $4
        """)

    static let insert = Statement(
        """
        INSERT INTO bindings (app, environment, idempotency_key, operation, fingerprint, order_id, request_id, status,
            created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (app, environment, idempotency_key, operation) DO NOTHING
        """)

    static let setStatus = Statement(
        """
        UPDATE bindings SET status = $1
        WHERE app = $2 AND environment = $3 AND idempotency_key = $4 AND operation = $5
        """)

    static func bind(_ key: IdempotencyRecord.Key, _ binder: inout Binder) {
        binder.text(key.app.text)
        binder.text(key.environment.rawValue)
        binder.text(key.key)
        binder.text(key.operation)
    }

    static func binding(_ key: IdempotencyRecord.Key, _ row: StatementRow) throws(RecordFault) -> IdempotencyRecord {
        IdempotencyRecord(
            key: key, fingerprint: row.blob(0), order: try row.orderID(1),
            requestID: try row.id(2), status: Int(row.integer(3)), createdAt: row.moment(4))
    }
}

extension WriterConnection {
    func binding(_ key: IdempotencyRecord.Key) throws -> IdempotencyRecord? {
        try self(Bindings.get).first({ Bindings.bind(key, &$0) }, { try Bindings.binding(key, $0) })
    }

    /// - Returns: `false`, and nothing written, if the key is taken.
    func insert(_ binding: IdempotencyRecord) throws(SQLiteFault) -> Bool {
        let inserted = try self(Bindings.insert).run {
            Bindings.bind(binding.key, &$0)
            $0.blob(binding.fingerprint)
            $0.text(binding.order.text)
            $0.text(binding.requestID.text)
            $0.integer(Int64(binding.status))
            $0.integer(binding.createdAt.milliseconds)
        }
        return inserted == 1
    }
}

extension SQLiteStore {
    package func binding(_ key: IdempotencyRecord.Key) async throws(StoreFailure) -> IdempotencyRecord? {
        try await reader.read { connection in
            try connection(Bindings.get).first({ Bindings.bind(key, &$0) }) { try Bindings.binding(key, $0) }
        }
    }

    package func setBindingStatus(_ key: IdempotencyRecord.Key, _ status: Int) async throws(StoreFailure) {
        _ = try await write { connection in
            try connection(Bindings.setStatus).run {
                $0.integer(Int64(status))
                Bindings.bind(key, &$0)
            }
        }
    }
}
