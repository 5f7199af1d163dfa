import Router

/// Statements and rows of operators' notifications.
enum Inbox {
    static let insert = Statement(
        """
        INSERT INTO inbox (state, retry_at, id, provider, dedup_key, received_at, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (provider, dedup_key) DO NOTHING
        """)

    static let settle = Statement("UPDATE inbox SET state = $1, retry_at = $2 WHERE id = $3")

    static let open = Statement(
        """
        SELECT id, provider, dedup_key, received_at, state, retry_at, sealed FROM inbox
        WHERE retry_at IS NOT NULL AND retry_at <= $1 ORDER BY received_at, id LIMIT $2
        """)

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
        return InboxMessage(
            id: InboxID(stored: row.text(0)), provider: ProviderID(row.text(1)), dedupKey: row.text(2),
            callback: try WireCoding.callback(sealer.opened(row.blob(6))), receivedAt: row.moment(3), state: state)
    }
}
