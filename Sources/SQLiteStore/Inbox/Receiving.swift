package import Router

/// What comes in, and how much of it waits.
extension Inbox {
    static let isThere = Statement("SELECT 1 FROM inbox WHERE provider = $1 AND dedup_key = $2")

    static let waitingBelieved = waiting("IN")

    static let waitingOthers = waiting("NOT IN")

    private static func waiting(_ membership: String) -> Statement {
        Statement(
            """
            SELECT count(*) FROM inbox
            WHERE retry_at IS NOT NULL AND provider = $1 AND trust \(membership) ('signed', 'listed', 'stated')
            """)
    }

    static let open = Statement(
        """
        SELECT \(columns) FROM inbox WHERE id IN (
            SELECT id FROM inbox INDEXED BY inbox_open WHERE retry_at IS NOT NULL AND retry_at <= $1
            ORDER BY received_at, id LIMIT $2)
        ORDER BY received_at, id
        """)

    /// Two searches, each with an index of its own: what waits is little, and what is left over less.
    static let unmatched = Statement(
        """
        SELECT \(columns) FROM inbox WHERE id IN (
            SELECT id FROM inbox WHERE state = 'orphaned'
            UNION ALL
            SELECT id FROM inbox INDEXED BY inbox_open WHERE retry_at IS NOT NULL)
        AND trust IN ('signed', 'listed', 'stated') AND id > $1 ORDER BY id LIMIT $2
        """)

    static let one = Statement("SELECT \(columns) FROM inbox WHERE id = $1")

    static let delete = Statement("DELETE FROM inbox WHERE id = $1 RETURNING attempt")
}

extension SQLiteStore {
    package func receive(_ message: InboxMessage, limit: Int) async throws(StoreFailure) -> InboxReceipt {
        let sealed = try sealed(message)
        return try await writeUnit { connection in
            let isThere = try connection(Inbox.isThere).first({
                $0.text(message.provider.text)
                $0.text(message.dedupKey)
            }) { _ in true }
            guard isThere == nil else { return .known }
            let count = message.trust.isBelieved ? Inbox.waitingBelieved : Inbox.waitingOthers
            let waiting = try connection(count).first({ $0.text(message.provider.text) }) { $0.integer(0) } ?? 0
            guard waiting < Int64(limit) else { return .full }
            let inserted = try connection(Inbox.insert).run { Inbox.bind(message, sealed, &$0) }
            if !message.trust.isBelieved { connection.passing += 1 }
            return inserted == 1 ? .taken : .known
        }
    }

    package func inbox(before moment: Moment, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Inbox.open).all({
                $0.integer(moment.milliseconds)
                $0.integer(Int64(max(0, limit)))
            }) { try Inbox.message($0, sealer) }
        }
    }

    package func unmatched(after id: InboxID?, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Inbox.unmatched).all({
                $0.text(id?.text ?? "")
                $0.integer(Int64(max(0, limit)))
            }) { try Inbox.message($0, sealer) }
        }
    }

    package func inboxMessage(_ id: InboxID) async throws(StoreFailure) -> InboxMessage? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Inbox.one).first({ $0.text(id.text) }) { try Inbox.message($0, sealer) }
        }
    }

    package func finish(_ id: InboxID, _ state: InboxMessage.State) async throws(StoreFailure) {
        try await write { try $0.finish(id, state) }
    }

    package func drop(_ ids: [InboxID]) async throws(StoreFailure) {
        let about = try await write { connection in
            try ids.flatMap { id in
                try connection(Inbox.delete).all({ $0.text(id.text) }) { try $0.optionalID(0) as AttemptID? }
            }
        }
        for attempt in about.compactMap(\.self) { recent.noticed(attempt) }
    }
}
