import Router

/// What a unit would do to accounts, reckoned before anything of it is written: where it is refused, nothing has to be
/// undone.
///
/// It makes no account and ends no hold. The constraints of the tables stand behind it.
struct LedgerTrial {
    private struct HoldKey: Hashable {
        let order: OrderID
        let account: LedgerAccount
    }

    private let connection: WriterConnection
    private let currency: Currency
    private var known: [AccountBalance.Name: AccountFigures] = [:]
    /// What is pending of holds after the changes so far.
    private var pending: [HoldKey: Int64?] = [:]
    /// What has ended of limits by itself, and is taken off already.
    private var healed: [LedgerAccount: Int64] = [:]

    private init(_ connection: WriterConnection, _ currency: Currency) {
        (self.connection, self.currency) = (connection, currency)
    }

    /// Why the ledger refuses a unit; `nil` if it does not.
    ///
    /// Nothing is looked at for units that only move money between accounts that may be anything.
    static func refusal(of unit: UnitOfWork, _ connection: WriterConnection) throws -> LedgerRefusal? {
        let isFree = unit.holds.isEmpty && unit.spends.isEmpty
        guard !isFree || unit.postings.contains(where: { $0.debit.floor != nil || $0.credit.floor != nil }) else {
            return nil
        }
        var trial = LedgerTrial(connection, unit.order.amount.currency)
        return try trial.refusal(unit)
    }

    private mutating func refusal(_ unit: UnitOfWork) throws -> LedgerRefusal? {
        for account in unit.spends.sorted() {
            guard let figures = try figures(account, currency) else { return LedgerRefusal(account, .missing) }
            if let reason = figures.notOpen { return LedgerRefusal(account, reason) }
        }
        for change in unit.holds {
            if let refusal = try apply(change) { return refusal }
        }
        // Nothing, or less, is refused by the tables.
        for posting in unit.postings where posting.amount.minorUnits > 0 {
            for account in [posting.debit, posting.credit] where account.floor != nil {
                if let reason = try apply(posting, to: account) { return LedgerRefusal(account, reason) }
            }
        }
        return nil
    }

    private mutating func apply(_ change: HoldChange) throws -> LedgerRefusal? {
        let account = change.account
        guard var figures = try figures(account, currency) else {
            return account.healsItself ? nil : LedgerRefusal(account, .missing)
        }
        switch change {
        case .place(let hold, let ceiling):
            guard hold.amount.minorUnits > 0 else { return nil }
            if account.healsItself { figures.release(try newlyHealed(account, at: hold.at)) }
            let reason = figures.hold(hold.amount.minorUnits, of: account, ceiling: ceiling)
            if let reason { return LedgerRefusal(account, reason, room: try room(figures, hold, ceiling)) }
            pending[HoldKey(order: hold.order, account: account)] = hold.amount.minorUnits
        case .post(let order, _), .void(let order, _):
            let key = HoldKey(order: order, account: account)
            let amount = try pending[key] ?? connection.pendingHold(order, connection.number(of: account, currency))
            // What a limit held may have ended by itself.
            guard let amount else { return account.healsItself ? nil : LedgerRefusal(account, .holdEnded) }
            pending[key] = .some(nil)
            figures.release(amount)
        }
        known[.init(account, currency)] = figures
        return nil
    }

    private mutating func apply(_ posting: Posting, to account: LedgerAccount) throws -> LedgerRefusal.Reason? {
        let currency = posting.amount.currency
        guard var figures = try figures(account, currency) else { return .missing }
        if let reason = figures.post(posting.change(of: account)) { return reason }
        known[.init(account, currency)] = figures
        return nil
    }

    /// - Returns: `nil` if there is no such wallet, or no such limit.
    private mutating func figures(_ account: LedgerAccount, _ currency: Currency) throws -> AccountFigures? {
        let name = AccountBalance.Name(account, currency)
        if let figures = known[name] { return figures }
        let number = try connection.number(of: account, currency)
        let stored = try number.flatMap { try connection.figures($0) }
        let figures = stored ?? (account.isMadeOnDemand ? AccountFigures(new: account) : nil)
        known[name] = figures
        return figures
    }

    /// What there is of an app's daily limit that refuses a hold; `nil` for any other account.
    private func room(_ figures: AccountFigures, _ hold: Hold, _ ceiling: Int64?) throws -> LedgerRefusal.Room? {
        guard let ceiling, hold.account.dailyLimit?.owner == .app else { return nil }
        let number = try connection.number(of: hold.account, currency)
        return LedgerRefusal.Room(
            left: max(0, ceiling - figures.held),
            nextEnd: try number.flatMap { try connection.nextEnd(of: $0, after: hold.at) })
    }

    /// What has ended of a limit by itself since it was looked at last.
    private mutating func newlyHealed(_ account: LedgerAccount, at now: Moment) throws -> Int64 {
        guard let number = try connection.number(of: account, currency) else { return 0 }
        let ended = try connection.endedHolds(number, at: now)
        defer { healed[account] = ended }
        return ended - (healed[account] ?? 0)
    }
}

extension LedgerAccount {
    /// Whether the first step that books on it makes it; wallets and their limits are made by themselves.
    var isMadeOnDemand: Bool { kind != .wallet && (kind != .limit || isDailyLimit) }
}
