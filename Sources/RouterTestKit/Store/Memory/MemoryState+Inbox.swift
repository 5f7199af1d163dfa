import Router

extension MemoryState {
    mutating func receive(_ message: InboxMessage) throws(StoreFailure) -> Bool {
        let key = InboxKey(provider: message.provider, dedupKey: message.dedupKey)
        guard !inboxKeys.contains(key) else { return false }
        guard inbox[message.id] == nil else { throw StoreFailure(.other, "inbox.id") }
        inboxKeys.insert(key)
        inbox[message.id] = message
        return true
    }

    func openInbox(before moment: Moment, limit: Int) -> [InboxMessage] {
        let due = inbox.values.filter { message in message.retryAt.map { $0 <= moment } ?? false }
        let sorted = due.sorted { ($0.receivedAt, $0.id.text) < ($1.receivedAt, $1.id.text) }
        return Array(sorted.prefix(max(0, limit)))
    }

    mutating func settle(_ id: InboxID, _ state: InboxMessage.State) { inbox[id]?.state = state }

    func events(
        app: AppID, environment: Environment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) -> [Event] {
        var end = events.count
        if let after {
            guard let index = eventIndex[after] else { return [] }
            end = index
        }
        let found = events[..<end].lazy.reversed().filter { event in
            event.app == app && event.environment == environment && (order.map { $0 == event.order } ?? true)
                && (type.map { $0 == event.type } ?? true)
        }
        return Array(found.prefix(max(0, limit)))
    }
}

extension InboxMessage {
    var retryAt: Moment? {
        guard case .open(let retryAt) = state else { return nil }
        return retryAt
    }
}
