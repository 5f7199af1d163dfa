package import Router

/// Statements and rows of messages that wait to be sent, or were.
enum Messages {
    private static let columns = "n, account, challenge, wallet, order_id, created_at, state, due_at, tries, fault"

    static let insert = Statement(
        """
        INSERT INTO messages (account, challenge, wallet, order_id, created_at, state, due_at, tries)
        VALUES ($1, $2, $3, $4, $5, 'waiting', $5, 0)
        """)
    static let update = Statement("UPDATE messages SET state = $1, due_at = $2, tries = $3, fault = $4 WHERE n = $5")
    static let due = Statement(
        "SELECT \(columns) FROM messages WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, n LIMIT $2")
    static let next = Statement("SELECT due_at FROM messages WHERE state = 'waiting' ORDER BY due_at LIMIT 1")
    static let about = Statement("SELECT \(columns) FROM messages WHERE challenge = $1 ORDER BY n DESC LIMIT 1")
    static let forget = Statement("DELETE FROM messages WHERE created_at < $1 AND state <> 'waiting'")
    static let deleteOfAccount = Statement("DELETE FROM messages WHERE account = $1")

    static func message(_ row: StatementRow) throws(RecordFault) -> MessageEntry {
        let content: MessageEntry.Content
        if let challenge: ChallengeID = try row.optionalID(2) {
            content = .challenge(challenge)
        } else {
            content = .movement(try row.id(3), try row.orderID(4))
        }
        var message = MessageEntry(
            number: row.integer(0), account: try row.id(1), content: content, createdAt: row.moment(5))
        message.state = try row.word(6)
        message.dueAt = row.moment(7)
        message.tries = Int(row.integer(8))
        message.fault = row.optionalText(9)
        return message
    }
}

extension WriterConnection {
    /// Leaves a message for an account.
    func tell(_ account: AccountID, _ content: MessageEntry.Content, at now: Moment) throws(SQLiteFault) {
        var (challenge, wallet, order): (String?, String?, String?)
        switch content {
        case .challenge(let id): challenge = id.text
        case .movement(let id, let orderID): (wallet, order) = (id.text, orderID.text)
        }
        try self(Messages.insert).run {
            $0.text(account.text)
            $0.text(challenge)
            $0.text(wallet)
            $0.text(order)
            $0.integer(now.milliseconds)
        }
    }

    /// Leaves a message for each holder whose wallet a unit's postings have changed.
    func tellHolders(_ unit: UnitOfWork) throws {
        for wallet in unit.movedWallets {
            guard let account = try holder(of: wallet) else { continue }
            try tell(account, .movement(wallet, unit.order.id), at: unit.order.updatedAt)
        }
    }
}

extension SQLiteStore {
    package func messages(before moment: Moment, limit: Int) async throws(StoreFailure) -> [MessageEntry] {
        try await reader.read { connection in
            try connection(Messages.due).all({
                $0.integer(moment.milliseconds)
                $0.integer(Int64(max(0, limit)))
            }) { try Messages.message($0) }
        }
    }

    package func nextMessage() async throws(StoreFailure) -> Moment? {
        try await reader.read { try $0(Messages.next).first { $0.moment(0) } }
    }

    package func update(_ message: MessageEntry) async throws(StoreFailure) {
        _ = try await writeUnit { connection in
            try connection(Messages.update).run {
                $0.text(message.state.rawValue)
                $0.integer(message.dueAt.milliseconds)
                $0.integer(Int64(message.tries))
                $0.text(message.fault)
                $0.integer(message.number)
            }
        }
    }

    package func message(about challenge: ChallengeID) async throws(StoreFailure) -> MessageEntry? {
        try await reader.read { connection in
            try connection(Messages.about).first({ $0.text(challenge.text) }) { try Messages.message($0) }
        }
    }
}
