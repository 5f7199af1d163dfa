import Router

/// Statements and rows of idempotency keys and epochs.
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

    static func bind(_ key: Binding.Key, _ binder: inout Binder) {
        binder.text(key.app.text)
        binder.text(key.environment.rawValue)
        binder.text(key.key)
        binder.text(key.operation)
    }

    static func binding(_ key: Binding.Key, _ row: StatementRow) throws(RecordFault) -> Binding {
        Binding(
            key: key, fingerprint: row.blob(0), order: try row.orderID(1),
            requestID: try row.id(2), status: Int(row.integer(3)), createdAt: row.moment(4))
    }
}

/// Statements of the fence between processes.
enum Epochs {
    static let newest = Statement("SELECT newest FROM epochs WHERE id = 1")
    static let advance = Statement("UPDATE epochs SET newest = newest + 1 WHERE id = 1")
}

/// Statements of named installation facts.
enum Installation {
    static let get = Statement("SELECT value FROM facts WHERE name = $1")

    static let set = Statement(
        "INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
}
