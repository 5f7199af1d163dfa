import Router
import RouterTestKit

extension BrokenStore {
    func balance(of account: LedgerAccount, in currency: Currency) async throws(StoreFailure) -> AccountBalance? {
        try await isIdle(.balance) ? nil : good.balance(of: account, in: currency)
    }

    func balances(_ query: AccountQuery) async throws(StoreFailure) -> [AccountBalance] {
        if isIdle(.balances) { return [] }
        var query = query
        if case .ignores(let condition, .balances) = fault { LeftOut.accountConditions[condition]?(&query) }
        return try await good.balances(query).reversed(if: has(.accountsBackwards))
    }

    func entries(
        of account: LedgerAccount, in currency: Currency, before: Int64?, limit: Int
    ) async throws(StoreFailure) -> [AccountEntry] {
        if isIdle(.entries) { return [] }
        var found: [AccountEntry] = []
        for currency in has(.entriesOfEveryCurrency) ? [.xof, .usd] : [currency] {
            found += try await good.entries(
                of: account, in: currency, before: has(.entriesFromTheStart) ? nil : before,
                limit: has(.entriesWithoutLimit) ? .max : limit)
        }
        if has(.entriesWithoutBalances) { found.indices.forEach { found[$0].balance = nil } }
        return found.reversed(if: has(.entriesOldestFirst))
    }

    func holds(of order: OrderID) async throws(StoreFailure) -> [Hold] {
        if isIdle(.holds) { return [] }
        return try await good.holds(of: order).reversed(if: has(.holdsBackwards))
    }

    func insert(_ wallet: Wallet) async throws(StoreFailure) -> WalletInserted {
        if isIdle(.insertWallet) {
            let balance = AccountBalance(account: wallet.account, currency: wallet.currency)
            return .done(WalletStanding(wallet: wallet, balance: balance, limits: []))
        }
        let inserted = try await good.insert(wallet)
        guard has(.makesWalletsTwice), case .known(let known) = inserted, known.wallet.id != wallet.id else {
            return inserted
        }
        return try await good.insert(
            Wallet(
                id: wallet.id, app: wallet.app, environment: wallet.environment, owner: wallet.owner,
                purpose: wallet.purpose, currency: wallet.currency, reference: wallet.reference, holder: wallet.holder,
                idempotencyKey: wallet.idempotencyKey + wallet.id.text, fingerprint: wallet.fingerprint,
                requestID: wallet.requestID, createdAt: wallet.createdAt))
    }

    func wallet(_ id: WalletID, at now: Moment?) async throws(StoreFailure) -> WalletStanding? {
        try await isIdle(.wallet) ? nil : good.wallet(id, at: has(.showsEndedUses) ? nil : now)
    }

    func wallets(_ query: WalletQuery) async throws(StoreFailure) -> [WalletStanding] {
        if isIdle(.wallets) { return [] }
        var query = query
        if case .ignores(let condition, .wallets) = fault { LeftOut.walletConditions[condition]?(&query) }
        return try await good.wallets(query).reversed(if: has(.walletsOldestFirst))
    }

    func change(
        _ wallet: WalletID, _ change: WalletChange, at now: Moment?
    ) async throws(StoreFailure) -> WalletChanged {
        let doesNothing =
            switch change {
            case .freeze: has(.freezesNothing)
            case .unfreeze: has(.unfreezesNothing)
            case .close: has(.closesNothing)
            case .limits: has(.limitsNothing)
            }
        if doesNothing || isIdle(.changeWallet), let standing = try await good.wallet(wallet) { return .done(standing) }
        let changed = try await good.change(wallet, change, at: has(.showsEndedUsesOfChanged) ? nil : now)
        switch changed {
        case .notEmpty(let standing) where has(.closesFullWallets): return .done(standing)
        case .closed where has(.changesClosedWallets):
            return try await good.wallet(wallet).map { .done($0) } ?? .closed
        default: return changed
        }
    }
}

extension BrokenStore {
    func verifyLedger(
        progress: @escaping @Sendable (LedgerVerification) -> Void
    ) async throws(StoreFailure) -> LedgerVerification {
        if isIdle(.verifyLedger) { return LedgerVerification() }
        let isSilent = has(.verifiesInSilence)
        let found = try await good.verifyLedger { if !isSilent { progress($0) } }
        guard case .overlooks(let table) = fault else { return found }
        var seen = LedgerVerification()
        for (table, count) in found.counts { seen.count(table, Int(count)) }
        seen.record(found.findings.filter { $0.table != table })
        return seen
    }
}

/// How a part of a hold is lost on its way into the store.
extension BrokenStore {
    func misplaced(_ unit: UnitOfWork) -> UnitOfWork {
        var unit = unit
        unit.holds = unit.holds.compactMap { change in
            switch change {
            case .place(var hold, let ceiling):
                if has(.placesNoHolds) { return nil }
                let isDaily = hold.account.isDailyLimit
                if has(.holdsWithoutEnd) || (isDaily && has(.countsDaysForEver)) { hold.endsAt = nil }
                let isOpen = has(.holdsWithoutCeiling) || (isDaily && has(.countsDaysWithoutEnd))
                return .place(hold, ceiling: isOpen ? nil : ceiling)
            case .post: return has(.postsNoHolds) ? nil : change
            case .void(_, let account):
                return has(.voidsNoHolds) || (account.isDailyLimit && has(.keepsNoDays)) ? nil : change
            }
        }
        unit.joined = unit.joined.map { misplaced($0) }
        return unit
    }
}
