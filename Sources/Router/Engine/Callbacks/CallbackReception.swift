import WebText

/// Hearing operators: taking notifications (W8).
final class CallbackReception: EnginePart {
    let context: EngineContext
    private let hints: HintFollower
    private let application: CallbackApplication
    private let door = StrangerDoor()
    /// Networks that notifications were not believed from.
    private let unlisted = FirstTimes(limit: 256)
    /// Providers whose places for notifications were full, told once each.
    private let full = FirstTimes(limit: 256)

    init(_ context: EngineContext, _ hints: HintFollower, _ application: CallbackApplication) {
        self.context = context
        self.hints = hints
        self.application = application
    }

    private var matcher: CallbackMatcher { hints.matcher }

    /// Verifies, stores, then acknowledges a notification; applies it afterwards.
    func receive(_ callback: InboundCallback, for id: ProviderID) async -> Engine.CallbackReply {
        guard let runtime = providers[id] else { return await receiveUnread(callback, id) }
        guard let provider = runtime.provider as? any ReceivingCallbacks else {
            return providers.isUnreadable(id)
                ? await receiveUnread(callback, id) : Engine.CallbackReply(status: 404)
        }
        let now = time.now
        let verdict = provider.receive(callback, now: now)
        // It may be for orders of the operator that had this id before.
        guard await matcher.isForThisOne(verdict, id) else { return await receiveUnread(callback, id) }
        switch verdict {
        case .refused(let refusal):
            record(id, .stranger, refusal.rawValue)
            return Engine.CallbackReply(status: refusal == .malformed ? 400 : 401)
        case .ignored(let key):
            // Nothing is to be done with it. Where the operator signs, it is kept to be looked at.
            let trust = CallbackRules.sender(.signature, contracts: runtime.contracts)
            guard trust.isBelieved else {
                record(id, trust, "ignored")
                return Engine.CallbackReply(status: 200)
            }
            let message = message(callback, id, key: key, trust, state: .applied, at: now)
            return await keep(message, verdict: "ignored")
        case .notice(let notice):
            guard CallbackRules.sender(notice.proof, contracts: runtime.contracts) == .signed else {
                return await receiveStranger(callback, runtime, notice.about, nil)
            }
            let message = message(callback, id, key: notice.dedupKey, .signed, at: now)
            return await keep(message, verdict: notice.kind.rawValue)
        case .about(let fact):
            let trust = CallbackRules.sender(fact.proof, contracts: runtime.contracts)
            guard trust.isBelieved else {
                noteUnlisted(callback, runtime)
                return await receiveStranger(callback, runtime, fact.about, fact)
            }
            return await keep(
                message(callback, id, key: fact.inboxKey(callback), trust, at: now), verdict: "taken",
                acknowledgement: fact.acknowledgement)
        }
    }

    private func message(
        _ callback: InboundCallback, _ id: ProviderID, key: String?, _ trust: InboxMessage.Trust,
        state: InboxMessage.State? = nil, at now: Moment
    ) -> InboxMessage {
        InboxMessage(
            id: InboxID(at: now, from: random), provider: id, dedupKey: key ?? callback.digest, trust: trust,
            callback: callback, receivedAt: now, state: state ?? .open(retryAt: now.adding(seconds: 2)))
    }

    /// Stores a believed notification once, and applies a new one.
    private func keep(
        _ message: InboxMessage, verdict: String, acknowledgement: CallbackAcknowledgement? = nil
    ) async -> Engine.CallbackReply {
        let reply = Engine.CallbackReply(status: 200, acknowledgement: acknowledgement)
        switch await stored(message, limit: settings.callbacks.openBelieved) {
        case .taken?:
            record(message.provider, message.trust, verdict)
            if case .open = message.state { application.applyLater(message) }
            return reply
        case .known?:
            record(message.provider, message.trust, "known")
            return reply
        case .full?, nil: return Engine.CallbackReply(status: 503)
        }
    }

    // MARK: Strangers

    /// Takes a notification that anybody can have sent: a reason to ask about the attempt it names.
    ///
    /// What it names and a digest are kept; the message itself only with an attempt. Its key never meets a real one's.
    private func receiveStranger(
        _ callback: InboundCallback, _ runtime: ProviderRuntime, _ subject: CallbackSubject, _ fact: CallbackFact?
    ) async -> Engine.CallbackReply {
        let bounds = settings.callbacks
        guard subject.text.utf8.count <= bounds.subjectBytes else {
            record(runtime.id, .stranger, CallbackRefusal.malformed.rawValue)
            return Engine.CallbackReply(status: 400)
        }
        guard door.enter(runtime.id, limit: bounds.strangersAtOnce) else {
            noteFull(runtime.id, .stranger)
            return Engine.CallbackReply(status: 503)
        }
        defer { door.leave(runtime.id) }
        let now = time.now
        var message = InboxMessage(
            id: InboxID(at: now, from: random), provider: runtime.id, dedupKey: callback.strangersKey, trust: .stranger,
            subject: subject, callback: nil, receivedAt: now, state: .open(retryAt: now.adding(seconds: 2)))
        do throws(StoreFailure) {
            if let (aggregate, attempt) = try await matcher.named(subject, runtime.id) {
                message.attempt = attempt.id
                if callback.size <= bounds.keptBytes { message.callback = callback.shortened(to: bounds.keptBytes) }
                let effect = hints.effect(aggregate, attempt, fact, runtime, at: now)
                if effect == nil { message.state = .applied }
                try await store.keep(message, newest: bounds.hintsPerAttempt)
                record(runtime.id, .stranger, "hint")
                if let effect {
                    hints.followLater(effect, aggregate.order.id, attempt.id, runtime, finishing: message.id)
                }
                return Engine.CallbackReply(status: 200, acknowledgement: fact?.acknowledgement)
            }
        } catch {
            record(.storeFailed(error))
            return Engine.CallbackReply(status: 503)
        }
        switch await stored(message, limit: bounds.openStrangers) {
        case .taken?: record(runtime.id, .stranger, "unmatched")
        case .known?: record(runtime.id, .stranger, "known")
        case .full?: return Engine.CallbackReply(status: 503, matchesNothing: true)
        case nil: return Engine.CallbackReply(status: 503)
        }
        return Engine.CallbackReply(status: 200, acknowledgement: fact?.acknowledgement, matchesNothing: true)
    }

    /// Takes a notification for a provider that is not configured, if there ever was such a one here: whoever configures
    /// it again can read it.
    private func receiveUnread(_ callback: InboundCallback, _ id: ProviderID) async -> Engine.CallbackReply {
        let bounds = settings.callbacks
        guard ProviderID.isValid(id.text) else { return Engine.CallbackReply(status: 404) }
        guard door.enter(nil, limit: bounds.strangersAtOnce) else { return Engine.CallbackReply(status: 503) }
        defer { door.leave(nil) }
        do throws(StoreFailure) {
            guard try await store.hasAttempts(provider: id) else { return Engine.CallbackReply(status: 404) }
        } catch {
            record(.storeFailed(error))
            return Engine.CallbackReply(status: 503)
        }
        guard callback.size <= bounds.keptBytes else {
            record(id, .unread, "too_large")
            return Engine.CallbackReply(status: 413)
        }
        let now = time.now
        let message = InboxMessage(
            id: InboxID(at: now, from: random), provider: id, dedupKey: callback.strangersKey, trust: .unread,
            callback: callback.shortened(to: bounds.keptBytes), receivedAt: now,
            state: .open(retryAt: now.adding(seconds: 600)))
        switch await stored(message, limit: bounds.openUnread) {
        case .taken?: record(id, .unread, "taken")
        case .known?: record(id, .unread, "known")
        case .full?, nil: return Engine.CallbackReply(status: 503)
        }
        return Engine.CallbackReply(status: 200)
    }

    /// - Returns: `nil` if the store could not be asked.
    private func stored(_ message: InboxMessage, limit: Int) async -> InboxReceipt? {
        do throws(StoreFailure) {
            let receipt = try await store.receive(message, limit: limit)
            if receipt == .full { noteFull(message.provider, message.trust) }
            return receipt
        } catch {
            record(.storeFailed(error))
            return nil
        }
    }

    // MARK: Telling

    private func record(_ provider: ProviderID, _ trust: InboxMessage.Trust, _ verdict: String) {
        record(.callback(provider: provider, trust: trust, verdict: verdict))
    }

    private func noteFull(_ provider: ProviderID, _ trust: InboxMessage.Trust) {
        record(provider, trust, "full")
        if full.isFirst("\(provider) \(trust.isBelieved)") {
            alarm(.inboxFull, "\(provider): \(trust.rawValue)")
        }
    }

    /// Somebody spoke for an operator that is known by its address, from another one.
    private func noteUnlisted(_ callback: InboundCallback, _ runtime: ProviderRuntime) {
        guard runtime.contracts.contains(where: { $0.callback == .addressOnly }) else { return }
        let network = NetworkAddress(callback.peer)?.shortened ?? "unknown"
        let isFirst = unlisted.isFirst("\(runtime.id) \(network)")
        record(.callbackFromUnlisted(provider: runtime.id, network: network, isFirst: isFirst))
    }
}
