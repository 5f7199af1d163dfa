/// Hearing operators: applying what was stored (W9).
final class CallbackApplication: EnginePart {
    let context: EngineContext
    private let hints: HintFollower
    private let joining: CallbackJoining
    private let unopened: UnopenedPayments

    init(
        _ context: EngineContext, _ hints: HintFollower, _ joining: CallbackJoining, _ unopened: UnopenedPayments
    ) {
        self.context = context
        self.joining = joining
        self.hints = hints
        self.unopened = unopened
    }

    /// Where the inbox sleeps between its looks.
    static let queue = "inbox"
    /// Messages that are looked at in one go.
    private static let batch = 64

    private var matcher: CallbackMatcher { hints.matcher }

    /// Applies a message in a task of its own.
    func applyLater(_ message: InboxMessage) {
        gatekeeper.begin()
        spawner.spawn {
            await self.apply(message)
            self.gatekeeper.end()
        }
    }

    /// Applies messages that were put off, or left over from before a restart, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let now = time.now
            var count = 0
            do throws(StoreFailure) {
                let messages = try await store.inbox(before: now.adding(milliseconds: 1), limit: Self.batch)
                count = messages.count
                let over = messages.filter { matcher.isOver($0, at: now) }
                try await matcher.drop(over)
                let gone = Set(over.map(\.id))
                for message in messages where !gone.contains(message.id) { await apply(message) }
            } catch {
                record(.storeFailed(error))
            }
            await signals.sleep(Self.queue, until: now.adding(seconds: count == Self.batch ? 0 : 2))
        }
    }

    func applyWaiting(of provider: ProviderID) async {
        let told = (try? await store.inbox(before: time.now.adding(milliseconds: 1), limit: Self.batch)) ?? []
        for message in told where message.provider == provider { await apply(message) }
    }

    /// Applies a stored notification, or puts it off while nothing matches it.
    private func apply(_ message: InboxMessage) async {
        do throws(StoreFailure) {
            if message.trust == .stated { return try await applyStated(message) }
            guard let runtime = providers[message.provider],
                let provider = runtime.provider as? any ReceivingCallbacks
            else { return try await matcher.putOff(message) }
            guard message.trust != .stranger else { return try await hints.apply(message, nil, runtime) }
            guard let callback = message.callback else { return try await matcher.drop([message]) }
            let verdict = provider.receive(callback, now: message.receivedAt)
            if message.trust == .unread { return try await applyUnread(message, verdict, runtime) }
            switch verdict {
            case .refused, .ignored: return try await store.finish(message.id, .orphaned)
            case .notice(let notice): try await joining.record(notice, message, runtime)
            case .about(let fact): try await join(fact, message, runtime)
            }
        } catch {
            record(.storeFailed(error))
        }
    }

    /// A line of a statement is matched again.
    private func applyStated(_ message: InboxMessage) async throws(StoreFailure) {
        guard let runtime = providers[message.provider], let callback = message.callback,
            let line = StatementLine(callback, at: runtime.id)
        else { return try await matcher.putOff(message) }
        if try await unopened.take(line, message, runtime) == nil { try await matcher.putOff(message) }
    }

    /// A notification that came while its provider was not configured, or under an earlier version, is judged now.
    private func applyUnread(
        _ message: InboxMessage, _ verdict: CallbackVerdict, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) {
        var message = message
        let (proof, key, subject): (CallbackProof, String?, CallbackSubject)
        switch verdict {
        case _ where await !matcher.isForThisOne(verdict, message.provider): return try await matcher.putOff(message)
        case .refused, .ignored: return try await matcher.drop([message])
        case .notice(let notice): (proof, key, subject) = (notice.proof, notice.dedupKey, notice.about)
        case .about(let fact):
            (proof, key, subject) = (fact.proof, message.callback.map { fact.inboxKey($0) }, fact.about)
        }
        message.trust = CallbackRules.sender(proof, contracts: runtime.contracts)
        guard message.trust.isBelieved else {
            message.subject = subject
            guard case .about(let fact) = verdict else { return try await hints.apply(message, nil, runtime) }
            return try await hints.apply(message, fact, runtime)
        }
        message.dedupKey = key ?? message.callback?.digest ?? message.dedupKey
        guard try await store.recognise(message.id, as: message.trust, dedupKey: message.dedupKey) else {
            return try await matcher.drop([message])
        }
        switch verdict {
        case .refused, .ignored: break
        case .notice(let notice): try await joining.record(notice, message, runtime)
        case .about(let fact): try await join(fact, message, runtime)
        }
    }

    /// Joins a believed notification with the order it is about, or takes money that came by itself.
    private func join(
        _ fact: CallbackFact, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) {
        if try await joining.join(fact, message, runtime) { return }
        if try await unopened.take(fact, message, runtime) { return }
        try await matcher.putOff(message)
    }
}
