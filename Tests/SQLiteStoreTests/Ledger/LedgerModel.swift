import Router

/// What a ledger has to do, in the plainest words: nothing is kept but lists, and every figure is added up anew.
struct LedgerModel {
    private(set) var postings: [Posting] = []
    private(set) var holds: [Hold] = []
    private var states: [WalletID: AccountBalance.State] = [:]
    private var currencies: [WalletID: Currency] = [:]
    /// What limits let through, by account; `nil` for one that was taken away.
    private var limits: [LedgerAccount: Int64?] = [:]

    /// What has to become of a unit.
    enum Verdict: Equatable {
        case committed
        case refused(LedgerRefusal)
        /// A constraint is broken, and perhaps others: whichever is told, nothing is written.
        case broken
    }

    mutating func insert(_ wallet: Wallet) { (states[wallet.id], currencies[wallet.id]) = (.open, wallet.currency) }

    mutating func change(_ wallet: WalletID, _ change: WalletChange) {
        guard states[wallet] != .closed else { return }
        switch change {
        case .freeze: states[wallet] = .frozen
        case .unfreeze: states[wallet] = .open
        case .close: if posted(.wallet(wallet)) == 0, held(.wallet(wallet)) == 0 { states[wallet] = .closed }
        case .limits(let wanted):
            for operation in WalletOperation.allCases {
                for measure in WalletLimit.Measure.allCases {
                    let account = LedgerAccount.limit(wallet, operation, measure)
                    let most = wanted.first { $0.operation == operation && $0.measure == measure }?.most
                    if most != nil || limits[account] != nil { limits[account] = .some(most) }
                }
            }
        }
    }

    func posted(_ account: LedgerAccount, _ currency: Currency = .xof) -> Int64 {
        postings.filter { $0.amount.currency == currency }.reduce(0) { $0 + $1.change(of: account) }
    }

    func held(_ account: LedgerAccount, _ currency: Currency = .xof) -> Int64 {
        holds.filter { $0.account == account && $0.amount.currency == currency && $0.state == .pending }
            .reduce(0) { $0 + $1.amount.minorUnits }
    }

    func state(_ account: LedgerAccount) -> AccountBalance.State {
        account.kind == .wallet ? account.wallet.flatMap { states[$0] } ?? .open : .open
    }

    func limits(of wallet: WalletID) -> [WalletLimit] {
        WalletOperation.allCases.flatMap { operation in
            WalletLimit.Measure.allCases.compactMap { measure in
                let account = LedgerAccount.limit(wallet, operation, measure)
                guard let most = limits[account] ?? nil else { return nil }
                return WalletLimit(operation, measure, most: most, used: held(account))
            }
        }.sorted { $0.account(of: wallet) < $1.account(of: wallet) }
    }

    /// Writes a unit with its joined ones, or nothing.
    mutating func commit(_ unit: UnitOfWork) -> Verdict {
        var trial = self
        for part in unit.joined + [unit] {
            let verdict = trial.write(part)
            guard verdict == .committed else { return verdict }
        }
        self = trial
        return .committed
    }

    private mutating func write(_ unit: UnitOfWork) -> Verdict {
        if isBroken(unit) { return .broken }
        let currency = unit.order.amount.currency
        for account in unit.spends.sorted() {
            guard isThere(account, currency) else { return .refused(LedgerRefusal(account, .missing)) }
            if let reason = notOpen(account) { return .refused(LedgerRefusal(account, reason)) }
        }
        for change in unit.holds {
            guard let reason = write(change, currency) else { continue }
            return .refused(LedgerRefusal(change.account, reason, room: room(change)))
        }
        for posting in unit.postings {
            for account in [posting.debit, posting.credit] {
                guard let reason = objection(posting, account) else { continue }
                return .refused(LedgerRefusal(account, reason))
            }
            postings.append(posting)
        }
        return .committed
    }

    private func isBroken(_ unit: UnitOfWork) -> Bool {
        let lines = unit.postings.map { "\($0.movement) \($0.kind) \($0.sequence)" }
        let known = Set(postings.map { "\($0.movement) \($0.kind) \($0.sequence)" })
        if Set(lines).count < lines.count || !known.isDisjoint(with: lines) { return true }
        if unit.postings.contains(where: { $0.amount.minorUnits <= 0 || $0.debit == $0.credit }) { return true }
        var placed = Set(holds.map { "\($0.order) \($0.account)" })
        for case .place(let hold, _) in unit.holds {
            if hold.amount.minorUnits <= 0 { return true }
            let isCounted = !isUnset(hold.account)
            if isCounted, !placed.insert("\(hold.order) \(hold.account)").inserted { return true }
        }
        return false
    }

    private func isThere(_ account: LedgerAccount, _ currency: Currency) -> Bool {
        account.kind != .wallet || account.wallet.flatMap { currencies[$0] } == currency
    }

    private func notOpen(_ account: LedgerAccount) -> LedgerRefusal.Reason? {
        switch state(account) {
        case .open: nil
        case .frozen: .frozen
        case .closed: .closed
        }
    }

    private mutating func write(_ change: HoldChange, _ currency: Currency) -> LedgerRefusal.Reason? {
        let account = change.account
        if isUnset(account) { return nil }
        guard isThere(account, currency) else { return .missing }
        switch change {
        case .place(let hold, let ceiling):
            if account.healsItself { return count(hold, ceiling) }
            if let reason = notOpen(account) { return reason }
            let (sum, isTooLarge) = held(account, currency).addingReportingOverflow(hold.amount.minorUnits)
            if let ceiling, isTooLarge || sum > ceiling { return .limit }
            if let floor = account.floor, isTooLarge || posted(account, currency) - sum < floor { return .insufficient }
            if isTooLarge { return .overflow }
            holds.append(hold)
            return nil
        case .post(let order, _), .void(let order, _):
            let index = holds.firstIndex { $0.order == order && $0.account == account && $0.state == .pending }
            guard let index else { return account.healsItself ? nil : .holdEnded }
            if case .post = change { holds[index].state = .posted } else { holds[index].state = .voided }
            return nil
        }
    }

    /// Counts a hold on a limit, after those that have ended are forgotten.
    private mutating func count(_ hold: Hold, _ ceiling: Int64?) -> LedgerRefusal.Reason? {
        let rest = holds.filter { other in
            other.account != hold.account || other.state != .pending || other.endsAt.map { $0 > hold.at } ?? true
        }
        let used = rest.filter { $0.account == hold.account && $0.state == .pending }
            .reduce(0) { $0 + $1.amount.minorUnits }
        let most = hold.account.isDailyLimit ? ceiling : limits[hold.account] ?? nil
        let (sum, isTooLarge) = used.addingReportingOverflow(hold.amount.minorUnits)
        if let most, isTooLarge || sum > most { return .limit }
        if isTooLarge { return .overflow }
        holds = rest + [hold]
        return nil
    }

    /// Whether a wallet has no such limit; daily ones come with each hold.
    private func isUnset(_ account: LedgerAccount) -> Bool {
        account.healsItself && !account.isDailyLimit && limits[account] == nil
    }

    /// What there is of an app's daily limit at the moment of a hold.
    private func room(_ change: HoldChange) -> LedgerRefusal.Room? {
        guard case .place(let hold, let ceiling?) = change, hold.account.dailyLimit?.owner == .app else { return nil }
        let counted = holds.filter { other in
            other.account == hold.account && other.state == .pending && other.endsAt.map { $0 > hold.at } ?? true
        }
        return LedgerRefusal.Room(
            left: max(0, ceiling - counted.reduce(0) { $0 + $1.amount.minorUnits }),
            nextEnd: counted.compactMap(\.endsAt).min())
    }

    private func objection(_ posting: Posting, _ account: LedgerAccount) -> LedgerRefusal.Reason? {
        let currency = posting.amount.currency
        guard isThere(account, currency) else { return .missing }
        let change = posting.change(of: account)
        if change > 0, state(account) == .closed { return .closed }
        let (sum, isTooLarge) = posted(account, currency).addingReportingOverflow(change)
        if let floor = account.floor, change < 0, sum - held(account, currency) < floor { return .insufficient }
        return isTooLarge ? .overflow : nil
    }
}
