/// The goods of a bill that was paid: kept with the attempt that paid it, whichever evidence brings them.
extension OrderAggregate {
    /// What the biller handed over; `nil` until the order has succeeded and the goods are there.
    package var goods: Secret? {
        guard order.status == .succeeded else { return nil }
        return attempts.last { $0.state == .succeeded && $0.goods != nil }?.goods
    }

    /// Keeps the goods of an execution that evidence proves, or remembers until when they are asked for.
    ///
    /// The first that are usable stay: what a customer was shown does not change.
    mutating func keepGoods(
        _ statement: ReportedTransaction, _ id: AttemptID, _ verdict: AttemptVerdict?, contract: ProviderContract,
        at now: Moment
    ) {
        guard let attempt = attempt(id), attempt.goods == nil else { return }
        let hasSucceeded = verdict == .move(.succeeded)
        let isExecuted = hasSucceeded || attempt.state == .succeeded || verdict == .discrepancy(.lateSuccess)
        if isExecuted, let goods = statement.goods, Goods.areUsable(goods) {
            _ = change(id) { attempt in
                attempt.goods = goods
                attempt.goodsAwaitedUntil = nil
            }
        } else if hasSucceeded, contract.goodsWithinSeconds > 0 {
            _ = change(id) { $0.goodsAwaitedUntil = now.adding(seconds: contract.goodsWithinSeconds) }
        }
    }

    /// The paid attempt whose goods have not come.
    package var attemptWithoutGoods: Attempt? {
        guard order.outcome == .succeeded else { return nil }
        return attempts.last { $0.state == .succeeded && $0.goodsAwaitedUntil != nil }
    }

    /// When the operator is asked for missing goods next: by the ladder that begins with the execution, for a bounded time.
    func goodsDue(at now: Moment, facts: (Attempt) -> ScheduleFacts?) -> TimerEntry? {
        guard let paid = attemptWithoutGoods, let until = paid.goodsAwaitedUntil, now < until,
            let facts = facts(paid), facts.contract.check != .none
        else { return nil }
        let began = until.adding(seconds: -facts.contract.goodsWithinSeconds)
        let next = began.adding(
            milliseconds: facts.contract.checkLadder.step(at: now.milliseconds(since: began)).end)
        let wait = Int64(Double(next.milliseconds(since: now)) * 0.2 * facts.jitter)
        return TimerEntry(at: min(next.adding(milliseconds: wait), until), queue: .provider(paid.provider))
    }
}
