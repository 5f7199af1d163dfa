import Router

extension TestStore.State {
    /// The invariants of docs/money-safety.md, 15 that one commit can show.
    mutating func watch(_ unit: UnitOfWork, before aggregate: OrderAggregate?) {
        let (before, old) = (aggregate?.order, aggregate?.attempts ?? [])
        let attempts = old.map { known in unit.changedAttempts.first { $0.id == known.id } ?? known } + unit.newAttempts
        func demand(_ holds: Bool, _ what: String) { if !holds { violations.append(what) } }
        let order = unit.order
        demand(unit.attempts == attempts, "a unit leaves an attempt out")
        for attempt in attempts {
            demand(attempt.amount == order.amount, "I-12 amounts differ")
            let previous = old.first { $0.id == attempt.id }
            if let previous, previous.state.isFinal {
                demand(previous.state == attempt.state, "I-17 left \(previous.state)")
            }
            for (from, to) in zip(attempt.history, attempt.history.dropFirst()) {
                let isEdge = AttemptInput.allCases.contains {
                    AttemptMachine.verdict(from.state, $0) == .move(to.state)
                }
                demand(isEdge, "I-17 \(from.state) to \(to.state)")
            }
            if attempt.state == .sending { demand(!attempt.transmissions.isEmpty, "I-02 SENDING without transmission") }
            if attempt.transmissions.count > 1 {
                demand(attempt.request == nil || previous?.request == attempt.request, "I-07 bytes")
            }
        }
        demand(
            unit.postings.allSatisfy { $0.amount.minorUnits > 0 && $0.debit != $0.credit },
            "I-09 a posting that moves nothing")
        demand(
            unit.events.map(\.sequence) == Array((before?.eventCount ?? 0) + 1..<order.eventCount + 1),
            "I-29 sequence")
        if let before, before.status.isFinal {
            demand(before.status == order.status, "I-17 payment left \(before.status)")
        }
        let succeeded = attempts.contains { $0.state == .succeeded }
        demand(
            order.kind == .transfer || (order.outcome == .succeeded) == succeeded,
            "I-03 success without a succeeded attempt")
        if order.outcome == .open {
            demand(order.due != nil || order.review != nil, "I-33 neither timer nor review")
        } else {
            let isWithoutGoods = attempts.contains { $0.state == .succeeded && $0.goodsAwaitedUntil != nil }
            demand(
                order.due == nil || order.isAuthorized || isWithoutGoods, "I-33 a timer on a final payment")
            if order.isAuthorized, order.decision == nil {
                demand(
                    order.due != nil || order.review?.reason == .providerMissing,
                    "I-33 a hold with neither timer nor review")
            }
            demand(
                order.outcome == .succeeded || !attempts.contains { $0.state.isLive }, "I-04 closed while live"
            )
        }
    }
}
