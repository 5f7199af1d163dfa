/// Hearing operators: applying what was stored (W9).
extension Engine {
    static let inboxLane = "inbox"

    func applyLater(_ message: InboxMessage) {
        gatekeeper.begin()
        spawner.spawn {
            await self.apply(message)
            self.gatekeeper.end()
        }
    }

    /// Applies a stored notification, or puts it off while nothing matches it.
    func apply(_ message: InboxMessage) async {
        do throws(StoreFailure) {
            guard let runtime = providers[message.provider],
                let provider = runtime.provider as? any ReceivingCallbacks
            else { return try await putOff(message) }
            guard message.trust != .stranger else { return try await applyHint(message, nil, runtime) }
            guard let callback = message.callback else { return try await drop([message]) }
            let verdict = provider.receive(callback, now: message.receivedAt)
            if message.trust == .unread { return try await applyUnread(message, verdict, runtime) }
            switch verdict {
            case .refused, .ignored: return try await store.settle(message.id, .orphaned)
            case .notice(let notice): try await take(notice, message, runtime)
            case .about(let fact): try await join(fact, message, runtime)
            }
        } catch {
            observer.note(.storeFailed(error))
        }
    }

    /// A notification that came while its provider was not configured, or under an earlier version, is judged now.
    private func applyUnread(
        _ message: InboxMessage, _ verdict: CallbackVerdict, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) {
        var message = message
        let (proof, key, subject): (CallbackProof, String?, CallbackSubject)
        switch verdict {
        case _ where await !isForThisOne(verdict, message.provider): return try await putOff(message)
        case .refused, .ignored: return try await drop([message])
        case .notice(let notice): (proof, key, subject) = (notice.proof, notice.dedupKey, notice.about)
        case .about(let fact):
            (proof, key, subject) = (fact.proof, message.callback.map { fact.inboxKey($0) }, fact.about)
        }
        message.trust = CallbackRules.sender(proof, contracts: runtime.contracts)
        guard message.trust.isBelieved else {
            message.subject = subject
            guard case .about(let fact) = verdict else { return try await applyHint(message, nil, runtime) }
            return try await applyHint(message, fact, runtime)
        }
        message.dedupKey = key ?? message.callback?.digest ?? message.dedupKey
        guard try await store.recognise(message.id, as: message.trust, dedupKey: message.dedupKey) else {
            return try await drop([message])
        }
        switch verdict {
        case .refused, .ignored: break
        case .notice(let notice): try await take(notice, message, runtime)
        case .about(let fact): try await join(fact, message, runtime)
        }
    }

    /// Records a notice with its payment, whichever of the payment's orders it was found by.
    private func take(
        _ notice: OperatorNotice, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) {
        guard CallbackRules.sender(notice.proof, contracts: runtime.contracts) == .signed else {
            return try await store.settle(message.id, .orphaned)
        }
        guard let (file, _) = try await named(notice.about, runtime.id) else { return try await putOff(message) }
        let record = Notice(
            kind: notice.kind, operatorReference: notice.operatorReference, amount: notice.amount,
            reason: notice.reason, at: time.now)
        observer.note(.alarm(notice.kind.rawValue, order: file.order.id, detail: message.provider.text))
        _ = try await mutate(file.order.parent ?? file.order.id, inboxDone: message.id) { file in
            file.note(record)
            file.change { _ in }
            return true
        }
    }

    /// Joins a believed notification with the order it is about.
    private func join(
        _ fact: CallbackFact, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) {
        guard let (file, known) = try await named(fact.about, runtime.id) else { return try await putOff(message) }
        let now = time.now
        let contract = runtime.contract(for: file.operation)
        let isNew = try await operatorIDIsNew(fact, message, file.order.id)
        var strength = Evidence.Strength.weak
        let joined = await settle(file, inboxDone: message.id) { file in
            guard let attempt = file.attempt(known.id) else { return }
            let isPayers = fact.isFrom(
                file.order.customer.phone, among: runtime.manifest.phoneCountries)
            let claim =
                isPayers
                ? Classifier.claim(fact, contract: contract, attempt: attempt) : .unclear("states another payer")
            strength =
                isPayers
                ? CallbackRules.strength(
                    fact, claim, contract: contract, attempt: attempt, operatorIDIsNew: isNew) : .weak
            var evidence = Evidence(
                attempt: attempt.id, source: .callback, strength: strength, claim: claim.name, detail: claim.detail,
                raw: RawEvidence.kept(message.callback?.body ?? []), at: now)
            evidence.state(CallbackRules.statement(fact))
            file.observe(
                claim, evidence, contract: contract, settlement: runtime.settlement(for: file.operation), at: now)
        }
        guard strength == .weak else { return driveOn(joined) }
        guard let joined, let attempt = joined.attempt(known.id),
            let asks = next(joined, attempt, fact, runtime, at: now)
        else { return }
        await act(asks, joined.order.id, attempt.id, runtime)
    }

    /// Whether the operator's ids in a notification were never seen before with another transaction.
    private func operatorIDIsNew(
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

    /// The order and attempt that a notification names.
    func named(
        _ subject: CallbackSubject, _ provider: ProviderID
    ) async throws(StoreFailure) -> (OrderFile, Attempt)? {
        let id =
            switch subject {
            case .reference(let text): try await store.order(provider: provider, reference: text)
            case .operatorReference(let text): try await store.order(provider: provider, operatorReference: text)
            }
        guard let id, let file = try await store.orderFile(id),
            let attempt = file.attempts.last(where: { $0.provider == provider && $0.matches(subject) }),
            self.runtime(of: attempt, file.operation) != nil
        else { return nil }
        return (file, attempt)
    }

    /// A notification may be faster than the commit that makes its reference known.
    func putOff(_ message: InboxMessage) async throws(StoreFailure) {
        let age = time.now.milliseconds(since: message.receivedAt)
        guard age < patience(message) * 1_000 else {
            guard message.trust.isBelieved else { return try await drop([message]) }
            observer.note(.alarm("orphan_callback", order: nil, detail: message.provider.text))
            return try await store.settle(message.id, .orphaned)
        }
        let retry = time.now.adding(milliseconds: max(1_000, min(600_000, age)))
        try await store.settle(message.id, .open(retryAt: retry))
        signals.poke(Self.inboxLane, due: retry)
    }

    /// How long a notification that matches nothing is matched again, in seconds.
    private func patience(_ message: InboxMessage) -> Int64 {
        switch message.trust {
        case .signed, .listed: settings.orphanSeconds
        case .stranger: settings.callbacks.strangerSeconds
        case .unread:
            isUnreadable(message.provider) ? settings.callbacks.unreadSeconds : settings.callbacks.strangerSeconds
        }
    }

    /// Whether a message that nobody vouches for has matched nothing for too long.
    ///
    /// What could be read and never was is not over: it may be the operator's.
    private func isOver(_ message: InboxMessage, at now: Moment) -> Bool {
        switch message.trust {
        case .signed, .listed: return false
        case .unread where !isUnreadable(message.provider): return false
        case .stranger, .unread: return now.milliseconds(since: message.receivedAt) >= patience(message) * 1_000
        }
    }

    /// Deletes messages in one write.
    private func drop(_ messages: [InboxMessage]) async throws(StoreFailure) {
        guard !messages.isEmpty else { return }
        try await store.drop(messages.map(\.id))
        for message in messages {
            observer.note(.callbackDropped(provider: message.provider, trust: message.trust))
        }
    }

    /// A signed refusal may leave the movement open for another provider.
    func driveOn(_ file: OrderFile?) {
        guard let file, file.order.outcome == .open, file.liveAttempt == nil,
            claims.claim(file.order.id)
        else { return }
        work(claimed: file.order.id) { await self.drive(file) }
    }

    /// Applies messages that were put off, or left over from before a restart, until the task is cancelled.
    func runInbox() async {
        while !Task.isCancelled {
            let now = time.now
            var count = 0
            do throws(StoreFailure) {
                let messages = try await store.inbox(before: now.adding(milliseconds: 1), limit: 64)
                count = messages.count
                let over = messages.filter { isOver($0, at: now) }
                try await drop(over)
                let gone = Set(over.map(\.id))
                for message in messages where !gone.contains(message.id) { await apply(message) }
            } catch {
                observer.note(.storeFailed(error))
            }
            await signals.sleep(Self.inboxLane, until: now.adding(seconds: count == 64 ? 0 : 2))
        }
    }
}

extension Attempt {
    func matches(_ subject: CallbackSubject) -> Bool {
        switch subject {
        case .reference(let text): reference == text
        case .operatorReference(let text): operatorReference == text
        }
    }
}
