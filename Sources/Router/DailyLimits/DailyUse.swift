/// One count of an order on a daily limit: a hold on an account of the limit's own, which ends a day after it was placed.
///
/// It is stored with the order and never changes. So what is given back, and what the books have to be, follows from the order
/// alone, whatever is configured by then.
package struct DailyUse: Sendable, Hashable {
    /// Whose limit it is.
    package enum Subject: Sendable, Hashable {
        /// The order's app, in the order's environment.
        case app
        /// A phone number in the order's environment, by a keyed fingerprint: accounts have names that can be read.
        case number(String)
    }

    package var subject: Subject
    package var measure: WalletLimit.Measure
    /// The most that may be counted within a day, as it was configured then: minor units, or how often.
    package var most: Int64
    package var at: Moment

    package init(_ subject: Subject, _ measure: WalletLimit.Measure, most: Int64, at now: Moment) {
        self.subject = subject
        self.measure = measure
        self.most = most
        at = now
    }
}

extension Order {
    /// What a transfer's sender loses, or what the order is about.
    private var countedAmount: Money { request.transfer?.debited(self) ?? amount }

    /// The account on which a use is held.
    package func account(of use: DailyUse) -> LedgerAccount {
        switch use.subject {
        case .app: .limit(of: app, environment, kind, use.measure)
        case .number(let mark): .limit(ofNumber: mark, environment, kind, use.measure)
        }
    }

    /// What a use holds while its day is not over.
    package func hold(of use: DailyUse) -> Hold {
        Hold(
            order: id, account: account(of: use),
            amount: use.measure == .amount ? countedAmount : Money(1, amount.currency),
            endsAt: use.at.adding(seconds: WalletLimit.windowSeconds), at: use.at)
    }

    /// Uses of numbers that the payer has left for another one.
    var leftUses: [DailyUse] {
        guard let choice, !dailyUses.isEmpty else { return [] }
        let chosen = choice.numberMark.map { DailyUse.Subject.number($0) }
        return dailyUses.filter { $0.subject != .app && $0.subject != chosen }
    }

    /// Whether a use was given back before its day was over: what was asked for did not happen, or with another number.
    func hasGivenBack(_ use: DailyUse) -> Bool {
        switch outcome {
        case .open: false
        case .failed, .cancelled: true
        case .succeeded: wasReleased || leftUses.contains(use)
        }
    }

    /// Whether money that was held was not taken in the end.
    private var wasReleased: Bool {
        purpose == .authorize
            && (lapsedAt != nil || followUps.contains { $0.kind == .void && $0.status == .succeeded })
    }
}

extension OrderAggregate {
    /// Counts an order on further limits, once for each; the commit is refused where one is used up.
    package mutating func count(_ uses: [DailyUse]) {
        guard !uses.isEmpty else { return }
        let known = Set(order.dailyUses.map { order.account(of: $0) })
        let fresh = uses.filter { !known.contains(order.account(of: $0)) }
        guard !fresh.isEmpty else { return }
        change { $0.dailyUses += fresh }
        pending.lines.holds += fresh.map { .place(order.hold(of: $0), ceiling: $0.most) }
    }
}

extension LedgerLines {
    /// Gives back what an order counted on daily limits; what has ended by itself is passed over.
    static func givingBack(_ uses: [DailyUse], of order: Order) -> LedgerLines {
        guard !uses.isEmpty else { return LedgerLines() }
        return LedgerLines(holds: uses.map { .void(order.id, order.account(of: $0)) })
    }
}
