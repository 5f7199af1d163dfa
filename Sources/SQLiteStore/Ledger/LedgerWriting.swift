import Router

/// How the ledger's part of a unit becomes rows.
///
/// Figures change by increment, and stand behind the constraints of their table.
extension WriterConnection {
    /// Writes holds and postings that ``LedgerTrial`` has let through.
    func writeLedger(_ unit: UnitOfWork) throws {
        let currency = unit.order.amount.currency
        for change in unit.holds { try write(change, currency) }
        for posting in unit.postings { try insert(posting) }
    }

    private func write(_ change: HoldChange, _ currency: Currency) throws {
        let account = change.account
        guard let number = try numberMade(of: account, currency) else {
            if account.healsItself { return }
            throw Refused(conflict: .ledger(LedgerRefusal(account, .missing)))
        }
        switch change {
        case .place(let hold, _):
            if account.healsItself { try heal(number, at: hold.at) }
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
        let amount = try self(Holds.end).first({
            $0.text(state.rawValue)
            $0.text(order.text)
            $0.integer(number)
        }) { $0.integer(0) }
        guard let amount else {
            // What a limit held may have ended by itself.
            if account.healsItself { return }
            throw Refused(conflict: .ledger(LedgerRefusal(account, .holdEnded)))
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
        let ended = try endedHolds(number, at: now)
        guard ended > 0 else { return }
        try self(Holds.forgetEnded).run {
            $0.integer(number)
            $0.integer(now.milliseconds)
        }
        try addHeld(-ended, number)
    }

    private func insert(_ posting: Posting) throws {
        // Its table refuses it, too; but balances come first, and might be beyond 64 bits.
        guard posting.amount.minorUnits > 0 else { throw Refused(conflict: .constraint(.amount)) }
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
        guard let number = try numberMade(of: account, posting.amount.currency) else {
            throw Refused(conflict: .ledger(LedgerRefusal(account, .missing)))
        }
        let change = posting.change(of: account)
        guard account.floor == nil else {
            let balance = try self(Accounts.changeGuarded).first({
                $0.integer(change)
                $0.integer(number)
            }) { $0.integer(0) }
            return (number, balance)
        }
        do throws(SQLiteFault) {
            try self(Accounts.change).run {
                $0.integer(change)
                $0.integer(number)
            }
        } catch {
            guard error.isConstraint else { throw error }
            // Nothing is looked at before of an account without a floor: its balance can only be too large.
            throw Refused(conflict: .ledger(LedgerRefusal(account, .overflow)))
        }
        return (number, nil)
    }
}
