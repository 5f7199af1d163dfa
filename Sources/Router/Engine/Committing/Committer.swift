/// The only way in which an order becomes durable, and everybody hears of it.
///
/// Whatever commits does so here: a refused write pauses the timers, a lost epoch ends all sends, a refund, capture or
/// release takes its payment along, and timers, waiters, the exposure and observers are told of every unit.
final class Committer: EnginePart {
    let context: EngineContext
    private let progress: OrderProgress
    private let exposure: Exposure
    private let events: EventFactory

    init(_ context: EngineContext, _ progress: OrderProgress, _ exposure: Exposure) {
        self.context = context
        self.progress = progress
        self.exposure = exposure
        events = EventFactory(context)
    }

    /// What a commit led to.
    enum Committed: Sendable {
        case done(OrderFile)
        /// Somebody else wrote first, or a constraint holds: read again.
        case conflict(Conflict)
        case failed(StoreFailure)
    }

    /// What one commit carries beside the order.
    struct Extras: Sendable {
        /// The idempotency key that the commit binds.
        var binding: Binding?
        /// The notification that the commit settles.
        var inboxDone: InboxID?
        /// The list of orders under a new order's number.
        var claim: OrderClaim?
        /// Another order that changes in the same commit; `nil` for what follows by itself: the payment of a refund,
        /// capture or release.
        var joined: OrderFile?
    }

    /// Makes durable what the steps on `file` wrote, as one unit.
    func commit(_ file: OrderFile, _ extras: Extras = Extras()) async -> Committed {
        let now = time.now
        var change = Change(file, events, at: now)
        let joined: OrderFile?
        do throws(StoreFailure) {
            joined = if let given = extras.joined { given } else { try await changedPayment(of: change.file, at: now) }
        } catch { return failed(error) }
        change.unit.binding = extras.binding
        change.unit.inboxDone = extras.inboxDone
        change.unit.claim = extras.claim
        let other = joined.map { Change($0, events, at: now) }
        if let other { change.unit.joined = [other.unit] }
        switch await store.commit([change.unit], epoch: context.epoch) {
        case .committed:
            announce(change)
            if let other { announce(other) }
            return .done(change.file)
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
    ///   - first: The file to begin with, if it is at hand.
    ///   - inboxDone: The notification that the change settles.
    ///   - body: A pure step. Returns `false` to leave everything as it is.
    /// - Returns: The committed file, or the unchanged one; `nil` if there is no such order.
    /// - Throws: ``StoreFailure`` if nothing could be read or written.
    func mutate(
        _ id: OrderID, first: OrderFile? = nil, inboxDone: InboxID? = nil, _ body: (inout OrderFile) -> Bool
    ) async throws(StoreFailure) -> OrderFile? {
        var known = first
        var isSettlementRefused = false
        for _ in 0..<Self.tries {
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
            switch await commit(file, Extras(inboxDone: inboxDone)) {
            case .done(let committed): return committed
            case .failed(let failure): throw failure
            case .conflict(let conflict):
                known = nil
                guard conflict == .constraint(.settlement) else { continue }
                isSettlementRefused = true
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
        _ file: OrderFile, inboxDone: InboxID? = nil, _ body: (inout OrderFile) -> Void = { _ in }
    ) async -> OrderFile? {
        let now = time.now
        do {
            return try await mutate(file.order.id, first: file, inboxDone: inboxDone) { file in
                body(&file)
                progress.conclude(&file, at: now)
                return file.isDirty || inboxDone != nil
            }
        } catch {
            alarm(.notStored, order: file.order.id, "\(error)")
            return nil
        }
    }

    /// Decides what follows from an order's records and sets its timer, for the next commit.
    func conclude(_ file: inout OrderFile, at now: Moment) { progress.conclude(&file, at: now) }

    /// Sets an order's timer, for the next commit.
    func setTimer(_ file: inout OrderFile, at now: Moment) {
        file.schedule(at: now, facts: scheduleFacts(file.operation))
    }

    /// What the timer has to know of the provider of an attempt.
    func scheduleFacts(_ operation: MoneyOperation) -> (Attempt) -> OrderFile.ScheduleFacts? {
        progress.scheduleFacts(operation)
    }

    /// How often a change is tried again while others are quicker.
    static let tries = 50

    /// What a payment has to remember of a changed refund, capture or void; `nil` if it knows already.
    private func changedPayment(of file: OrderFile, at now: Moment) async throws(StoreFailure) -> OrderFile? {
        guard let id = file.order.parent, var payment = try await store.orderFile(id), payment.take(FollowUp(file))
        else { return nil }
        setTimer(&payment, at: now)
        return payment
    }

    /// Nothing could be written: timers pause, and people are told.
    private func failed(_ failure: StoreFailure) -> Committed {
        context.storePause.begin(at: time.now)
        note(.storeFailed(failure))
        return .failed(failure)
    }

    /// Another process has taken over: never send again.
    private func loseEpoch() {
        gatekeeper.stopSending()
        alarm(.epochLost, "another router took over this store")
    }

    /// An order as it will be after a commit, and what the commit writes of it.
    private struct Change: Sendable {
        var file: OrderFile
        var unit: UnitOfWork
        /// The status on file before; `nil` for a new order.
        let previous: OrderStatus?

        init(_ file: OrderFile, _ events: EventFactory, at now: Moment) {
            self.file = file
            previous = file.storedStatus
            unit = self.file.takeUnit(events.scribe, at: now)
        }
    }

    /// Tells waiters, timers and observers of a committed unit.
    private func announce(_ change: Change) {
        let (order, unit) = (change.file.order, change.unit)
        if let due = order.due { signals.poke(due.lane.text, due: due.at) }
        note(.committed(order, created: change.previous == nil, previous: change.previous))
        for discrepancy in unit.discrepancies { note(.discrepancy(discrepancy)) }
        for attempt in unit.newAttempts + unit.changedAttempts {
            exposure.keep(attempt)
            guard let last = attempt.history.last else { continue }
            note(
                .stateChanged(
                    order: order.id, attempt: attempt.id, provider: attempt.provider, state: last.state,
                    cause: last.cause))
        }
        hub.committed(change.file)
    }
}
