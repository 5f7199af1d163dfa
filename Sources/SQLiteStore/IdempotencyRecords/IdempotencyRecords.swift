package import Router

/// Statements and rows of idempotency keys.
enum IdempotencyRecords {
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

    static func idempotencyRecord(
        _ key: IdempotencyRecord.Key, _ row: StatementRow
    ) throws(RecordFault) -> IdempotencyRecord {
        IdempotencyRecord(
            key: key, fingerprint: row.blob(0), order: try row.orderID(1),
            requestID: try row.id(2), status: Int(row.integer(3)), createdAt: row.moment(4))
    }
}

extension WriterConnection {
    func idempotencyRecord(_ key: IdempotencyRecord.Key) throws -> IdempotencyRecord? {
        try self(IdempotencyRecords.get).first(
            { IdempotencyRecords.bind(key, &$0) }, { try IdempotencyRecords.idempotencyRecord(key, $0) })
    }

    /// - Returns: `false`, and nothing written, if the key is taken.
    func insert(_ idempotencyRecord: IdempotencyRecord) throws(SQLiteFault) -> Bool {
        let inserted = try self(IdempotencyRecords.insert).run {
            IdempotencyRecords.bind(idempotencyRecord.key, &$0)
            $0.blob(idempotencyRecord.fingerprint)
            $0.text(idempotencyRecord.order.text)
            $0.text(idempotencyRecord.requestID.text)
            $0.integer(Int64(idempotencyRecord.status))
            $0.integer(idempotencyRecord.createdAt.milliseconds)
        }
        return inserted == 1
    }
}

extension SQLiteStore {
    package func idempotencyRecord(_ key: IdempotencyRecord.Key) async throws(StoreFailure) -> IdempotencyRecord? {
        try await reader.read { connection in
            try connection(IdempotencyRecords.get).first({ IdempotencyRecords.bind(key, &$0) }) {
                try IdempotencyRecords.idempotencyRecord(key, $0)
            }
        }
    }

    package func setRecordedStatus(_ key: IdempotencyRecord.Key, _ status: Int) async throws(StoreFailure) {
        _ = try await write { connection in
            try connection(IdempotencyRecords.setStatus).run {
                $0.integer(Int64(status))
                IdempotencyRecords.bind(key, &$0)
            }
        }
    }
}
