import Router

/// Where an order's money is now, and what happens next.
///
/// Pure: it follows from the order and its attempts. It never says that money did not move while that is not known.
struct MoneyWhereabouts: Sendable, Hashable {
    /// Where the money is.
    let place: MoneyPlace
    /// What happens next; empty if nothing does.
    let next: [NextStep]
    private let kind: OrderKind
    private let amount: Money
    private let account: LedgerAccount
    private let remarks: [MoneyRemark]

    /// Decides it.
    init(of aggregate: OrderAggregate) {
        let order = aggregate.order
        kind = order.kind
        amount = order.request.transfer.map { $0.credited(order) } ?? order.amount
        account = order.collectedAccount
        place = order.kind == .transfer ? .ofTransfer(order) : .of(aggregate)
        next = NextStep.of(aggregate)
        remarks = MoneyRemark.of(order)
    }

    /// In plain English, a sentence or a few.
    var text: String { text(.english) }

    /// The same in the language of these texts.
    func text(_ texts: ConsoleTexts) -> String {
        let words = MoneyWords(kind: kind, amount: amount, account: account, texts: texts)
        let sentences = [words.text(place)] + remarks.map { words.text($0) } + next.map { words.text($0) }
        return sentences.joined(separator: " ")
    }
}

extension MoneyPlace {
    /// Where the money of an order is that goes to a provider itself.
    fileprivate static func of(_ aggregate: OrderAggregate) -> MoneyPlace {
        let order = aggregate.order
        if order.isDisputed || order.certainty == .disputed {
            let told = order.disputes.last { $0.state == .open }?.executed
            return .contradicted(recorded: order.outcome, told: told)
        }
        switch order.outcome {
        case .open: return ofOpen(aggregate)
        case .succeeded: return ofSuccess(aggregate)
        case .failed, .cancelled:
            if order.movedAfterAll { return .movedAfterEnd(order.lateExecuted) }
            let isKnown = order.certainty == .confirmed && order.review == nil && aggregate.liveAttempt == nil
            return isKnown ? .unmoved : .unknown(aggregate.attempts.last?.provider)
        }
    }

    private static func ofOpen(_ aggregate: OrderAggregate) -> MoneyPlace {
        let order = aggregate.order
        guard let live = aggregate.liveAttempt else {
            let isKnown = order.certainty == .confirmed && order.review == nil && order.lateExecuted.minorUnits == 0
            return isKnown ? .untouched : .unknown(aggregate.attempts.last?.provider)
        }
        switch live.state {
        case .prepared where order.certainty == .confirmed && order.review == nil: return .untouched
        case .sending: return .onItsWay(live.provider)
        case .pending where live.heldRefusal != nil: return .refusedSoFar(live.provider)
        // People look at what has waited for too long; that it moved nobody has said.
        case .pending where order.certainty == .confirmed: return .asked(live.provider)
        case .succeeded where order.purpose == .authorize: return .held(live.provider, until: order.heldUntil)
        case .succeeded where order.certainty == .confirmed: return .moved(live.provider, order.amount)
        case .conflict: return .contradicted(recorded: order.outcome, told: nil)
        case .unknown where live.heldRefusal != nil: return .refusedSoFar(live.provider)
        case .prepared, .pending, .succeeded, .unknown, .withdrawn, .notSent, .rejected, .notExecuted, .voided:
            return .unknown(live.provider)
        }
    }

    private static func ofSuccess(_ aggregate: OrderAggregate) -> MoneyPlace {
        let order = aggregate.order
        let provider = aggregate.liveAttempt?.provider ?? order.chosen?.provider
        if order.isUnclaimed, let wallet = unclaimedWallet(order) { return .unclaimed(.unclaimed(wallet)) }
        guard order.kind == .payment, order.purpose == .authorize else {
            return order.certainty == .confirmed ? .moved(provider, order.executed) : .unknown(provider)
        }
        guard let decision = order.decision else {
            if order.lapsedAt != nil { return .released }
            return order.certainty == .confirmed
                ? .held(provider, until: order.heldUntil) : .unknown(provider)
        }
        guard decision.status == .succeeded, decision.certainty == .confirmed, order.certainty == .confirmed else {
            return .heldOrDecided(decision.kind)
        }
        return decision.kind == .capture ? .moved(provider, order.collected) : .released
    }

    private static func unclaimedWallet(_ order: Order) -> WalletID? {
        order.kind == .refund ? order.request.followUp?.wallet : order.namedAccount?.wallet
    }
}
