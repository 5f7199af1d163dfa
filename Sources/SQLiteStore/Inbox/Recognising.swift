package import Router

/// What a message turns out to be once it can be read.
extension Inbox {
    static let recognise = Statement("UPDATE inbox SET trust = $1, dedup_key = $2 WHERE id = $3")

    static let earlier = Statement(
        """
        SELECT 1 FROM inbox WHERE provider = $1 AND dedup_key >= $2 AND dedup_key < $3 AND id < $4
            AND NOT (dedup_key >= $5 AND dedup_key < $6)
        LIMIT 1
        """)
}

extension SQLiteStore {
    package func recognise(
        _ id: InboxID, as trust: InboxMessage.Trust, dedupKey: String
    ) async throws(StoreFailure) -> Bool {
        let changed = try await write { connection in
            try connection.unit {
                try connection(Inbox.recognise).run {
                    $0.text(trust.rawValue)
                    $0.text(dedupKey)
                    $0.text(id.text)
                }
            }
        }
        return (try? changed.get()) == 1
    }

    package func holdsEarlier(
        than message: InboxMessage, keys: String, butNot others: String
    ) async throws(StoreFailure) -> Bool {
        try await reader.read { connection in
            try connection(Inbox.earlier).first({
                $0.text(message.provider.text)
                $0.text(keys)
                $0.text(keys + "\u{10FFFF}")
                $0.text(message.id.text)
                $0.text(others)
                $0.text(others + "\u{10FFFF}")
            }) { _ in true } ?? false
        }
    }
}
