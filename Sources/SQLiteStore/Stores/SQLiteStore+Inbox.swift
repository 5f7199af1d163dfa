package import Router

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

    package func keep(_ hint: InboxMessage, newest: Int) async throws(StoreFailure) {
        let sealed = try sealed(hint)
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

    private func sealed(_ message: InboxMessage) throws(StoreFailure) -> [UInt8] {
        guard let callback = message.callback else { return [] }
        return try sealer.sealed(WireCoding.record(callback))
    }

    package func hints(about attempt: AttemptID) async throws(StoreFailure) -> [InboxMessage] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Inbox.ofAttempt).all({ $0.text(attempt.text) }) { try Inbox.message($0, sealer) }
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

    package func drop(_ ids: [InboxID]) async throws(StoreFailure) {
        try await write { connection in
            for id in ids { _ = try connection(Inbox.delete).run { $0.text(id.text) } }
        }
    }
}
