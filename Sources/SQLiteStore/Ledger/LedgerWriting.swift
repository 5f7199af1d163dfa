import Router

/// How the ledger's part of a unit becomes rows.
///
/// Figures change by increment, and stand behind the constraints of their table; what would break one is seen before
/// anything of the unit is written, where that can be seen.
extension WriterConnection {
    /// Why the ledger refuses a unit, before anything of it is written; `nil` if nothing is to be seen.
    func ledgerObjection(_ unit: UnitOfWork) throws -> Conflict? {
        let currency = unit.order.amount.currency
        for account in unit.spends.sorted() {
            guard let number = try number(of: account, currency), let figures = try figures(number) else {
                return .ledger(LedgerRefusal(account, .missing))
            }
            if let reason = figures.notOpen { return .ledger(LedgerRefusal(account, reason)) }
            let change = unit.postings.reduce(0) { $0 + $1.change(of: account) }
            if let floor = figures.floor, figures.posted - figures.held + change < floor {
                return .ledger(LedgerRefusal(account, .insufficient))
            }
        }
        for case .place(let hold, let ceiling) in unit.holds {
            guard let number = try number(of: hold.account, currency) else {
                if hold.account.healsItself { continue }
                return .ledger(LedgerRefusal(hold.account, .missing))
            }
            if hold.account.healsItself { try heal(number, at: hold.at) }
            guard let figures = try figures(number) else { continue }
            let reason = figures.objection(hold.account, setting: hold.amount.minorUnits, ceiling: ceiling)
            if let reason { return .ledger(LedgerRefusal(hold.account, reason)) }
        }
        return nil
    }

    /// Writes holds and postings.
    func writeLedger(_ unit: UnitOfWork) throws {
        let currency = unit.order.amount.currency
        for change in unit.holds { try write(change, currency) }
        for posting in unit.postings { try insert(posting) }
    }

    private func write(_ change: HoldChange, _ currency: Currency) throws {
        let account = change.account
        guard let number = try number(of: account, currency) else {
            if account.healsItself { return }
            throw Refused(conflict: .ledger(LedgerRefusal(account, .missing)))
        }
        switch change {
        case .place(let hold, let ceiling):
            guard let figures = try figures(number) else { return }
            let reason = figures.objection(account, setting: hold.amount.minorUnits, ceiling: ceiling)
            if let reason { throw Refused(conflict: .ledger(LedgerRefusal(account, reason))) }
            try self(Holds.insert).run {
                $0.text(hold.order.text)
                $0.integer(number)
                $0.integer(hold.amount.minorUnits)
                $0.integer(hold.endsAt?.milliseconds)
                $0.integer(hold.at.milliseconds)
            }
            try addHeld(hold.amount.minorUnits, number)
        case .post(let order, _): try end(order, number, account, as: .posted)
        case .void(let order, _): try end(order, number, account, as: .voided)
        }
    }

    private func end(_ order: OrderID, _ number: Int64, _ account: LedgerAccount, as state: Hold.State) throws {
        let amount = try self(Holds.pending).first({
            $0.text(order.text)
            $0.integer(number)
        }) { $0.integer(0) }
        guard let amount else {
            // What a limit held may have ended by itself.
            if account.healsItself { return }
            throw Refused(conflict: .ledger(LedgerRefusal(account, .holdEnded)))
        }
        try self(Holds.end).run {
            $0.text(state.rawValue)
            $0.text(order.text)
            $0.integer(number)
        }
        try addHeld(-amount, number)
    }

    private func addHeld(_ amount: Int64, _ number: Int64) throws(SQLiteFault) {
        try self(Accounts.hold).run {
            $0.integer(amount)
            $0.integer(number)
        }
    }

    /// Takes holds that have ended by themselves off a limit.
    private func heal(_ number: Int64, at now: Moment) throws {
        let ended = try self(Holds.ended).all({
            $0.integer(number)
            $0.integer(now.milliseconds)
        }) { ($0.text(0), $0.integer(1)) }
        for (order, amount) in ended {
            try self(Holds.forget).run {
                $0.text(order)
                $0.integer(number)
            }
            try addHeld(-amount, number)
        }
    }

    private func insert(_ posting: Posting) throws {
        let debit = try post(posting, posting.debit)
        let credit = try post(posting, posting.credit)
        try self(Entries.insert).run {
            $0.blob(posting.movement.bytes)
            $0.text(posting.kind)
            $0.integer(Int64(posting.sequence))
            $0.integer(debit.number)
            $0.integer(credit.number)
            $0.integer(posting.amount.minorUnits)
            $0.integer(posting.at.milliseconds)
            $0.integer(debit.balance)
            $0.integer(credit.balance)
        }
    }

    /// Changes the balance of one of a posting's accounts.
    ///
    /// - Returns: The account's number and, where it has a floor, its balance after that.
    private func post(_ posting: Posting, _ account: LedgerAccount) throws -> (number: Int64, balance: Int64?) {
        guard let number = try number(of: account, posting.amount.currency) else {
            throw Refused(conflict: .ledger(LedgerRefusal(account, .missing)))
        }
        let change = posting.change(of: account)
        if account.floor != nil, let figures = try figures(number) {
            if change > 0, figures.state == .closed {
                throw Refused(conflict: .ledger(LedgerRefusal(account, .closed)))
            }
            if change < 0, let floor = figures.floor, figures.posted - figures.held + change < floor {
                throw Refused(conflict: .ledger(LedgerRefusal(account, .insufficient)))
            }
            if figures.posted.addingReportingOverflow(change).overflow {
                throw Refused(conflict: .ledger(LedgerRefusal(account, .overflow)))
            }
        }
        let balance = try self(Accounts.change).first({
            $0.integer(change)
            $0.integer(number)
        }) { $0.integer(0) }
        return (number, account.floor == nil ? nil : balance)
    }
}
