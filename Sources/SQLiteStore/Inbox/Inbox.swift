import Router

/// Statements and rows of operators' notifications.
enum Inbox {
    static let columns =
        "id, provider, dedup_key, received_at, state, retry_at, sealed, trust, reference, operator_reference, attempt"

    static let insert = Statement(
        """
        INSERT INTO inbox (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (provider, dedup_key) DO NOTHING
        """)

    static let finish = Statement("UPDATE inbox SET state = $1, retry_at = $2 WHERE id = $3")

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
            callback: try sealed.isEmpty ? nil : CallbackCoding.callback(sealer.opened(sealed)),
            receivedAt: row.moment(3), state: state)
    }
}

extension WriterConnection {
    func finish(_ id: InboxID, _ state: InboxMessage.State) throws(SQLiteFault) {
        try self(Inbox.finish).run {
            Inbox.bind(state, &$0)
            $0.text(id.text)
        }
    }
}

extension SQLiteStore {
    /// The bytes that are kept of a message; empty where only what it names is kept.
    func sealed(_ message: InboxMessage) throws(StoreFailure) -> [UInt8] {
        guard let callback = message.callback else { return [] }
        return try sealer.sealed(CallbackCoding.record(callback))
    }
}
