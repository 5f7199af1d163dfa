import Router
import RouterTestKit

extension BrokenStore {
    func insert(
        _ account: Account, wallet: Wallet?, challenges: [Challenge]
    ) async throws(StoreFailure) -> AccountChanged {
        if isIdle(.insertAccount) { return .done }
        let inserted = try await good.insert(
            account, wallet: has(.losesFirstWallets) ? nil : wallet,
            challenges: has(.losesFirstCodes) ? [] : challenges)
        // With the fault: codes go out for an account that was refused.
        guard has(.sendsCodesOfRefusedAccounts), inserted != .done else { return inserted }
        for challenge in challenges { _ = try await good.insert(challenge) }
        return inserted
    }

    func update(_ account: Account, using use: ChallengeUse?) async throws(StoreFailure) -> AccountChanged {
        if isIdle(.updateAccount) { return .done }
        return try await good.update(account, using: use)
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await isIdle(.account) ? nil : good.account(id)
    }

    func account(named name: Username) async throws(StoreFailure) -> Account? {
        try await isIdle(.accountNamed) ? nil : good.account(named: name)
    }

    func account(phone: MSISDN) async throws(StoreFailure) -> Account? {
        try await isIdle(.accountByPhone) ? nil : good.account(phone: phone)
    }

    func account(email: String) async throws(StoreFailure) -> Account? {
        if isIdle(.accountByEmail) { return nil }
        let found = try await good.account(email: email)
        return has(.findsAddressesByCase) && found?.confirmedEmail != email ? nil : found
    }

    func accounts(after: AccountID?, limit: Int) async throws(StoreFailure) -> [Account] {
        if isIdle(.accounts) { return [] }
        let found = try await good.accounts(after: after, limit: has(.listsAllAccounts) ? .max : limit)
        return found.reversed(if: has(.accountsOldestFirst))
    }

    func abandonedAccounts(at now: Moment, limit: Int) async throws(StoreFailure) -> [Account] {
        try await isIdle(.abandonedAccounts) ? [] : good.abandonedAccounts(at: now, limit: limit)
    }

    func hold(_ wallets: [WalletID], by account: AccountID) async throws(StoreFailure) {
        if isIdle(.holdWallets) { return }
        try await good.hold(wallets, by: account)
    }

    func wallets(of account: AccountID) async throws(StoreFailure) -> [WalletID] {
        try await isIdle(.walletsOf) ? [] : good.wallets(of: account).reversed(if: has(.holdingsBackwards))
    }

    func holder(of wallet: WalletID) async throws(StoreFailure) -> AccountID? {
        try await isIdle(.holderOf) ? nil : good.holder(of: wallet)
    }

    func insert(_ session: AccountSession) async throws(StoreFailure) {
        if isIdle(.insertSession) { return }
        try await good.insert(session)
    }

    func session(hash: [UInt8]) async throws(StoreFailure) -> AccountSession? {
        try await isIdle(.session) ? nil : good.session(hash: hash)
    }

    func end(session hash: [UInt8]) async throws(StoreFailure) {
        if isIdle(.endSession) { return }
        try await good.end(session: hash)
    }

    func forgetSessions(before moment: Moment) async throws(StoreFailure) {
        if isIdle(.forgetSessions) { return }
        try await good.forgetSessions(before: moment)
    }
}
