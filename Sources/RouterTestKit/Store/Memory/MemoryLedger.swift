import Router

/// Accounts, postings and holds of a ``MemoryStore``.
struct MemoryLedger: Sendable {
    private(set) var accounts: [AccountBalance.Name: AccountBalance] = [:]
    private(set) var entries: [StoredEntry] = []
    /// By order and account.
    private(set) var holds: [OrderID: [LedgerAccount: Hold]] = [:]
    /// A planted mistake: nothing is refused for these reasons.
    var ignored: Set<LedgerRefusal.Reason> = []
    /// A planted mistake: whatever was set aside is free after so many seconds.
    var holdSeconds: Int64?

    struct StoredEntry: Sendable {
        var posting: Posting
        var debitBalance: Int64?
        var creditBalance: Int64?
    }

    /// What a unit changes, apart, so that a refusal has nothing to undo.
    private struct Changes {
        var accounts: [AccountBalance.Name: AccountBalance] = [:]
        var entries: [StoredEntry] = []
        /// `nil` for a hold that has ended by itself.
        var holds: [OrderID: [LedgerAccount: Hold?]] = [:]
    }

    /// Writes a unit's part, or says why not; then nothing is written.
    mutating func apply(_ unit: UnitOfWork) -> LedgerRefusal? {
        if let holdSeconds { endHolds(before: unit.order.updatedAt.adding(seconds: -holdSeconds)) }
        var changes = Changes()
        if let refusal = refusal(of: unit, &changes) { return refusal }
        accounts.merge(changes.accounts) { $1 }
        entries += changes.entries
        for (order, held) in changes.holds {
            for (account, hold) in held { holds[order, default: [:]][account] = hold }
        }
        return nil
    }

    private mutating func endHolds(before moment: Moment) {
        for (order, held) in holds {
            for (account, hold) in held where hold.state == .pending && hold.at <= moment {
                holds[order]?[account]?.state = .voided
                accounts[.init(account, hold.amount.currency)]?.held -= hold.amount.minorUnits
            }
        }
    }

    /// Puts an account there, or in the place of the one that is.
    mutating func set(_ balance: AccountBalance) { accounts[balance.name] = balance }

    func hold(_ order: OrderID, _ account: LedgerAccount) -> Hold? { holds[order]?[account] }

    private func refusal(of unit: UnitOfWork, _ changes: inout Changes) -> LedgerRefusal? {
        let currency = unit.order.amount.currency
        for account in unit.spends.sorted() {
            guard let balance = balance(.init(account, currency), changes) else {
                return LedgerRefusal(account, .missing)
            }
            if let reason = kept(balance.notOpen) { return LedgerRefusal(account, reason) }
        }
        for change in unit.holds {
            if let refusal = apply(change, currency, &changes) { return refusal }
        }
        for posting in unit.postings {
            if let refusal = apply(posting, &changes) { return refusal }
        }
        return nil
    }

    private func apply(
        _ change: HoldChange, _ currency: Currency, _ changes: inout Changes
    ) -> LedgerRefusal? {
        let account = change.account
        guard var balance = balance(.init(account, currency), changes) else {
            return account.healsItself ? nil : LedgerRefusal(account, .missing)
        }
        switch change {
        case .place(let hold, let ceiling):
            if account.healsItself { heal(&balance, at: hold.at, &changes) }
            let reason = kept(balance.objection(setting: hold.amount.minorUnits, ceiling: ceiling))
            if let reason { return LedgerRefusal(account, reason, room: room(balance, hold, ceiling)) }
            balance.held &+= hold.amount.minorUnits
            changes.holds[hold.order, default: [:]][account] = hold
        case .post(let order, _), .void(let order, _):
            let known = changes.holds[order]?[account] ?? hold(order, account)
            guard var hold = known, hold.state == .pending else {
                return account.healsItself ? nil : kept(.holdEnded).map { LedgerRefusal(account, $0) }
            }
            if case .post = change { hold.state = .posted } else { hold.state = .voided }
            changes.holds[order, default: [:]][account] = hold
            balance.held &-= hold.amount.minorUnits
        }
        changes.accounts[balance.name] = balance
        return nil
    }

    /// What there is of an app's daily limit that refuses a hold; `nil` for any other account.
    private func room(_ balance: AccountBalance, _ hold: Hold, _ ceiling: Int64?) -> LedgerRefusal.Room? {
        guard let ceiling, hold.account.dailyLimit?.owner == .app else { return nil }
        let ends = holds.values.compactMap { held in
            held[hold.account].flatMap { other in
                other.state == .pending && other.amount.currency == balance.currency ? other.endsAt : nil
            }
        }
        return LedgerRefusal.Room(
            left: max(0, ceiling - balance.held), nextEnd: ends.filter { $0 > hold.at }.min())
    }

    /// An account without what has ended of it by itself until a moment; nothing is written.
    func healed(_ balance: AccountBalance, at now: Moment?) -> AccountBalance {
        guard let now, balance.account.healsItself else { return balance }
        var healed = balance
        var changes = Changes()
        heal(&healed, at: now, &changes)
        return healed
    }

    private func heal(_ balance: inout AccountBalance, at now: Moment, _ changes: inout Changes) {
        for (order, held) in holds where changes.holds[order]?[balance.account] == nil {
            guard let hold = held[balance.account], hold.state == .pending, hold.amount.currency == balance.currency,
                let end = hold.endsAt, end <= now
            else { continue }
            changes.holds[order, default: [:]][balance.account] = .some(nil)
            balance.held -= hold.amount.minorUnits
        }
    }

    private func apply(_ posting: Posting, _ changes: inout Changes) -> LedgerRefusal? {
        var stored = StoredEntry(posting: posting)
        for account in [posting.debit, posting.credit] {
            guard var balance = balance(.init(account, posting.amount.currency), changes) else {
                return LedgerRefusal(account, .missing)
            }
            let change = posting.change(of: account)
            if let reason = kept(balance.objection(changing: change)) { return LedgerRefusal(account, reason) }
            balance.posted &+= change
            changes.accounts[balance.name] = balance
            guard account.floor != nil else { continue }
            if account == posting.debit { stored.debitBalance = balance.posted }
            if account == posting.credit { stored.creditBalance = balance.posted }
        }
        changes.entries.append(stored)
        return nil
    }

    private func balance(_ name: AccountBalance.Name, _ changes: Changes) -> AccountBalance? {
        if let known = changes.accounts[name] ?? accounts[name] { return known }
        let isMadeByItself = name.account.kind == .wallet || (name.account.kind == .limit && !name.account.isDailyLimit)
        guard !isMadeByItself || kept(.missing) == nil else { return nil }
        return AccountBalance(account: name.account, currency: name.currency)
    }

    /// A reason, unless it is planted that it does not count.
    private func kept(_ reason: LedgerRefusal.Reason?) -> LedgerRefusal.Reason? {
        reason.flatMap { ignored.contains($0) ? nil : $0 }
    }
}

extension AccountBalance {
    fileprivate var notOpen: LedgerRefusal.Reason? {
        switch state {
        case .open: nil
        case .frozen: .frozen
        case .closed: .closed
        }
    }

    fileprivate func objection(setting amount: Int64, ceiling: Int64?) -> LedgerRefusal.Reason? {
        let (sum, isTooLarge) = held.addingReportingOverflow(amount)
        // A limit that was taken away counts on.
        if account.healsItself, state == .closed { return isTooLarge ? .overflow : nil }
        if let reason = notOpen { return reason }
        if let ceiling, isTooLarge || sum > ceiling { return .limit }
        if isTooLarge { return floor == nil ? .overflow : account.healsItself ? .limit : .insufficient }
        let (left, isTooLow) = posted.subtractingReportingOverflow(sum)
        guard let floor, isTooLow || left < floor else { return nil }
        return account.healsItself ? .limit : .insufficient
    }

    fileprivate func objection(changing change: Int64) -> LedgerRefusal.Reason? {
        let (sum, isTooLarge) = posted.addingReportingOverflow(change)
        if account.floor != nil {
            if change > 0, state == .closed { return .closed }
            let (left, isTooLow) = sum.subtractingReportingOverflow(held)
            if change < 0, let floor, isTooLarge || isTooLow || left < floor { return .insufficient }
        }
        return isTooLarge || sum == .min ? .overflow : nil
    }
}
