import Router
import RouterTestKit

/// Payers who pay bills from an operator's own menu, where nobody here has asked them to.
extension Simulation {
    /// One of them.
    struct MenuPayer: Sendable {
        var reference: String
        var bill: BillID
        var code: String
        var amount: Int64
        /// Whether a letter of the code is wrong.
        var mistypes: Bool
    }

    static func menuPayers(of bills: [Bill], _ dice: inout Dice) -> [MenuPayer] {
        bills.enumerated().flatMap { number, bill in
            (0..<dice.below(3)).map { payer in
                let mistypes = dice.chance(0.15)
                return MenuPayer(
                    reference: "menu-\(number)-\(payer)", bill: bill.id,
                    code: mistypes
                        ? (bill.code.text.first == "X" ? "Y" : "X") + bill.code.text.dropFirst() : bill.code.text,
                    amount: bill.amount.minorUnits, mistypes: mistypes)
            }
        }
    }

    /// They pay at some moment of the storm, at an operator whose word counts.
    func dialMenus() {
        let heard = operators.dropLast().filter { $0.contract.callback == .signed }
        guard !heard.isEmpty else { return }
        for payer in menuPayers {
            let (place, wait) = world.roll { ($0.below(heard.count), $0.milliseconds(1_000...60_000)) }
            world.after(wait) { heard[place].dial(payer.reference, payer.amount, typed: payer.code) }
        }
    }
}

extension Auditor {
    /// Money from menus is a payment of its bill, or with people; never both.
    func judge(_ snapshot: MemoryStore.Snapshot, menuPayers: [Simulation.MenuPayer], operators: [SimulatedOperator]) {
        let executed = Set(operators.flatMap { $0.executions.map(\.reference) })
        let left = unmatched(snapshot)
        for payer in menuPayers where executed.contains(payer.reference) {
            let orders = snapshot.aggregates.filter { $0.attempts.contains { $0.reference == payer.reference } }
            guard let order = orders.first?.order else {
                if !left.contains(payer.reference) { violation("I-46: \(payer.reference) is nowhere") }
                reach("a menu's money waits for people")
                continue
            }
            reach("a menu pays a bill")
            if orders.count > 1 { violation("I-46: \(payer.reference) is \(orders.count) payments") }
            if payer.mistypes { violation("I-46: \(payer.reference) named no bill, and pays \(order.id)") }
            if order.request.bill != payer.bill || order.amount.minorUnits != payer.amount {
                violation("I-46: \(payer.reference) pays \(order.id), which is something else")
            }
        }
    }

    /// The references of what is left to people.
    func unmatched(_ snapshot: MemoryStore.Snapshot) -> Set<String> {
        Set(snapshot.unmatched.compactMap(reference))
    }

    /// Notifications that are still to be applied.
    ///
    /// What was looked at and names no attempt is not among them: it is matched again for a day. What was only just taken
    /// is, whatever it names.
    func waiting(_ snapshot: MemoryStore.Snapshot) -> [InboxMessage] {
        let known = Set(snapshot.aggregates.flatMap { $0.attempts.map(\.reference) })
        return snapshot.openNotifications.filter { message in
            guard message.trust.isBelieved, case .open(let retryAt) = message.state else { return true }
            let wasLookedAt = retryAt.milliseconds(since: message.receivedAt) > 2_000
            return !wasLookedAt || reference(message).map(known.contains) ?? false
        }
    }

    private func reference(_ message: InboxMessage) -> String? {
        message.callback.flatMap { try? StrictJSON.parse($0.body) }?["reference"]?.stringValue
    }
}
