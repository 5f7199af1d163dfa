import Router

/// Statements and rows of operators' notifications.
enum Inbox {
    private static let columns =
        "id, provider, dedup_key, received_at, state, retry_at, sealed, trust, reference, operator_reference, attempt"

    static let insert = Statement(
        """
        INSERT INTO inbox (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (provider, dedup_key) DO NOTHING
        """)

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

    static let isThere = Statement("SELECT 1 FROM inbox WHERE provider = $1 AND dedup_key = $2")

    static let waitingBelieved = waiting("IN")
    static let waitingOthers = waiting("NOT IN")

    private static func waiting(_ membership: String) -> Statement {
        Statement(
            """
            SELECT count(*) FROM inbox
            WHERE retry_at IS NOT NULL AND provider = $1 AND trust \(membership) ('signed', 'listed')
            """)
    }

    static let settle = Statement("UPDATE inbox SET state = $1, retry_at = $2 WHERE id = $3")

    static let recognise = Statement("UPDATE inbox SET trust = $1, dedup_key = $2 WHERE id = $3")

    static let earlier = Statement(
        """
        SELECT 1 FROM inbox WHERE provider = $1 AND dedup_key >= $2 AND dedup_key < $3 AND id < $4
            AND NOT (dedup_key >= $5 AND dedup_key < $6)
        LIMIT 1
        """)

    static let delete = Statement("DELETE FROM inbox WHERE id = $1")

    static let forget = Statement(
        """
        DELETE FROM inbox WHERE id IN (
            SELECT id FROM inbox WHERE attempt = $1 ORDER BY received_at DESC, id DESC LIMIT -1 OFFSET $2)
        """)

    static let open = Statement(
        """
        SELECT \(columns) FROM inbox WHERE id IN (
            SELECT id FROM inbox INDEXED BY inbox_open WHERE retry_at IS NOT NULL AND retry_at <= $1
            ORDER BY received_at, id LIMIT $2)
        ORDER BY received_at, id
        """)

    static let ofAttempt = Statement(
        "SELECT \(columns) FROM inbox WHERE attempt = $1 ORDER BY received_at DESC, id DESC")

    /// Binds a message in the order of its columns; where no bytes are kept, `sealed` is empty.
    static func bind(_ message: InboxMessage, _ sealed: [UInt8], _ binder: inout Binder) {
        binder.text(message.id.text)
        binder.text(message.provider.text)
        binder.text(message.dedupKey)
        binder.integer(message.receivedAt.milliseconds)
        bind(message.state, &binder)
        binder.blob(sealed)
        binder.text(message.trust.rawValue)
        switch message.subject {
        case .reference(let text)?:
            binder.text(text)
            binder.text(nil)
        case .operatorReference(let text)?:
            binder.text(nil)
            binder.text(text)
        case nil:
            binder.text(nil)
            binder.text(nil)
        }
        binder.text(message.attempt?.text)
    }

    static func bind(_ state: InboxMessage.State, _ binder: inout Binder) {
        switch state {
        case .open(let retryAt):
            binder.text("open")
            binder.integer(retryAt.milliseconds)
        case .applied:
            binder.text("applied")
            binder.integer(nil)
        case .orphaned:
            binder.text("orphaned")
            binder.integer(nil)
        }
    }

    static func message(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> InboxMessage {
        let state: InboxMessage.State =
            switch row.text(4) {
            case "open": .open(retryAt: row.moment(5))
            case "applied": .applied
            case "orphaned": .orphaned
            case let other: throw RecordFault("an inbox message in state \(other)")
            }
        let sealed = row.blob(6)
        return InboxMessage(
            id: try row.id(0), provider: ProviderID(row.text(1)), dedupKey: row.text(2),
            trust: try row.word(7),
            subject: row.optionalText(8).map { .reference($0) } ?? row.optionalText(9).map { .operatorReference($0) },
            attempt: try row.optionalText(10).map { text throws(RecordFault) in try AttemptID(stored: text) },
            callback: try sealed.isEmpty ? nil : WireCoding.callback(sealer.opened(sealed)),
            receivedAt: row.moment(3), state: state)
    }
}
