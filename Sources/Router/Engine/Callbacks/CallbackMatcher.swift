/// Which attempt a notification names, and what becomes of notifications that name none.
final class CallbackMatcher: EnginePart {
    let context: EngineContext

    init(_ context: EngineContext) { self.context = context }

    /// The order and attempt that a notification names.
    func named(
        _ subject: CallbackSubject, _ provider: ProviderID
    ) async throws(StoreFailure) -> (OrderAggregate, Attempt)? {
        let id =
            switch subject {
            case .reference(let text): try await store.order(provider: provider, reference: text)
            case .operatorReference(let text): try await store.order(provider: provider, operatorReference: text)
            }
        guard let id, let aggregate = try await store.orderAggregate(id),
            let attempt = aggregate.attempts.last(where: { $0.provider == provider && $0.matches(subject) }),
            providers.runtime(of: attempt, aggregate.operation) != nil
        else { return nil }
        return (aggregate, attempt)
    }

    /// The order that one of these names is of already; `nil` if none is.
    func order(
        named names: Set<CallbackSubject>, at provider: ProviderID
    ) async throws(StoreFailure) -> OrderID? {
        for name in names {
            let found: OrderID? =
                switch name {
                case .reference(let text): try await store.order(provider: provider, reference: text)
                case .operatorReference(let text): try await store.order(provider: provider, operatorReference: text)
                }
            if let found { return found }
        }
        return nil
    }

    /// Whether a notification for an id that changed its meaning is one for its new bearer; of other ids all are.
    func isForThisOne(_ verdict: CallbackVerdict, _ id: ProviderID) async -> Bool {
        guard providers.isUnreadable(id) else { return true }
        let subject: CallbackSubject
        switch verdict {
        case .refused: return false
        case .ignored: return true
        case .notice(let notice): subject = notice.about
        case .about(let fact): subject = fact.about
        }
        return (try? await named(subject, id)) != nil
    }

    /// Whether the operator's ids in a notification were never seen before with another transaction.
    func operatorIDIsNew(
        _ fact: CallbackFact, _ message: InboxMessage, _ order: OrderID
    ) async throws(StoreFailure) -> Bool {
        if let keys = fact.transactionKeys,
            try await store.holdsEarlier(than: message, keys: keys.ofID, butNot: keys.ofTransaction)
        {
            return false
        }
        guard let stated = CallbackRules.statement(fact)?.operatorReference else { return fact.transactionID != nil }
        let owner = try await store.order(provider: message.provider, operatorReference: stated)
        return owner == nil || owner == order
    }

    /// Puts a notification off that names nothing: it may be faster than the commit that makes its reference known.
    func putOff(_ message: InboxMessage) async throws(StoreFailure) {
        let age = time.now.milliseconds(since: message.receivedAt)
        guard age < patience(message) * 1_000 else {
            guard message.trust.isBelieved else { return try await drop([message]) }
            alarm(.orphanCallback, message.provider.text)
            return try await store.finish(message.id, .orphaned)
        }
        let retry = time.now.adding(milliseconds: max(1_000, min(600_000, age)))
        try await store.finish(message.id, .open(retryAt: retry))
        signals.poke(CallbackApplication.queue, due: retry)
    }

    /// Whether a message that nobody vouches for has matched nothing for too long.
    ///
    /// What could be read and never was is not over: it may be the operator's.
    func isOver(_ message: InboxMessage, at now: Moment) -> Bool {
        switch message.trust {
        case .signed, .listed, .stated: return false
        case .unread where !providers.isUnreadable(message.provider): return false
        case .stranger, .unread: return now.milliseconds(since: message.receivedAt) >= patience(message) * 1_000
        }
    }

    /// Deletes messages in one write.
    func drop(_ messages: [InboxMessage]) async throws(StoreFailure) {
        guard !messages.isEmpty else { return }
        try await store.drop(messages.map(\.id))
        for message in messages { record(.callbackDropped(provider: message.provider, trust: message.trust)) }
    }

    /// How long a notification that matches nothing is matched again, in seconds.
    private func patience(_ message: InboxMessage) -> Int64 {
        switch message.trust {
        case .signed, .listed, .stated: settings.orphanSeconds
        case .stranger: settings.callbacks.strangerSeconds
        case .unread:
            providers.isUnreadable(message.provider)
                ? settings.callbacks.unreadSeconds : settings.callbacks.strangerSeconds
        }
    }
}

extension Attempt {
    /// Whether a notification names it.
    fileprivate func matches(_ subject: CallbackSubject) -> Bool {
        switch subject {
        case .reference(let text): reference == text
        case .operatorReference(let text): operatorReference == text
        }
    }
}
