package import Router

extension SQLiteStore {
    package func receive(_ message: InboxMessage) async throws(StoreFailure) -> Bool {
        let sealed: [UInt8] = try sealer.sealed(WireCoding.record(message.callback))
        return try await writeUnit { connection in
            let inserted = try connection(Inbox.insert).run {
                Inbox.bind(message.state, &$0)
                $0.text(message.id.text)
                $0.text(message.provider.text)
                $0.text(message.dedupKey)
                $0.integer(message.receivedAt.milliseconds)
                $0.blob(sealed)
            }
            return inserted == 1
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

    package func settle(_ id: InboxID, _ state: InboxMessage.State) async throws(StoreFailure) {
        try await write { try $0.settle(id, state) }
    }
}
