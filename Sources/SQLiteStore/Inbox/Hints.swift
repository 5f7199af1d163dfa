package import Router

/// What strangers say of an attempt.
extension Inbox {
    /// An equal message of before makes room; a believed one never does.
    static let keep = Statement(
        """
        INSERT INTO inbox (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (provider, dedup_key) DO UPDATE SET
            id = excluded.id, received_at = excluded.received_at, state = excluded.state, retry_at = excluded.retry_at,
            sealed = excluded.sealed, trust = excluded.trust, attempt = excluded.attempt,
            reference = excluded.reference, operator_reference = excluded.operator_reference
        WHERE inbox.trust IN ('stranger', 'unread')
        """)

    static let forget = Statement(
        """
        DELETE FROM inbox WHERE id IN (
            SELECT id FROM inbox WHERE attempt = $1 ORDER BY received_at DESC, id DESC LIMIT -1 OFFSET $2)
        """)

    static let ofAttempt = Statement(
        "SELECT \(columns) FROM inbox WHERE attempt = $1 ORDER BY received_at DESC, id DESC")
}

extension SQLiteStore {
    package func keep(_ hint: InboxMessage, newest: Int) async throws(StoreFailure) {
        let sealed = try sealed(hint)
        defer { if let attempt = hint.attempt { recent.noticed(attempt) } }
        try await writeUnit { connection in
            _ = try connection(Inbox.keep).run { Inbox.bind(hint, sealed, &$0) }
            guard let attempt = hint.attempt else { return }
            let gone = try connection(Inbox.forget).run {
                $0.text(attempt.text)
                $0.integer(Int64(newest))
            }
            connection.passing += Int(gone)
        }
    }

    package func hints(about attempt: AttemptID) async throws(StoreFailure) -> [InboxMessage] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Inbox.ofAttempt).all({ $0.text(attempt.text) }) { try Inbox.message($0, sealer) }
        }
    }
}
