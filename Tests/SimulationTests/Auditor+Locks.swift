import Router
import RouterTestKit

/// One order number, one order (docs/money-safety.md, 12).
extension Auditor {
    /// At the moment bytes leave for a payment, no other one of its order number and amount is open, unless one of the
    /// two was asked for as a repetition of the other.
    func judgeLock(_ reference: String, _ durable: MemoryStore.Snapshot) {
        let aggregates = durable.aggregates.filter { $0.order.kind == .payment }
        guard let sent = aggregates.first(where: { $0.attempts.contains { $0.reference == reference } })?.order else {
            return
        }
        let orders = Dictionary(uniqueKeysWithValues: aggregates.map { ($0.order.id, $0.order) })
        func line(_ order: Order) -> Set<OrderID> {
            var (line, next) = (Set([order.id]), order.request.repeatOf)
            while let id = next, line.insert(id).inserted { next = orders[id]?.request.repeatOf }
            return line
        }
        let family = line(sent)
        guard let lock = sent.lock else { return }
        for aggregate in aggregates where !aggregate.order.status.isFinal && aggregate.order.lock == lock {
            guard !family.contains(aggregate.order.id), !line(aggregate.order).contains(sent.id) else { continue }
            violation("one payment: \(sent.id) was sent while \(aggregate.order.id) of its order number is open")
        }
    }

    /// By the books: of one order number and payee one payout was executed.
    ///
    /// Further ones only by naming an executed one, each once. What an operator refused and executed all the same is
    /// known as such; it kept nobody out by then.
    func judgePayouts(
        _ snapshot: MemoryStore.Snapshot, _ books: [String: [(reference: String, minorUnits: Int64)]]
    ) {
        let payouts = snapshot.aggregates.filter { $0.order.kind == .payout }
        for (lock, group) in Dictionary(grouping: payouts, by: { $0.order.lock }) where lock != nil {
            let all = group.filter { aggregate in aggregate.attempts.contains { books[$0.reference]?.isEmpty == false }
            }
            let executed = all.filter { $0.order.lateExecuted.minorUnits == 0 }
            let ids = Set(all.map(\.order.id))
            let names = executed.compactMap(\.order.request.repeatOf)
            if executed.count(where: { $0.order.request.repeatOf == nil }) > 1 {
                violation("one payout: \(ids.map(\.text).sorted()) were executed under one order number")
            }
            if Set(names).count < names.count { violation("one payout: \(names) were repeated more than once") }
            if !Set(names).isSubset(of: ids) { violation("one payout: \(names) were repeated, executed were \(ids)") }
            for _ in names { reach("payout repeated by name") }
            if executed.count < group.count, !executed.isEmpty, group.count > 1 { reach("payout after a dead one") }
        }
        for aggregate in snapshot.aggregates
        where aggregate.order.kind == .payment && aggregate.order.request.repeatOf != nil {
            reach("payment repeated by name")
        }
    }
}
