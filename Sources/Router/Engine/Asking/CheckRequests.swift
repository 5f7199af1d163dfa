/// Asking operators because somebody wishes it: a caller, a payer, or a command that has to end a page.
final class CheckRequests: EnginePart {
    let context: EngineContext
    private let checker: StatusChecker
    private let wishes = WishPace()

    init(_ context: EngineContext, _ checker: StatusChecker) {
        self.context = context
        self.checker = checker
    }

    /// Asks the operator now, within its rate and once in each step of its ladder, however many wish it: about the order or,
    /// where a payment itself has nothing open, about its refunds, capture and release.
    func checkNow(_ aggregate: OrderAggregate, for wisher: Engine.Wisher) async -> Engine.CheckResult {
        let isOpen = aggregate.liveAttempt.map { [.pending, .unknown].contains($0.state) } ?? false
        let open = isOpen ? [] : aggregate.order.followUps.filter { !$0.status.isFinal }
        guard !open.isEmpty else { return await checkItself(aggregate, for: wisher) }
        var next: [Moment?] = []
        for followUp in open {
            guard let child = await reread(followUp.id) else { return .unavailable }
            switch await checkItself(child, for: wisher) {
            case .checked: next.append(nil)
            case .known(_, let moment): next.append(moment)
            case let other: return other
            }
        }
        guard let known = await reread(aggregate.order.id) else { return .unavailable }
        // As soon as one of them was asked about, the answer is news.
        let soonest = next.contains(nil) ? nil : next.compactMap(\.self).min()
        return soonest.map { .known(known, next: $0) } ?? .checked(known)
    }

    private func checkItself(_ aggregate: OrderAggregate, for wisher: Engine.Wisher) async -> Engine.CheckResult {
        guard let live = aggregate.liveAttempt, [.pending, .unknown].contains(live.state),
            let runtime = providers.runtime(of: live, aggregate.operation),
            runtime.contract(for: aggregate.operation).check != .none
        else { return .checked(aggregate) }
        let ladder = runtime.contract(for: aggregate.operation).checkLadder
        guard runtime.checksAvailable(at: time.now) > 0 else { return .tooOften(runtime.nextCheck(after: time.now)) }
        let id = aggregate.order.id
        // Somebody asks or sends just now; what comes of it is told to whoever waits.
        guard locks.lock(id) else { return .checked(aggregate) }
        let next = wishes.reserve(
            live.id, began: live.createdAt, ladder: ladder, longest: wisher.longestStep, at: time.now)
        if let next {
            locks.release(id)
            return .known(aggregate, next: next)
        }
        runtime.spendChecks(1)
        let count = live.checks
        let isAsked: @Sendable (OrderAggregate) -> Bool = { ($0.attempt(live.id)?.checks ?? 0) > count }
        let asked = await hub.wait(id, until: firstAnswerEnd, isEnough: isAsked) {
            work(locked: id) { if let aggregate = await self.reread(id) { await self.checker.check(aggregate, live) } }
        }
        if let asked { return .checked(asked) }
        return await reread(id).map(Engine.CheckResult.checked) ?? .unavailable
    }

    /// Asks the operator at once to end its page, where a command wishes so, and waits a while for the end.
    ///
    /// Without the operator's rate, or with somebody else at work on the payment, the timer asks.
    func withdrawNow(_ aggregate: OrderAggregate) async -> OrderAggregate {
        let id = aggregate.order.id
        guard aggregate.wantsWithdrawal(at: time.now), let page = aggregate.openPage,
            providers.canWithdraw(page, aggregate.operation),
            let runtime = providers.runtime(of: page, aggregate.operation)
        else { return aggregate }
        let isOurs = runtime.checksAvailable(at: time.now) > 0 && locks.lock(id)
        if isOurs { runtime.spendChecks(1) }
        let count = page.withdrawals
        let isAnswered: @Sendable (OrderAggregate) -> Bool = { present in
            guard let known = present.attempt(page.id) else { return true }
            // Not dead by that answer: what the look that follows finds is waited for as well.
            return known.state != .pending || (known.withdrawals > count && known.checks > page.checks)
        }
        let answered = await hub.wait(id, until: firstAnswerEnd, isEnough: isAnswered) {
            guard isOurs else { return }
            work(locked: id) {
                guard let aggregate = await self.reread(id), let page = aggregate.openPage else { return }
                await self.checker.withdraw(aggregate, page)
            }
        }
        if let answered { return answered }
        return await reread(id) ?? aggregate
    }

    /// Waits until an order changes, but not longer than asked.
    func waitForChange(_ aggregate: OrderAggregate, milliseconds: Int64) async -> OrderAggregate {
        guard !aggregate.order.status.isFinal, milliseconds > 0 else { return aggregate }
        let (status, steps) = (aggregate.order.status, aggregate.stepCount)
        let until = time.now.adding(milliseconds: milliseconds)
        let changed = await hub.wait(aggregate.order.id, until: until) { present in
            present.order.status != status || present.stepCount != steps
        } begin: {
        }
        if let changed { return changed }
        return await reread(aggregate.order.id) ?? aggregate
    }
}

extension OrderAggregate {
    /// Counts what a caller can see happen while the status stays.
    fileprivate var stepCount: Int { attempts.reduce(order.codeRefusals) { $0 + $1.history.count } }
}

extension Engine {
    /// What asking an operator at a caller's wish led to.
    package enum CheckResult: Sendable {
        case checked(OrderAggregate)
        /// The operator was asked in this step of its ladder already: what is known, and when a wish counts again.
        case known(OrderAggregate, next: Moment)
        /// The operator's rate is used up; look again at this moment.
        case tooOften(Moment)
        case unavailable
    }

    /// Who wishes that an operator is asked.
    package enum Wisher: Sendable, Hashable {
        /// Whoever has the link of a payer's page: one question in each step of the ladder.
        case link
        /// The shop, with its key: the same, but no step counts for longer than a minute.
        case app

        /// The longest that a step of the ladder counts, in milliseconds.
        var longestStep: Int64? {
            switch self {
            case .link: nil
            case .app: 60_000
            }
        }
    }
}
