/// What an order number excludes: the text under which orders are listed (docs/money-safety.md, 12).
///
/// Payments share a lock if app, environment, order number, amount and currency are equal; payouts if app, environment,
/// order number and payee are, transfers if those and the recipient are, whatever the amount. What a holder begins shares none with
/// what others begin: their numbers are their own. Stores keep a keyed hash of the text.
package struct OrderLock: Sendable, Hashable {
    /// The parts, the order number last, so that no two of them run together.
    package let text: String

    /// How many orders of one lock are listed.
    ///
    /// Only payouts that failed after something was sent count up to it: any of them may turn out to have been
    /// executed.
    package static let maximumListed = 50

    /// The lock of an order; `nil` for orders without an order number, and for those that belong to a payment, which
    /// have their cap.
    package init?(_ order: Order) {
        guard let reference = order.request.reference else { return nil }
        var parts = [order.app.text, order.environment.rawValue, order.kind.rawValue]
        if let holder = order.request.initiator { parts.append(holder.text) }
        switch order.kind {
        case .payment: parts.append(order.request.amount.description)
        case .payout:
            let payee = order.request.customer
            // Whatever the channel: who leaves it out the second time means the same account.
            let payeeAccount = order.payeeWallet?.text ?? order.request.billAccount
            parts.append(payeeAccount ?? payee.phone?.e164 ?? payee.email?.lowercased() ?? "")
        case .transfer:
            guard let terms = order.request.transfer else { return nil }
            switch terms.to {
            case .wallet(let wallet): parts.append(wallet.text)
            case .channel(let channel): parts += [channel.text, terms.recipient.phone?.e164 ?? ""]
            }
        case .refund, .capture, .void: return nil
        }
        text = Self.text(parts, reference)
    }

    /// The lock of the payments that an app began with its key under an order number.
    package init(paymentOf app: AppID, in environment: PayEnvironment, number: String, amount: Money) {
        text = Self.text([app.text, environment.rawValue, OrderKind.payment.rawValue, amount.description], number)
    }

    private static func text(_ parts: [String], _ number: String) -> String {
        (parts + [OrderNumber.normalised(number)]).joined(separator: "\u{1F}")
    }
}

/// Whether an order number lets a new order in.
package enum LockDecision: Sendable, Hashable {
    /// It does.
    ///
    /// `keep` are the earlier orders that stay listed, oldest first; `cancel` is the payment that the new one repeats.
    case allowed(keep: [OrderID], cancel: OrderAggregate?)
    /// An earlier order keeps it out; `isRepeatable` says whether the new one may name it in `repeat_of`.
    case duplicate(of: OrderAggregate, isRepeatable: Bool)
    /// `repeat_of` names another order than the newest that holds the lock; `nil` if none holds it.
    case wrongRepeat(holder: OrderAggregate?)
    /// Too many payouts failed under this number.
    case tooMany
}

extension OrderLock {
    /// Decides whether a new order may be accepted.
    ///
    /// Pure. The answer holds as long as nobody else is accepted under the lock: an order that lets another one in now
    /// does so later, too, unless evidence contradicts its end.
    ///
    /// - Parameters:
    ///   - order: The new order.
    ///   - listed: The orders accepted under its lock, oldest first.
    /// - Returns: What to do.
    package static func decide(_ order: Order, listed: [OrderAggregate]) -> LockDecision {
        order.kind == .payment ? payment(order, listed) : payout(order, listed)
    }

    /// A payout or a transfer is kept out by whatever was executed, may have been or may be, and repeats only what certainly was.
    private static func payout(_ order: Order, _ listed: [OrderAggregate]) -> LockDecision {
        let holding = listed.filter { [.open, .executed].contains($0.lockStanding) }
        let named = order.request.repeatOf
        guard let newest = holding.last else {
            return named == nil ? kept(listed) : .wrongRepeat(holder: nil)
        }
        let open = holding.last { $0.lockStanding == .open }
        guard let named else { return .duplicate(of: newest, isRepeatable: open == nil) }
        guard named == newest.order.id else { return .wrongRepeat(holder: newest) }
        if let open { return .duplicate(of: open, isRepeatable: false) }
        return kept(listed)
    }

    /// What was executed and repeated since never decides again; what was never sent never holds.
    private static func kept(_ listed: [OrderAggregate]) -> LockDecision {
        let repeated = Set(listed.filter { $0.lockStanding == .executed }.compactMap(\.order.request.repeatOf))
        let keep = listed.filter { aggregate in
            switch aggregate.lockStanding {
            case .open, .mayReturn: true
            case .executed: !repeated.contains(aggregate.order.id)
            case .gone: false
            }
        }
        return keep.count < maximumListed ? .allowed(keep: keep.map(\.order.id), cancel: nil) : .tooMany
    }

    /// A payment is kept out by open ones of the same payer, or of a payer it cannot tell from its own.
    private static func payment(_ order: Order, _ listed: [OrderAggregate]) -> LockDecision {
        let open = listed.filter { $0.lockStanding == .open }
        let holding = open.filter { !$0.order.namesAnotherPhone(than: order) }
        let repeated = Set(open.compactMap(\.order.request.repeatOf))
        let keep = open.map(\.order.id)
        guard let newest = holding.last else {
            return order.request.repeatOf == nil ? .allowed(keep: keep, cancel: nil) : .wrongRepeat(holder: nil)
        }
        let isRepeatable = newest.order.mayBeAskedAgain && !repeated.contains(newest.order.id)
        // Every other open one must have been repeated itself, or nobody has decided that it may be paid twice.
        let isAlone = holding.dropLast().allSatisfy { repeated.contains($0.order.id) }
        guard let named = order.request.repeatOf else {
            return .duplicate(of: newest, isRepeatable: isRepeatable && isAlone)
        }
        guard named == newest.order.id else { return .wrongRepeat(holder: newest) }
        guard isRepeatable, isAlone else { return .duplicate(of: newest, isRepeatable: false) }
        return .allowed(keep: keep, cancel: newest)
    }
}
