import Router
import RouterTestKit

/// Books, holds and transfers: I-09, I-10, I-14, I-15, I-16.
extension Auditor {
    typealias Books = [String: [(reference: String, minorUnits: Int64)]]

    /// In every durable state: balances follow from postings, what is under way is set aside, nothing below its floor.
    func inspectLedger(_ snapshot: MemoryStore.Snapshot) {
        var sums: [AccountBalance.Name: Int64] = [:]
        for posting in snapshot.postings {
            for account in [posting.debit, posting.credit] {
                sums[.init(account, posting.amount.currency), default: 0] += posting.change(of: account)
            }
        }
        for balance in snapshot.balances where balance.account.kind != .limit {
            let posted = sums[balance.name, default: 0]
            if balance.posted != posted { violation("I-09: \(balance.account) has \(balance.posted), not \(posted)") }
            if let floor = balance.floor, balance.available < floor {
                violation("I-16: \(balance.account) is overdrawn by \(-balance.available)")
            }
        }
        let holds = Dictionary(grouping: snapshot.holds.filter { $0.state == .pending }, by: \.order)
        for aggregate in snapshot.aggregates {
            let order = aggregate.order
            guard let drawn = order.drawnAccount else { continue }
            let held = holds[order.id]?.first { $0.account == drawn }?.amount.minorUnits
            let wanted = order.outcome == .open ? order.amount.minorUnits + order.request.fee : nil
            if held != wanted { violation("I-16: \(order.id) holds \(held ?? 0) of \(drawn), not \(wanted ?? 0)") }
        }
    }

    /// I-14, at the moment bytes leave: no credit before the debit has succeeded, no compensation beside a live credit.
    func judgeExits(_ reference: String, _ durable: MemoryStore.Snapshot) {
        let aggregates = durable.aggregates
        guard let sent = aggregates.first(where: { $0.attempts.contains { $0.reference == reference } }) else { return }
        let transfer: OrderID?
        switch sent.order.kind {
        case .payout: transfer = sent.order.parent
        case .refund: transfer = aggregates.first { $0.order.id == sent.order.parent }?.order.parent
        default: return
        }
        guard let transfer else { return }
        let legs = aggregates.filter { $0.order.parent == transfer }
        if sent.order.kind == .payout,
            legs.contains(where: { $0.order.kind == .payment && $0.order.outcome != .succeeded })
        {
            violation("I-14: \(sent.order.id) was sent before the sender of \(transfer) had paid")
        }
        if sent.order.kind == .refund, legs.contains(where: { $0.order.kind == .payout && $0.liveAttempt != nil }) {
            violation("I-14: \(sent.order.id) was sent while the recipient of \(transfer) may be paid")
        }
    }

    /// When all is quiet: the books of operators, the ledger, and what became of every transfer.
    func judge(
        _ snapshot: MemoryStore.Snapshot, senders: [Simulation.Sender], operators: [SimulatedOperator]
    ) {
        let books = Dictionary(grouping: operators.flatMap(\.executions), by: \.reference)
        judgeFloats(snapshot, books)
        for aggregate in snapshot.aggregates where aggregate.order.kind == .transfer {
            judge(transfer: aggregate, snapshot, books)
        }
        for sender in senders {
            if !sender.isAnswered { violation("lost: \(sender.key) was never answered") }
            if sender.answers.count > 1 { violation("I-24: \(sender.key) made \(sender.answers.count) transfers") }
            for id in sender.answers where !snapshot.aggregates.contains(where: { $0.order.id == id }) {
                violation("I-23: \(id) was acknowledged and is gone")
            }
        }
    }

    /// I-10: our money at each operator is what its own books say.
    private func judgeFloats(_ snapshot: MemoryStore.Snapshot, _ books: Books) {
        var floats: [ProviderID: Int64] = [:]
        for aggregate in snapshot.aggregates {
            let isIn = [.collect, .capture].contains(aggregate.operation)
            for attempt in aggregate.attempts where attempt.wallet == nil {
                let moved = (books[attempt.reference] ?? []).reduce(0) { $0 + $1.minorUnits }
                floats[attempt.provider, default: 0] += isIn ? moved : -moved
            }
        }
        for balance in snapshot.balances where balance.account.kind == .provider {
            let id = ProviderID(String(balance.account.name.dropFirst("operator:".count)))
            let real = floats[id, default: 0]
            // A hold that an operator executed is no money of ours.
            guard
                !snapshot.aggregates.contains(where: {
                    $0.order.purpose == .authorize && $0.order.chosen?.provider == id
                })
            else { continue }
            if balance.posted != real {
                violation("I-10: \(balance.account) has \(balance.posted), its operator \(real)")
            }
        }
    }

    private func judge(transfer: OrderAggregate, _ snapshot: MemoryStore.Snapshot, _ books: Books) {
        let order = transfer.order
        guard let terms = order.request.transfer else { return violation("\(order.id) says nothing of its ends") }
        let place = "\(order.id) (\(order.status.rawValue))"
        let legs = snapshot.aggregates.filter { $0.order.parent == order.id }
        let parents = Set(legs.map(\.order.id))
        let backs = snapshot.aggregates.filter {
            $0.order.kind == .refund && $0.order.parent.map(parents.contains) == true
        }
        func moved(_ aggregates: [OrderAggregate]) -> Int64 {
            aggregates.flatMap(\.attempts).flatMap { books[$0.reference] ?? [] }.reduce(0) { $0 + $1.minorUnits }
        }
        let (debit, credit, back) = (
            moved(legs.filter { $0.order.kind == .payment }), moved(legs.filter { $0.order.kind == .payout }),
            moved(backs)
        )
        let isByHand = snapshot.postings.contains { $0.movement == order.movement && $0.kind == "adjustment" }
        let hasStrayed = (legs + backs).contains { $0.order.lateExecuted.minorUnits > 0 }
        let suspense = snapshot.balances.first { $0.account == .suspense(order.id) }?.posted ?? 0
        if order.outcome.isFinal, suspense != 0 { violation("I-15: \(suspense) in suspense of \(place)") }
        if suspense != 0, suspense != terms.debited(order).minorUnits {
            violation("I-15: \(suspense) in suspense of \(place), which is neither nothing nor all")
        }
        if order.outcome == .open { violation("I-32: \(place) did not end") }
        if terms.shape == .between {
            if credit > 0, debit == 0 { violation("I-14: the recipient of \(place) was paid by nobody") }
            if credit > 0, back > 0, !hasStrayed { violation("I-14: \(place) was paid out and given back") }
        }
        reach("transfer \(terms.shape) \(order.status.rawValue)")
        if back > 0 { reach("a transfer is given back") }
        if isByHand { reach("a parked transfer is ended by hand") }
        if hasStrayed { return reach("a transfer's operator broke its word") }
        guard !isByHand else { return }
        switch order.outcome {
        case .succeeded:
            if terms.from.channel != nil, debit != terms.debited(order).minorUnits {
                violation("\(place) took \(debit) of \(terms.debited(order))")
            }
            if terms.to.channel != nil, credit != terms.credited(order).minorUnits {
                violation("\(place) paid \(credit) of \(terms.credited(order))")
            }
            if back > 0 { violation("\(place) gave \(back) back") }
        case .failed, .cancelled:
            if credit > 0 { violation("\(place) paid \(credit) all the same") }
            if debit != back { violation("\(place) took \(debit) and gave \(back) back") }
        case .open: break
        }
    }
}
