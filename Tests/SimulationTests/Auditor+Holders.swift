import Router
import RouterTestKit

/// Codes and bills: a code works once, an app's key takes nothing out of a holder's wallet, a bill is paid once.
extension Auditor {
    func judge(
        _ snapshot: MemoryStore.Snapshot, holders: [Simulation.Holder], agreements: [Simulation.Agreement],
        operators: [SimulatedOperator], link: Simulation.Link
    ) {
        let books = Dictionary(grouping: operators.flatMap(\.executions), by: \.reference)
        for agreement in agreements {
            if !agreement.isAnswered { violation("lost: \(agreement.key) was never answered") }
            let orders = snapshot.aggregates.filter {
                $0.order.request.description == agreement.key && $0.order.parent == nil
            }
            let used = snapshot.challenges.count { challenge in
                guard case .used(let name) = challenge.state else { return false }
                return orders.contains { $0.order.id.text == name }
            }
            if orders.count > used {
                violation("codes: \(used) codes allowed \(orders.count) orders of \(agreement.key)")
            }
        }
        judgeDebits(snapshot, holders, link)
        for bill in snapshot.bills { judge(bill, snapshot, books) }
        for challenge in snapshot.challenges {
            guard case .used(let name) = challenge.state else { continue }
            if !snapshot.aggregates.contains(where: { $0.order.id.text == name }) {
                violation("codes: \(challenge.id) was used up for nothing")
            }
        }
    }

    /// Nothing leaves a holder's wallet, or is set aside of it, but by an order that the holder's code allowed, or that
    /// gives back what a linked app collected there.
    private func judgeDebits(
        _ snapshot: MemoryStore.Snapshot, _ holders: [Simulation.Holder], _ link: Simulation.Link
    ) {
        let used = Set(
            snapshot.challenges.compactMap { challenge -> String? in
                guard case .used(let name) = challenge.state else { return nil }
                return name
            })
        let orders = Dictionary(snapshot.aggregates.map { ($0.order.movement, $0.order) }) { first, _ in first }
        for holder in holders {
            let account = LedgerAccount.wallet(holder.wallet)
            let taken = snapshot.postings.filter { $0.debit == account }.compactMap { orders[$0.movement] }
            let set = snapshot.holds.filter { $0.account == account }.compactMap { hold in
                snapshot.aggregates.first { $0.order.id == hold.order }?.order
            }
            for order in taken + set where !used.contains(order.id.text) {
                if givesBack(order, from: holder.wallet, snapshot, link) { continue }
                guard let parent = order.parent, used.contains(parent.text) else {
                    violation("codes: \(order.id) took from \(holder.wallet) without a code")
                    continue
                }
            }
            let moves = snapshot.postings.filter { $0.debit == account || $0.credit == account }
            let told = snapshot.messages.filter { $0.account == holder.account.id }
            for posting in moves {
                guard let order = orders[posting.movement] else { continue }
                if told.contains(where: { $0.content == .movement(holder.wallet, order.id) }) {
                    reach("a holder is told")
                } else {
                    violation("messages: \(holder.account.username) is not told of \(order.id)")
                }
            }
        }
    }

    private func judge(_ bill: Bill, _ snapshot: MemoryStore.Snapshot, _ books: Books) {
        let payments = snapshot.aggregates.filter { $0.order.request.bill == bill.id }
        let paid = payments.filter { $0.order.outcome == .succeeded }
        if paid.count > 1 { violation("bills: \(bill.id) was paid \(paid.count) times") }
        // Whoever's operator broke its word is with people.
        let moved = payments.filter { payment in
            let isOutside = payment.attempts.contains { books[$0.reference]?.isEmpty == false }
            return (isOutside || payment.order.outcome == .succeeded) && payment.order.lateExecuted.minorUnits == 0
        }
        if moved.count > 1 { violation("bills: \(moved.count) payers of \(bill.id) lost money") }
        switch bill.state {
        case .paid:
            reach("a bill is paid")
            if paid.first?.order.id != bill.payment { violation("bills: \(bill.id) is paid by nobody") }
        case .open:
            if !paid.isEmpty { violation("bills: \(bill.id) is open, and was paid") }
            if bill.payment != nil { violation("bills: \(bill.id) is kept by a payment that is over") }
        case .deleted: if !paid.isEmpty { violation("bills: \(bill.id) was deleted, and paid") }
        }
    }
}
