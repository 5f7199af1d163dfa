import Crypto

/// Hearing operators (W8, W9): taking notifications.
extension Engine {
    /// What the operator is answered.
    package struct CallbackReply: Sendable {
        package var status: Int
        package var acknowledgement: CallbackAcknowledgement?
        /// Whether it was taken although nobody vouches for it and it names nothing that is known here.
        package var matchesNothing: Bool

        package init(
            status: Int, acknowledgement: CallbackAcknowledgement? = nil, matchesNothing: Bool = false
        ) {
            self.status = status
            self.acknowledgement = acknowledgement
            self.matchesNothing = matchesNothing
        }

        /// Whether it proved to be nobody's word about anything: refused, unreadable, or about nothing that is known.
        ///
        /// What could not be stored is not the sender's doing.
        package var failsVerification: Bool { matchesNothing || (400..<500).contains(status) }
    }

    /// Verifies, stores, then acknowledges a notification; applies it afterwards.
    package func receive(_ callback: InboundCallback, for id: ProviderID) async -> CallbackReply {
        guard let runtime = providers[id] else { return await receiveUnread(callback, id) }
        guard let provider = runtime.provider as? any ReceivingCallbacks else {
            return isUnreadable(id) ? await receiveUnread(callback, id) : CallbackReply(status: 404)
        }
        let now = time.now
        let verdict = provider.receive(callback, now: now)
        // It may be for orders of the operator that had this id before.
        guard await isForThisOne(verdict, id) else { return await receiveUnread(callback, id) }
        switch verdict {
        case .refused(let refusal):
            note(id, .stranger, refusal.rawValue)
            return CallbackReply(status: refusal == .malformed ? 400 : 401)
        case .ignored(let key):
            // Nothing is to be done with it. Where the operator signs, it is kept to be looked at.
            let trust = CallbackRules.sender(.signature, contracts: runtime.contracts)
            guard trust.isBelieved else {
                note(id, trust, "ignored")
                return CallbackReply(status: 200)
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

    /// Whether a notification for an id that changed its meaning is one for its new bearer; of other ids all are.
    func isForThisOne(_ verdict: CallbackVerdict, _ id: ProviderID) async -> Bool {
        guard isUnreadable(id) else { return true }
        let subject: CallbackSubject
        switch verdict {
        case .refused: return false
        case .ignored: return true
        case .notice(let notice): subject = notice.about
        case .about(let fact): subject = fact.about
        }
        return (try? await named(subject, id)) != nil
    }

    private func message(
        _ callback: InboundCallback, _ id: ProviderID, key: String?, _ trust: InboxMessage.Trust,
        state: InboxMessage.State? = nil, at now: Moment
    ) -> InboxMessage {
        InboxMessage(
            id: InboxID(at: now, from: random), provider: id, dedupKey: key ?? callback.digest, trust: trust,
            callback: callback, receivedAt: now, state: state ?? .open(retryAt: now.adding(seconds: 2)))
    }

    /// Stores a believed notification once (W8), and applies a new one.
    private func keep(
        _ message: InboxMessage, verdict: String, acknowledgement: CallbackAcknowledgement? = nil
    ) async -> CallbackReply {
        let reply = CallbackReply(status: 200, acknowledgement: acknowledgement)
        switch await stored(message, limit: settings.callbacks.openBelieved) {
        case .taken?:
            note(message.provider, message.trust, verdict)
            if case .open = message.state { applyLater(message) }
            return reply
        case .known?:
            note(message.provider, message.trust, "known")
            return reply
        case .full?, nil: return CallbackReply(status: 503)
        }
    }

    // MARK: Strangers

    /// Takes a notification that anybody can have sent: a reason to ask about the attempt it names.
    ///
    /// What it names and a digest are kept; the message itself only with an attempt. Its key never meets a real one's.
    private func receiveStranger(
        _ callback: InboundCallback, _ runtime: ProviderRuntime, _ subject: CallbackSubject, _ fact: CallbackFact?
    ) async -> CallbackReply {
        let bounds = settings.callbacks
        guard subject.text.utf8.count <= bounds.subjectBytes else {
            note(runtime.id, .stranger, CallbackRefusal.malformed.rawValue)
            return CallbackReply(status: 400)
        }
        guard door.enter(runtime.id, limit: bounds.strangersAtOnce) else {
            noteFull(runtime.id, .stranger)
            return CallbackReply(status: 503)
        }
        defer { door.leave(runtime.id) }
        let now = time.now
        var message = InboxMessage(
            id: InboxID(at: now, from: random), provider: runtime.id, dedupKey: callback.strangersKey, trust: .stranger,
            subject: subject, callback: nil, receivedAt: now, state: .open(retryAt: now.adding(seconds: 2)))
        let reply = CallbackReply(status: 200, acknowledgement: fact?.acknowledgement)
        do throws(StoreFailure) {
            if let (file, attempt) = try await named(subject, runtime.id) {
                message.attempt = attempt.id
                if callback.size <= bounds.keptBytes { message.callback = callback.shortened(to: bounds.keptBytes) }
                let asks = next(file, attempt, fact, runtime, at: now)
                if asks == nil { message.state = .applied }
                try await store.keep(message, newest: bounds.hintsPerAttempt)
                note(runtime.id, .stranger, "hint")
                if let asks { actLater(asks, file.order.id, attempt.id, runtime, settles: message.id) }
                return reply
            }
        } catch {
            observer.note(.storeFailed(error))
            return CallbackReply(status: 503)
        }
        switch await stored(message, limit: bounds.openStrangers) {
        case .taken?: note(runtime.id, .stranger, "unmatched")
        case .known?: note(runtime.id, .stranger, "known")
        case .full?: return CallbackReply(status: 503, matchesNothing: true)
        case nil: return CallbackReply(status: 503)
        }
        return CallbackReply(status: 200, acknowledgement: reply.acknowledgement, matchesNothing: true)
    }

    /// Takes a notification for a provider that is not configured, if there ever was such a one here: whoever configures
    /// it again can read it.
    private func receiveUnread(_ callback: InboundCallback, _ id: ProviderID) async -> CallbackReply {
        let bounds = settings.callbacks
        guard ProviderID.isValid(id.text) else { return CallbackReply(status: 404) }
        guard door.enter(nil, limit: bounds.strangersAtOnce) else { return CallbackReply(status: 503) }
        defer { door.leave(nil) }
        do throws(StoreFailure) {
            guard try await store.hasAttempts(provider: id) else { return CallbackReply(status: 404) }
        } catch {
            observer.note(.storeFailed(error))
            return CallbackReply(status: 503)
        }
        guard callback.size <= bounds.keptBytes else {
            note(id, .unread, "too_large")
            return CallbackReply(status: 413)
        }
        let now = time.now
        let message = InboxMessage(
            id: InboxID(at: now, from: random), provider: id, dedupKey: callback.strangersKey, trust: .unread,
            callback: callback.shortened(to: bounds.keptBytes), receivedAt: now,
            state: .open(retryAt: now.adding(seconds: 600)))
        switch await stored(message, limit: bounds.openUnread) {
        case .taken?: note(id, .unread, "taken")
        case .known?: note(id, .unread, "known")
        case .full?, nil: return CallbackReply(status: 503)
        }
        return CallbackReply(status: 200)
    }

    /// - Returns: `nil` if the store could not be asked.
    private func stored(_ message: InboxMessage, limit: Int) async -> InboxReceipt? {
        do throws(StoreFailure) {
            let receipt = try await store.receive(message, limit: limit)
            if receipt == .full { noteFull(message.provider, message.trust) }
            return receipt
        } catch {
            observer.note(.storeFailed(error))
            return nil
        }
    }

    // MARK: Telling

    func note(_ provider: ProviderID, _ trust: InboxMessage.Trust, _ verdict: String) {
        observer.note(.callback(provider: provider, trust: trust, verdict: verdict))
    }

    private func noteFull(_ provider: ProviderID, _ trust: InboxMessage.Trust) {
        note(provider, trust, "full")
        if full.isFirst("\(provider) \(trust.isBelieved)") {
            observer.note(.alarm("inbox_full", order: nil, detail: "\(provider): \(trust.rawValue)"))
        }
    }

    /// Somebody spoke for an operator that is known by its address, from another one.
    private func noteUnlisted(_ callback: InboundCallback, _ runtime: ProviderRuntime) {
        guard runtime.contracts.contains(where: { $0.callback == .addressOnly }) else { return }
        let network = NetworkAddress(callback.peer)?.shortened ?? "unknown"
        let isFirst = unlisted.isFirst("\(runtime.id) \(network)")
        observer.note(.callbackFromUnlisted(provider: runtime.id, network: network, isFirst: isFirst))
    }
}

extension ProviderRuntime {
    /// The contracts of everything it can do.
    var contracts: [ProviderContract] {
        [manifest.contract]
            + [manifest.payout?.contract, manifest.refund?.contract, manifest.authorization?.contract].compactMap(
                \.self)
    }
}

extension CallbackSubject {
    var text: String {
        switch self {
        case .reference(let text), .operatorReference(let text): text
        }
    }
}

extension InboundCallback {
    /// A name for equal notifications of operators that number none.
    var digest: String {
        var hash = SHA256()
        for part in [method, pathRest, query] {
            hash.update(data: Array(part.utf8))
            hash.update(data: [0])
        }
        hash.update(data: body)
        return "sha256:" + Hex.text(hash.finalize())
    }

    /// A name among notifications that nobody vouches for; no believed one has such a key.
    var strangersKey: String { "hint:" + digest }

    /// Everything of it that the sender chose, but its headers, in bytes.
    var size: Int { pathRest.utf8.count + query.utf8.count + body.count }

    /// With only as many headers as fit beside the rest; signatures are short and come with any of them.
    func shortened(to bytes: Int) -> InboundCallback {
        var (kept, room) = (self, bytes - size)
        kept.headers = headers.filter { header in
            guard !["cookie", "user-agent", "accept"].contains(header.name) else { return false }
            room -= header.name.utf8.count + header.value.utf8.count
            return room >= 0
        }
        return kept
    }
}
