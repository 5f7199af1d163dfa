/// Committing: the only way anything becomes true.
extension Engine {
    /// What a commit of one file led to.
    enum Committed: Sendable {
        case done(OrderFile)
        /// Somebody else wrote first; read again.
        case conflict(Conflict)
        case failed(StoreFailure)
    }

    /// Commits what the steps on `file` wrote, as one unit or, with `earlier`, as several in order.
    ///
    /// A refund, capture or void whose public state changes takes its payment along.
    func commit(
        _ file: OrderFile, earlier: [UnitOfWork] = [], previous: OrderStatus?, inboxDone: InboxID? = nil,
        binding: Binding? = nil
    ) async -> Committed {
        var file = file
        let now = time.now
        var unit = file.takeUnit(scribe, at: now)
        unit.inboxDone = inboxDone
        unit.binding = binding
        let parent: Changed?
        do throws(StoreFailure) { parent = try await parentChange(of: file, at: now) } catch {
            return .failed(error)
        }
        if let parent { unit.joined = [parent.unit] }
        switch await store.commit(earlier + [unit], epoch: epoch) {
        case .committed:
            announce(file, unit, created: false, previous: previous)
            if let parent { announce(parent.file, parent.unit, created: false, previous: parent.previous) }
            return .done(file)
        case .conflict(_, let conflict):
            if conflict == .staleEpoch { loseEpoch() }
            return .conflict(conflict)
        case .failed(let failure):
            noteStore(failure)
            return .failed(failure)
        }
    }

    /// Nothing could be written: timers pause, and people are told.
    func noteStore(_ failure: StoreFailure) {
        storePause.begin(at: time.now)
        observer.note(.storeFailed(failure))
    }

    /// Another order's file as it will be after a commit it takes part in.
    struct Changed: Sendable {
        let file: OrderFile
        let unit: UnitOfWork
        let previous: OrderStatus
    }

    /// What a payment has to remember of a changed refund, capture or void; `nil` if it knows already.
    private func parentChange(of file: OrderFile, at now: Moment) async throws(StoreFailure) -> Changed? {
        guard let id = file.order.parent, var parent = try await store.orderFile(id) else { return nil }
        let previous = parent.order.status
        guard parent.take(FollowUp(file)) else { return nil }
        parent.schedule(at: now, facts: scheduleFacts(parent.operation))
        let unit = parent.takeUnit(scribe, at: now)
        return Changed(file: parent, unit: unit, previous: previous)
    }

    /// The constraint behind one attempt per operator's reference.
    static let settledReference = "attempts.settled_as"

    /// Tells waiters, timers and observers of a committed unit.
    func announce(_ file: OrderFile, _ unit: UnitOfWork, created: Bool, previous: OrderStatus?) {
        if let due = file.order.due { signals.poke(due.lane.text, due: due.at) }
        observer.note(.committed(file.order, created: created, previous: previous))
        for discrepancy in unit.discrepancies { observer.note(.discrepancy(discrepancy)) }
        for attempt in unit.newAttempts + unit.changedAttempts {
            exposure.keep(attempt)
            guard let last = attempt.history.last else { continue }
            observer.note(
                .stateChanged(
                    order: file.order.id, attempt: attempt.id, provider: attempt.provider, state: last.state,
                    cause: last.cause))
        }
        hub.committed(file)
    }

    /// Reads a payment, changes it, commits; reads again and repeats when somebody else wrote first.
    ///
    /// - Parameters:
    ///   - id: The payment.
    ///   - first: The file to begin with, if it is at hand.
    ///   - inboxDone: The notification that the change settles.
    ///   - body: A pure step. Returns `false` to leave everything as it is.
    /// - Returns: The committed file, or the unchanged one; `nil` if there is no such payment.
    /// - Throws: ``StoreFailure`` if nothing could be read or written.
    func mutate(
        _ id: OrderID, first: OrderFile? = nil, inboxDone: InboxID? = nil,
        _ body: (inout OrderFile) -> Bool
    ) async throws(StoreFailure) -> OrderFile? {
        var known = first
        var isSettlementRefused = false
        for _ in 0..<50 {
            let stored: OrderFile
            if let known {
                stored = known
            } else {
                guard let read = try await store.orderFile(id) else { return nil }
                stored = read
            }
            var file = stored
            if isSettlementRefused { file.refuseSettlement() }
            guard body(&file) else { return stored }
            switch await commit(file, previous: stored.order.status, inboxDone: inboxDone) {
            case .done(let committed): return committed
            case .failed(let failure): throw failure
            case .conflict(let conflict):
                known = nil
                guard conflict == .constraint(Self.settledReference) else { continue }
                isSettlementRefused = true
                observer.note(.alarm("repeated_reference", order: id, detail: "an operator's reference came again"))
            }
        }
        throw StoreFailure(.busy, "the payment changes too often")
    }

    /// Decides what follows from the present records, closes what is over and sets the timer.
    ///
    /// Pure but for jitter.
    func conclude(_ file: inout OrderFile, at now: Moment) -> NextMove {
        if file.order.isAuthorized, file.order.heldUntil == nil, let paid = file.collection,
            let facts = self.runtime(of: paid, file.operation)?.manifest.authorization
        {
            file.change { $0.heldUntil = now.adding(seconds: facts.lifetimeSeconds) }
        }
        let move = nextMove(file, at: now)
        switch move {
        case .close(let end, let failure):
            if end == .failed, let page = pageToAskForChannel(file, at: now) {
                file.awaitChoice(.redirect(url: page))
            } else {
                file.close(end, failure)
            }
            file.schedule(at: now, facts: scheduleFacts(file.operation))
        case .chooseAgain:
            if let page = pages.url(file.order, settings.publicURL) {
                file.chooseAgain(.redirect(url: page))
            } else {
                file.close(.failed, file.attempts.last?.refusal.map(OrderFailure.init))
            }
            file.schedule(at: now, facts: scheduleFacts(file.operation))
        case .lookAgain(let moment): file.schedule(at: now, lookAgain: moment, facts: scheduleFacts(file.operation))
        // The task that holds the claim goes on at once; the timer is for the case that it dies.
        case .start:
            file.schedule(
                at: now, lookAgain: now.adding(seconds: file.waitsForWallet ? 3 : 30),
                facts: scheduleFacts(file.operation))
        case .wait, .nothing: file.schedule(at: now, facts: scheduleFacts(file.operation))
        }
        return move
    }

    /// ``OrderFile/nextMove(at:mayStart:)`` with this engine's facts.
    func nextMove(_ file: OrderFile, at now: Moment) -> NextMove {
        file.nextMove(at: now) { provider in
            let runtime = providers[provider]
            let facts = AttemptRules.StartFacts(
                outcome: file.order.outcome, attempts: file.attempts,
                cancelRequested: file.order.cancelRequestedAt != nil, deadline: file.order.deadline,
                maximumAttempts: routing.maximumAttempts, failoverReasons: routing.failoverReasons,
                providerAdmits: runtime.map { admits(file, $0, at: now) } ?? false, holdsEpoch: gatekeeper.maySend)
            return AttemptRules.mayStart(facts, at: provider, now: now)
        }
    }

    private func admits(_ file: OrderFile, _ runtime: ProviderRuntime, at now: Moment) -> Bool {
        if runtime.isRetired, !file.order.kind.hasParent { return false }
        guard isAtItsOperator(file, runtime) else { return false }
        return runtime.admits(file.operation, at: now) && isWithinExposure(file.order.amount, at: runtime)
    }

    /// Whether a send would stay within the provider's exposure limit; reaching it is an alarm.
    func isWithinExposure(_ amount: Money, at runtime: ProviderRuntime) -> Bool {
        exposure.admits(amount, at: runtime) {
            observer.note(
                .alarm(
                    "exposure_limit", order: nil,
                    detail: "\(runtime.id): nothing is sent until money in doubt is settled"))
        }
    }

    /// Another process has taken over: never send again.
    func loseEpoch() {
        gatekeeper.stopSending()
        observer.note(.alarm("epoch_lost", order: nil, detail: "another router took over this store"))
    }

    var scribe: OrderFile.Scribe {
        let (random, view) = (random, view)
        return OrderFile.Scribe(
            eventID: { EventID(at: $0, from: random) },
            eventBody: { type, sequence, file, now in
                EventBody.make(type: type, sequence: sequence, file: file, view: view, at: now)
            })
    }
}
