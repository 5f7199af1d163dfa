package import Router

extension MemoryStore {
    package func receive(_ message: InboxMessage, limit: Int) async throws(StoreFailure) -> InboxReceipt {
        try await perform(.receive) { (state) throws(StoreFailure) in try state.receive(message, limit: limit) }
    }

    package func keep(_ hint: InboxMessage, newest: Int) async throws(StoreFailure) {
        try await perform(.keep) { $0.keep(hint, newest: newest) }
    }

    package func hints(about attempt: AttemptID) async throws(StoreFailure) -> [InboxMessage] {
        try await perform(.hints) { $0.hints(about: attempt) }
    }

    package func recognise(
        _ id: InboxID, as trust: InboxMessage.Trust, dedupKey: String
    ) async throws(StoreFailure) -> Bool {
        try await perform(.recognise) { $0.recognise(id, as: trust, dedupKey: dedupKey) }
    }

    package func holdsEarlier(
        than message: InboxMessage, keys: String, butNot others: String
    ) async throws(StoreFailure) -> Bool {
        try await perform(.holdsEarlier) { $0.holdsEarlier(than: message, keys: keys, butNot: others) }
    }

    package func drop(_ ids: [InboxID]) async throws(StoreFailure) {
        try await perform(.drop) { $0.drop(ids) }
    }

    package func inbox(before moment: Moment, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        try await perform(.inbox) { $0.openInbox(before: moment, limit: limit) }
    }

    package func unmatched(after id: InboxID?, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        try await perform(.unmatched) { $0.unmatched(after: id, limit: limit) }
    }

    package func inboxMessage(_ id: InboxID) async throws(StoreFailure) -> InboxMessage? {
        try await perform(.inboxMessage) { $0.inbox[id] }
    }

    package func finish(_ id: InboxID, _ state: InboxMessage.State) async throws(StoreFailure) {
        try await perform(.finish) { $0.finish(id, state) }
    }
}
