/// The only way in which an order becomes durable, and everybody hears of it.
///
/// Whatever commits does so here: a refused write pauses the timers, a lost epoch ends all sends, a refund, capture or
/// release takes its payment along, and timers, waiters, the exposure and observers are told of every unit.
final class Committer: EnginePart {
    let context: EngineContext
    private let progress: OrderProgress
    private let exposure: Exposure

    init(_ context: EngineContext, _ progress: OrderProgress, _ exposure: Exposure) {
        self.context = context
        self.progress = progress
        self.exposure = exposure
    }

    /// What a commit led to.
    enum Committed: Sendable {
        case done(OrderAggregate)
        /// Somebody else wrote first, or a constraint holds: read again.
        case conflict(Conflict)
        case failed(StoreFailure)
    }

    /// What one commit carries beside the order.
    struct Extras: Sendable {
        /// The idempotency key that the commit binds.
        var idempotencyRecord: IdempotencyRecord?
        /// The notification that the commit finishes.
        var inboxDone: InboxID?
        /// The list of orders under a new order's number.
        var claim: OrderClaim?
        /// The holder's code that the commit uses up.
        var consent: ChallengeUse?
        /// Other orders that change in the same commit; what follows by itself is added to them: the payment of a
        /// refund, capture or release, the transfer that it belongs to.
        var joined: [OrderAggregate] = []
        /// Whether a success that does not pay its bill shall not be committed at all.
        var mustPayBill = false
    }

    /// Makes durable what the steps on `aggregate` wrote, as one unit.
    ///
    /// Whether a success pays its bill only the store knows, in the very commit: where the bill is another payment's by then,
    /// or has come free, the same steps are committed with the other word about it.
    func commit(_ aggregate: OrderAggregate, _ extras: Extras = Extras()) async -> Committed {
        var said: BillRefusal?
        for _ in 0..<Self.tries {
            let committed = await commit(aggregate, extras, said)
            guard !extras.mustPayBill, case .conflict(.bill(let refusal)) = committed, refusal != said else {
                return committed
            }
            // Others that change in the same commit may be the payment of a bill: that of a refund.
            var own = aggregate
            guard own.correctBill(refusal) || own.order.kind.hasParent || !extras.joined.isEmpty else {
                return committed
            }
            said = refusal
        }
        return .conflict(.version)
    }

    /// One try; `said` is what the store has said about the bill of one of these orders.
    private func commit(_ aggregate: OrderAggregate, _ extras: Extras, _ said: BillRefusal?) async -> Committed {
        let now = time.now
        var change = Change(aggregate, said, at: now)
        var others = extras.joined.map { Change($0, said, at: now) }
        do throws(StoreFailure) {
            others += try await changedParents(of: (others.last ?? change).aggregate, said, at: now)
        } catch { return failed(error) }
        change.unit.idempotencyRecord = extras.idempotencyRecord
        change.unit.inboxDone = extras.inboxDone
        change.unit.claim = extras.claim
        change.unit.challenge = extras.consent
        change.unit.joined = others.map(\.unit)
        switch await store.commit([change.unit], epoch: context.epoch) {
        case .committed:
            announce(change)
            for other in others { announce(other) }
            return .done(change.aggregate)
        case .conflict(_, let conflict):
            if conflict == .staleEpoch { loseEpoch() }
            return .conflict(conflict)
        case .failed(let failure): return failed(failure)
        }
    }

    /// Reads an order, changes it, commits; reads again and repeats when somebody else wrote first.
    ///
    /// - Parameters:
    ///   - id: The order.
    ///   - first: The aggregate to begin with, if it is at hand.
    ///   - inboxDone: The notification that the change finishes.
    ///   - onLimit: Hears of a daily limit that keeps the change away.
    ///   - onBill: Hears that the order's bill is another payment's, or gone.
    ///   - body: A pure step. Returns `false` to leave everything as it is.
    /// - Returns: The committed aggregate, or the unchanged one; `nil` if there is no such order.
    /// - Throws: ``StoreFailure`` if nothing could be read or written.
    func mutate(
        _ id: OrderID, first: OrderAggregate? = nil, inboxDone: InboxID? = nil,
        onLimit: (LedgerRefusal) -> Void = { _ in }, onBill: (BillRefusal) -> Void = { _ in },
        _ body: (inout OrderAggregate) -> Bool
    ) async throws(StoreFailure) -> OrderAggregate? {
        var known = first
        var isProofRefused = false
        var isWalletClosed = false
        for _ in 0..<Self.tries {
            let stored: OrderAggregate
            if let known {
                stored = known
            } else {
                guard let read = try await store.orderAggregate(id) else { return nil }
                stored = read
            }
            var aggregate = stored
            if isProofRefused { aggregate.refuseProof() }
            if isWalletClosed { aggregate.leaveUnclaimed(at: time.now) }
            guard body(&aggregate) else { return stored }
            switch await commit(aggregate, Extras(inboxDone: inboxDone)) {
            case .done(let committed): return committed
            case .failed(let failure): throw failure
            case .conflict(let conflict):
                known = nil
                if case .bill(let refusal) = conflict {
                    onBill(refusal)
                    return stored
                }
                if case .ledger(let refusal) = conflict {
                    if refusal.account.isDailyLimit {
                        onLimit(refusal)
                        return stored
                    }
                    // Money that was moved is booked, whatever became of its wallet; anything else needs people.
                    guard refusal.reason == .closed, !isWalletClosed else {
                        alarm(.ledgerRefused, order: id, "\(refusal.account): \(refusal.reason.rawValue)")
                        throw StoreFailure(.other, "the ledger refused it: \(refusal.reason.rawValue)")
                    }
                    isWalletClosed = true
                }
                guard conflict == .constraint(.proof) else { continue }
                isProofRefused = true
                alarm(.repeatedReference, order: id, "an operator's reference came again")
            }
        }
        throw StoreFailure(.busy, "the payment changes too often")
    }

    /// Changes an order, decides what follows, commits.
    ///
    /// A store that fails leaves it to the timer.
    @discardableResult
    func update(
        _ aggregate: OrderAggregate, inboxDone: InboxID? = nil, _ body: (inout OrderAggregate) -> Void = { _ in }
    ) async -> OrderAggregate? {
        let now = time.now
        do {
            return try await mutate(aggregate.order.id, first: aggregate, inboxDone: inboxDone) { aggregate in
                body(&aggregate)
                progress.conclude(&aggregate, at: now)
                return aggregate.isDirty || inboxDone != nil
            }
        } catch {
            alarm(.notStored, order: aggregate.order.id, "\(error)")
            return nil
        }
    }

    /// Decides what follows from an order's records and sets its timer, for the next commit.
    func conclude(_ aggregate: inout OrderAggregate, at now: Moment) { progress.conclude(&aggregate, at: now) }

    /// Sets an order's timer, for the next commit.
    func setTimer(_ aggregate: inout OrderAggregate, at now: Moment) {
        aggregate.schedule(at: now, facts: scheduleFacts(aggregate.operation))
    }

    /// What the timer has to know of the provider of an attempt.
    func scheduleFacts(_ operation: MoneyOperation) -> (Attempt) -> OrderAggregate.ScheduleFacts? {
        progress.scheduleFacts(operation)
    }

    /// How often a change is tried again while others are quicker.
    static let tries = 50

    /// What the payment of a refund, capture or release has to remember of it, and what a transfer has to remember of its
    /// orders; nothing if they know already.
    private func changedParents(
        of child: OrderAggregate, _ said: BillRefusal?, at now: Moment
    ) async throws(StoreFailure) -> [Change] {
        var changes: [Change] = []
        var child = child
        while let id = child.order.parent, var parent = try await store.orderAggregate(id) {
            var isNews = parent.attach(FollowUp(child))
            if parent.order.kind == .transfer {
                for refund in child.order.followUps where refund.kind == .refund {
                    if parent.attach(refund) { isNews = true }
                }
                if child.order.outcome == .failed { parent.remember(child.order.failure) }
            }
            guard isNews else { break }
            if parent.order.kind == .transfer {
                progress.conclude(&parent, at: now)
            } else {
                setTimer(&parent, at: now)
            }
            let change = Change(parent, said, at: now)
            changes.append(change)
            child = change.aggregate
        }
        return changes
    }

    /// Nothing could be written: timers pause, and people are told.
    private func failed(_ failure: StoreFailure) -> Committed {
        context.storePause.begin(at: time.now)
        record(.storeFailed(failure))
        return .failed(failure)
    }

    /// Another process has taken over: never send again.
    private func loseEpoch() {
        gatekeeper.stopSending()
        alarm(.epochLost, "another router took over this store")
    }

    /// An order as it will be after a commit, and what the commit writes of it.
    private struct Change: Sendable {
        var aggregate: OrderAggregate
        var unit: UnitOfWork
        /// The status as last committed; `nil` for a new order.
        let previous: OrderStatus?
        let isParked: Bool

        init(_ aggregate: OrderAggregate, _ said: BillRefusal?, at now: Moment) {
            self.aggregate = aggregate
            if let said { _ = self.aggregate.correctBill(said) }
            previous = aggregate.storedStatus
            isParked = aggregate.pending.isParked
            unit = self.aggregate.takeUnitOfWork(at: now)
        }
    }

    /// Tells waiters, timers and observers of a committed unit.
    private func announce(_ change: Change) {
        let (order, unit) = (change.aggregate.order, change.unit)
        if let due = order.due { signals.poke(due.queue.text, due: due.at) }
        record(.committed(order, created: change.previous == nil, previous: change.previous))
        for discrepancy in unit.discrepancies { record(.discrepancy(discrepancy)) }
        if change.isParked {
            alarm(.transferParked, order: order.id, "the sender's money can be neither paid out nor given back")
        }
        for attempt in unit.attempts where unit.added.contains(attempt.id) || unit.changed.contains(attempt.id) {
            exposure.keep(attempt)
            guard let last = attempt.history.last else { continue }
            record(
                .stateChanged(
                    order: order.id, attempt: attempt.id, provider: attempt.provider, state: last.state,
                    cause: last.cause))
        }
        hub.committed(change.aggregate)
    }
}
