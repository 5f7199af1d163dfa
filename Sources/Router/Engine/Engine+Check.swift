/// Asking operators what became of an attempt (W7), and the timers that make it happen.
extension Engine {
    /// Does what is due for a payment.
    ///
    /// The caller holds the claim.
    func wake(_ id: OrderID, force: Bool) async {
        guard let file = await reread(id) else { return }
        let now = time.now
        guard let due = file.order.due, force || due.at <= now else { return }
        guard let live = file.liveAttempt else { return await drive(file) }
        switch live.state {
        case .prepared:
            let withdrawn = await settle(file) { file in
                file.withdraw(live.id, cause: "left over from before a restart", at: now)
            }
            if let withdrawn { await drive(withdrawn) }
        case .sending:
            guard !unsent.take(live.id) else {
                let over = await settle(file) { $0.neverSent(live.id, at: now) }
                if let over { await drive(over) }
                return
            }
            // Nobody in this process works on it: whoever sent it is gone, or could not store the answer.
            await settle(file) { $0.ownerLost(at: now) }
        case .pending, .unknown:
            // The claim is ours, so a transmission that is still open is one whose process is gone.
            var known: OrderFile? = file
            if live.hasOpenTransmission { known = await settle(file) { $0.ownerLost(at: now) } }
            guard let file = known else { return }
            guard case .provider = due.lane else {
                await letTimePass(file, live, at: now)
                return
            }
            if file.wantsWithdrawal(at: now), canWithdraw(live, file.operation) {
                await withdraw(file, live)
            } else {
                await check(file, live)
            }
        case .succeeded:
            if file.holdDuty(at: now) != nil { return await settleHold(file) }
            // A hold that should be over: the operator tells whether it is.
            if file.order.isAuthorized { await check(file, live) }
        case .conflict, .withdrawn, .notSent, .rejected, .notExecuted, .voided: break
        }
    }

    /// What time alone brings an attempt that nobody is asked about: people look at it, or its refusal stands.
    private func letTimePass(_ file: OrderFile, _ live: Attempt, at now: Moment) async {
        let contract = providers[live.provider]?.contract(for: file.operation)
        if let contract, live.standingRefusal(contract, at: now) != nil {
            // What the operator has told already, and a process that died left unread, was said first.
            let told = (try? await store.inbox(before: now.adding(milliseconds: 1), limit: 64)) ?? []
            for message in told where message.provider == live.provider { await apply(message) }
        }
        let settled = await settle(file) { file in
            if let contract { file.letRefusalStand(live.id, contract: contract, at: now) }
        }
        if let settled, settled.liveAttempt == nil, settled.order.outcome == .open { await drive(settled) }
    }

    /// Asks the operator about an attempt, joins the answer, and goes on: resend where allowed, next attempt where the
    /// movement stays open.
    ///
    /// The caller holds the claim.
    ///
    /// - Returns: The payment as committed.
    @discardableResult
    func check(_ file: OrderFile, _ attempt: Attempt) async -> OrderFile? {
        guard let runtime = self.runtime(of: attempt, file.operation), let provider = runtime.provider as? any Checking
        else {
            return await settle(file) { _ in }
        }
        let order = moneyOrder(file, attempt, runtime)
        let asked = time.now
        let wire = wire(runtime, file.order.id, "check")
        runtime.beginCheck()
        let finding = await provider.check(order, asking: wire)
        runtime.endCheck()
        // Nobody was asked: the same step of the ladder comes again.
        guard finding.isAnswer || !wire.witness.hasFoundNone else { return await settle(file) { _ in } }
        if runtime.loggingIn == nil, finding.isAnswer { runtime.credentialsProved(askedAt: asked) }
        let now = time.now
        let contract = runtime.contract(for: file.operation)
        let isSame = likeness(of: runtime, to: attempt.scope, file.operation) == .same
        let checked = await settle(file) { file in
            guard let present = file.attempt(attempt.id) else { return }
            var claim = Classifier.claim(finding, contract: contract, attempt: present)
            // An account that may be another one knows nothing of ours.
            if claim == .absent, !isSame { claim = .unclear("not found, but the account may be another one") }
            var evidence = Evidence(
                attempt: attempt.id, source: .check, strength: .strong, claim: claim.name, detail: claim.detail, at: now
            )
            evidence.state(claim.statement)
            file.countCheck(attempt.id)
            if finding.showsArrival { file.arrived(attempt.id) }
            file.observe(
                claim, evidence, contract: contract, settlement: runtime.settlement(for: file.operation), at: now)
        }
        guard let checked else { return nil }
        guard let present = checked.attempt(attempt.id), present.state == .unknown else {
            if checked.liveAttempt == nil, checked.order.outcome == .open { await drive(checked) }
            return checked
        }
        return await resend(checked, present, runtime) ?? checked
    }

    /// Drains the timers of one lane until the task is cancelled.
    func runLane(_ lane: Lane) async {
        while !Task.isCancelled {
            let now = time.now
            guard now >= storePause.until else {
                await time.sleep(until: storePause.until)
                continue
            }
            let budget = budget(lane, at: now)
            guard budget > 0 else {
                await time.sleep(until: nextBudget(lane, after: now))
                continue
            }
            let due: [OrderID]
            let next: Moment?
            do throws(StoreFailure) {
                due = try await store.due(lane, before: now.adding(milliseconds: 1), limit: budget)
                next = due.isEmpty ? try await store.nextDue(lane) : nil
            } catch {
                observer.note(.storeFailed(error))
                await time.sleep(until: now.adding(seconds: 1))
                continue
            }
            let fresh = due.filter { claims.claim($0) }
            spend(fresh.count, on: lane)
            for id in fresh { work(claimed: id) { await self.wake(id, force: false) } }
            if due.isEmpty {
                await signals.sleep(lane.text, until: next ?? now.adding(seconds: 60))
            } else {
                // What is claimed is being worked on; let it get somewhere before looking again.
                await time.sleep(until: now.adding(milliseconds: fresh.isEmpty ? 100 : 20))
            }
        }
    }

    private func budget(_ lane: Lane, at now: Moment) -> Int {
        switch lane {
        case .engine: 128
        // The lane of a provider that is gone is drained: each of its orders goes to people.
        case .provider(let id): min(128, providers[id]?.checksAvailable(at: now) ?? 128)
        }
    }

    private func spend(_ count: Int, on lane: Lane) {
        if case .provider(let id) = lane { providers[id]?.takeChecks(count) }
    }

    private func nextBudget(_ lane: Lane, after now: Moment) -> Moment {
        guard case .provider(let id) = lane, let runtime = providers[id] else { return now.adding(seconds: 1) }
        return runtime.nextCheck(after: now)
    }
}

extension Finding {
    /// Whether the operator answered the question; only whoever it knows is answered.
    fileprivate var isAnswer: Bool {
        if case .couldNotAnswer = self { false } else { true }
    }
}

extension OrderFile {
    /// Counts a check, which moves the attempt up its ladder.
    mutating func countCheck(_ id: AttemptID) { _ = change(id) { $0.checks += 1 } }
}
