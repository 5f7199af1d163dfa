import Crypto

/// Hearing operators (W8, W9).
extension Engine {
    /// What the operator is answered.
    package struct CallbackReply: Sendable {
        package var status: Int
        package var acknowledgement: CallbackAcknowledgement?

        package init(status: Int, acknowledgement: CallbackAcknowledgement? = nil) {
            self.status = status
            self.acknowledgement = acknowledgement
        }
    }

    /// Verifies, stores, then acknowledges a notification; applies it afterwards.
    package func receive(_ callback: InboundCallback, for id: ProviderID) async -> CallbackReply {
        guard let runtime = providers[id], let provider = runtime.provider as? any ReceivingCallbacks else {
            return CallbackReply(status: 404)
        }
        let now = time.now
        switch provider.receive(callback, now: now) {
        case .refused(let refusal):
            observer.note(.callback(provider: id, verdict: refusal.rawValue))
            return CallbackReply(status: refusal == .malformed ? 400 : 401)
        case .ignored(let key):
            observer.note(.callback(provider: id, verdict: "ignored"))
            return await keep(callback, id, key: key, state: .applied, at: now).0 ?? CallbackReply(status: 200)
        case .notice(let notice):
            observer.note(.callback(provider: id, verdict: notice.kind.rawValue))
            let state = InboxMessage.State.open(retryAt: now.adding(seconds: 2))
            let (refusal, fresh) = await keep(callback, id, key: notice.dedupKey, state: state, at: now)
            if let refusal { return refusal }
            applyLater(fresh)
            return CallbackReply(status: 200)
        case .about(let fact):
            observer.note(.callback(provider: id, verdict: fact.isAuthentic ? "signed" : "hint"))
            let state = InboxMessage.State.open(retryAt: now.adding(seconds: 2))
            let (refusal, fresh) = await keep(callback, id, key: fact.dedupKey, state: state, at: now)
            if let refusal { return refusal }
            applyLater(fresh)
            return CallbackReply(status: 200, acknowledgement: fact.acknowledgement)
        }
    }

    private func applyLater(_ message: InboxMessage?) {
        guard let message else { return }
        gatekeeper.begin()
        spawner.spawn {
            await self.apply(message)
            self.gatekeeper.end()
        }
    }

    /// Stores a notification once (W8).
    ///
    /// - Returns: An answer if it could not be stored; the message if it was new.
    private func keep(
        _ callback: InboundCallback, _ id: ProviderID, key: String?, state: InboxMessage.State, at now: Moment
    ) async -> (CallbackReply?, InboxMessage?) {
        let message = InboxMessage(
            id: InboxID(at: now, from: random), provider: id, dedupKey: key ?? callback.digest, callback: callback,
            receivedAt: now, state: state)
        do throws(StoreFailure) {
            return (nil, try await store.receive(message) ? message : nil)
        } catch {
            observer.note(.storeFailed(error))
            return (CallbackReply(status: 503), nil)
        }
    }

    /// Applies a stored notification, or puts it off while nothing matches it.
    func apply(_ message: InboxMessage) async {
        do throws(StoreFailure) {
            guard let runtime = providers[message.provider],
                let provider = runtime.provider as? any ReceivingCallbacks
            else { return try await store.settle(message.id, .orphaned) }
            switch provider.receive(message.callback, now: message.receivedAt) {
            case .refused, .ignored: return try await store.settle(message.id, .orphaned)
            case .notice(let notice):
                guard let file = try await file(notice.about, runtime.id) else { return try await putOff(message) }
                await take(notice, message, file)
            case .about(let fact):
                guard let file = try await file(fact.about, runtime.id) else { return try await putOff(message) }
                await join(fact, message, file, runtime)
            }
        } catch {
            observer.note(.storeFailed(error))
        }
    }

    private func file(_ subject: CallbackSubject, _ provider: ProviderID) async throws(StoreFailure) -> OrderFile? {
        let id =
            switch subject {
            case .reference(let text): try await store.order(provider: provider, reference: text)
            case .operatorReference(let text): try await store.order(provider: provider, operatorReference: text)
            }
        guard let id else { return nil }
        return try await store.orderFile(id)
    }

    /// Records a notice with its payment, whichever of the payment's orders it was found by.
    private func take(_ notice: OperatorNotice, _ message: InboxMessage, _ file: OrderFile) async {
        let now = time.now
        let record = Notice(
            kind: notice.kind, operatorReference: notice.operatorReference, amount: notice.amount,
            reason: notice.reason, at: now)
        observer.note(.alarm(notice.kind.rawValue, order: file.order.id, detail: message.provider.text))
        do throws(StoreFailure) {
            _ = try await mutate(file.order.parent ?? file.order.id, inboxDone: message.id) { file in
                file.note(record)
                file.change { _ in }
                return true
            }
        } catch {
            observer.note(.storeFailed(error))
        }
    }

    /// A notification may be faster than the commit that makes its reference known.
    private func putOff(_ message: InboxMessage) async throws(StoreFailure) {
        let age = time.now.milliseconds(since: message.receivedAt)
        guard age < settings.orphanSeconds * 1_000 else {
            observer.note(.alarm("orphan_callback", order: nil, detail: message.provider.text))
            return try await store.settle(message.id, .orphaned)
        }
        let retry = time.now.adding(milliseconds: max(1_000, min(600_000, age)))
        try await store.settle(message.id, .open(retryAt: retry))
        signals.poke(Self.inboxLane, due: retry)
    }

    private func join(
        _ fact: CallbackFact, _ message: InboxMessage, _ file: OrderFile, _ runtime: ProviderRuntime
    ) async {
        let now = time.now
        let joined = await settle(file, inboxDone: message.id) { file in
            guard let attempt = file.attempts.last(where: { $0.provider == runtime.id && $0.matches(fact.about) })
            else {
                return
            }
            let contract = runtime.contract(for: file.operation)
            let isPayers = fact.isFrom(file.order.customer.phone)
            let claim =
                isPayers
                ? Classifier.claim(fact, contract: contract, attempt: attempt) : .unclear("states another payer")
            var evidence = Evidence(
                attempt: attempt.id, source: .callback, strength: fact.isAuthentic && isPayers ? .strong : .weak,
                claim: claim.name, detail: claim.detail, raw: RawEvidence.kept(message.callback.body), at: now)
            evidence.state(claim.statement)
            file.observe(claim, evidence, contract: contract, settlement: runtime.settlement(for: file.operation), at: now)
            // Money may have moved, but not as asked, and nobody can be asked about it: a person has to look.
            if fact.isAuthentic, !isPayers, contract.check == .none, !attempt.state.isFinal {
                file.openReview(.outcomeUnknown, at: now)
            }
        }
        guard let joined, !fact.isAuthentic else { return driveOn(joined) }
        await hint(joined, fact, runtime, at: now)
    }

    /// An unsigned notification proves nothing; it only makes us ask at once, within the operator's rate.
    private func hint(_ file: OrderFile, _ fact: CallbackFact, _ runtime: ProviderRuntime, at now: Moment) async {
        guard let attempt = file.attempts.last(where: { $0.provider == runtime.id && $0.matches(fact.about) }),
            runtime.contract(for: file.operation).check != .none
        else { return }
        switch attempt.state {
        case .pending, .unknown:
            let due = Due(at: now, lane: .provider(runtime.id))
            _ = try? await mutate(file.order.id, first: file) { file in
                guard file.attempt(attempt.id)?.state == attempt.state else { return false }
                file.change { $0.due = due }
                return true
            }
        case .rejected, .notExecuted, .notSent, .withdrawn, .voided:
            // A final record can only be contradicted; look, so that a late success is not missed.
            guard runtime.checksAvailable(at: now) > 0, claims.claim(file.order.id) else { return }
            runtime.takeChecks(1)
            work(claimed: file.order.id) { await self.check(file, attempt) }
        case .prepared, .sending, .succeeded, .conflict: break
        }
    }

    /// A signed refusal may leave the movement open for another provider.
    func driveOn(_ file: OrderFile?) {
        guard let file, file.order.movement.state == .open, file.liveAttempt == nil,
            claims.claim(file.order.id)
        else { return }
        work(claimed: file.order.id) { await self.drive(file) }
    }

    static let inboxLane = "inbox"

    /// Applies messages that were put off, or left over from before a restart, until the task is cancelled.
    func runInbox() async {
        while !Task.isCancelled {
            let now = time.now
            var count = 0
            do throws(StoreFailure) {
                let messages = try await store.inbox(before: now.adding(milliseconds: 1), limit: 64)
                count = messages.count
                for message in messages { await apply(message) }
            } catch {
                observer.note(.storeFailed(error))
            }
            await signals.sleep(Self.inboxLane, until: now.adding(seconds: count == 64 ? 0 : 2))
        }
    }
}

extension CallbackFact {
    /// Whether the payer it states is the one of that phone; so is one that is not stated, or not fixed by the order.
    func isFrom(_ phone: MSISDN?) -> Bool {
        guard let payer, let phone else { return true }
        return (try? MSISDN(parsing: payer, defaultCountry: phone.countryCode)) == phone
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
}
