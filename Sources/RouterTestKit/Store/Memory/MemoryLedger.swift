import Router

/// Accounts, postings and holds of a ``MemoryStore``.
struct MemoryLedger: Sendable {
    var accounts: [AccountBalance.Name: AccountBalance] = [:]
    var entries: [StoredEntry] = []
    /// By order and account.
    var holds: [OrderID: [LedgerAccount: Hold]] = [:]
    /// A planted mistake: floors, limits and holds are not looked at.
    var ignoresFunds = false
    /// A planted mistake: whatever was set aside is free after so many seconds.
    var holdSeconds: Int64?

    struct StoredEntry: Sendable {
        var posting: Posting
        var debitBalance: Int64?
        var creditBalance: Int64?
    }

    /// Writes a unit's part, or says why not.
    ///
    /// After a refusal the value is half written and must be thrown away.
    mutating func apply(_ unit: UnitOfWork) -> LedgerRefusal? {
        let currency = unit.order.amount.currency
        if let holdSeconds { endHolds(before: unit.order.updatedAt.adding(seconds: -holdSeconds)) }
        for account in unit.spends.sorted() {
            guard let balance = accounts[.init(account, currency)] else { return LedgerRefusal(account, .missing) }
            if let reason = balance.notOpen { return LedgerRefusal(account, reason) }
        }
        for change in unit.holds {
            if let refusal = apply(change, currency) { return refusal }
        }
        for posting in unit.postings {
            if let refusal = apply(posting) { return refusal }
        }
        return nil
    }

    private mutating func apply(_ change: HoldChange, _ currency: Currency) -> LedgerRefusal? {
        let name = AccountBalance.Name(change.account, currency)
        guard var balance = account(name) else {
            return change.account.healsItself ? nil : LedgerRefusal(change.account, .missing)
        }
        switch change {
        case .place(let hold, let ceiling):
            if change.account.healsItself { heal(&balance, at: hold.at) }
            if let reason = balance.objection(setting: hold.amount.minorUnits, ceiling: ceiling), !ignoresFunds {
                return LedgerRefusal(change.account, reason)
            }
            balance.held += hold.amount.minorUnits
            holds[hold.order, default: [:]][hold.account] = hold
        case .post(let order, let account), .void(let order, let account):
            guard let hold = holds[order]?[account], hold.state == .pending else {
                return account.healsItself || ignoresFunds ? nil : LedgerRefusal(account, .holdEnded)
            }
            if case .post = change {
                holds[order]?[account]?.state = .posted
            } else {
                holds[order]?[account]?.state = .voided
            }
            balance.held -= hold.amount.minorUnits
        }
        accounts[name] = balance
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

    private mutating func heal(_ balance: inout AccountBalance, at now: Moment) {
        for (order, held) in holds {
            guard let hold = held[balance.account], hold.state == .pending, hold.amount.currency == balance.currency,
                let end = hold.endsAt, end <= now
            else { continue }
            holds[order]?[balance.account] = nil
            balance.held -= hold.amount.minorUnits
        }
    }

    private mutating func apply(_ posting: Posting) -> LedgerRefusal? {
        var stored = StoredEntry(posting: posting)
        for account in [posting.debit, posting.credit] {
            let name = AccountBalance.Name(account, posting.amount.currency)
            guard var balance = self.account(name) else { return LedgerRefusal(account, .missing) }
            let change = posting.change(of: account)
            if account.floor != nil {
                if change > 0, balance.state == .closed { return LedgerRefusal(account, .closed) }
                if change < 0, let floor = balance.floor, balance.available + change < floor, !ignoresFunds {
                    return LedgerRefusal(account, .insufficient)
                }
                if balance.posted.addingReportingOverflow(change).overflow { return LedgerRefusal(account, .overflow) }
            }
            balance.posted &+= change
            accounts[name] = balance
            guard account.floor != nil else { continue }
            if account == posting.debit { stored.debitBalance = balance.posted }
            if account == posting.credit { stored.creditBalance = balance.posted }
        }
        entries.append(stored)
        return nil
    }

    private func account(_ name: AccountBalance.Name) -> AccountBalance? {
        if let known = accounts[name] { return known }
        guard name.account.kind != .wallet, name.account.kind != .limit else { return nil }
        return AccountBalance(account: name.account, currency: name.currency)
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
        if let reason = notOpen { return reason }
        if let ceiling, held + amount > ceiling { return .limit }
        guard let floor, available - amount < floor else { return nil }
        return account.kind == .limit ? .limit : .insufficient
    }
}
