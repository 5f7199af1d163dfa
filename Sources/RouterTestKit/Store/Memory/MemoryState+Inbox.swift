import Router

extension MemoryState {
    mutating func receive(_ message: InboxMessage, limit: Int) throws(StoreFailure) -> InboxReceipt {
        guard inboxKeys[InboxKey(message)] == nil else { return .known }
        let waiting = inbox.values.count {
            $0.provider == message.provider && $0.trust.isBelieved == message.trust.isBelieved && $0.retryAt != nil
        }
        guard waiting < limit else { return .full }
        guard inbox[message.id] == nil else { throw StoreFailure(.other, "inbox.id") }
        put(message)
        return .taken
    }

    mutating func keep(_ hint: InboxMessage, newest: Int) {
        if let known = inboxKeys[InboxKey(hint)] {
            guard inbox[known]?.trust.isBelieved == false else { return }
            drop([known])
        }
        put(hint)
        guard let attempt = hint.attempt else { return }
        drop(hints(about: attempt).dropFirst(newest).map(\.id))
    }

    private mutating func put(_ message: InboxMessage) {
        inboxKeys[InboxKey(message)] = message.id
        inbox[message.id] = message
    }

    func hints(about attempt: AttemptID) -> [InboxMessage] {
        inbox.values.filter { $0.attempt == attempt }
            .sorted { ($0.receivedAt, $0.id.text) > ($1.receivedAt, $1.id.text) }
    }

    mutating func recognise(_ id: InboxID, as trust: InboxMessage.Trust, dedupKey: String) -> Bool {
        guard var message = inbox[id] else { return false }
        let known = inboxKeys[InboxKey(provider: message.provider, dedupKey: dedupKey)]
        guard known == nil || known == id else { return false }
        drop([id])
        (message.trust, message.dedupKey) = (trust, dedupKey)
        put(message)
        return true
    }

    func holdsEarlier(than message: InboxMessage, keys: String, butNot others: String) -> Bool {
        inbox.values.contains {
            $0.provider == message.provider && $0.id.text < message.id.text && $0.dedupKey.hasPrefix(keys)
                && !$0.dedupKey.hasPrefix(others)
        }
    }

    mutating func drop(_ ids: [InboxID]) {
        for id in ids {
            guard let message = inbox.removeValue(forKey: id) else { continue }
            inboxKeys[InboxKey(message)] = nil
        }
    }

    func openInbox(before moment: Moment, limit: Int) -> [InboxMessage] {
        let due = inbox.values.filter { message in message.retryAt.map { $0 <= moment } ?? false }
        let sorted = due.sorted { ($0.receivedAt, $0.id.text) < ($1.receivedAt, $1.id.text) }
        return Array(sorted.prefix(max(0, limit)))
    }

    func unmatched(after id: InboxID?, limit: Int) -> [InboxMessage] {
        let left = inbox.values.filter { message in
            message.trust.isBelieved && message.state != .applied && id.map { $0.text < message.id.text } ?? true
        }
        return Array(left.sorted { $0.id.text < $1.id.text }.prefix(max(0, limit)))
    }

    mutating func finish(_ id: InboxID, _ state: InboxMessage.State) { inbox[id]?.state = state }
}

extension MemoryState.InboxKey {
    init(_ message: InboxMessage) { self.init(provider: message.provider, dedupKey: message.dedupKey) }
}

extension InboxMessage {
    var retryAt: Moment? {
        guard case .open(let retryAt) = state else { return nil }
        return retryAt
    }
}
