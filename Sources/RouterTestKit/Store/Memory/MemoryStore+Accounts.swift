package import Router

extension MemoryStore {
    package func insert(
        _ account: Account, wallet: Wallet?, challenges: [Challenge]
    ) async throws(StoreFailure) -> AccountChanged {
        try await perform(.insertAccount) { state throws(StoreFailure) in
            guard state.people.accounts[account.id] == nil else { throw StoreFailure(.other, "accounts.id") }
            if let taken = state.people.taken(by: account) { return .taken(taken) }
            if let wallet {
                guard case .done = try state.insert(wallet) else { throw StoreFailure(.other, "wallets.key") }
                state.people.hold([wallet.id], by: account.id)
            }
            for challenge in challenges { _ = state.people.insert(challenge) }
            state.people.accounts[account.id] = account
            return .done
        }
    }

    package func update(_ account: Account, using use: ChallengeUse?) async throws(StoreFailure) -> AccountChanged {
        try await perform(.updateAccount) { state in
            guard let stored = state.people.accounts[account.id], stored.version + 1 == account.version else {
                return .conflict
            }
            if let taken = state.people.taken(by: account) { return .taken(taken) }
            if let use {
                if let refusal = state.people.objection(to: use) { return .challenge(refusal) }
                state.people.useUp(use, by: account.id.text)
            }
            state.people.accounts[account.id] = account
            return .done
        }
    }

    package func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await perform(.account) { $0.people.accounts[id] }
    }

    package func account(named name: Username) async throws(StoreFailure) -> Account? {
        try await perform(.accountNamed) { $0.people.accounts.values.first { $0.username == name } }
    }

    package func account(phone: MSISDN) async throws(StoreFailure) -> Account? {
        try await perform(.accountByPhone) { $0.people.accounts.values.first { $0.confirmedPhone == phone } }
    }

    package func account(email: String) async throws(StoreFailure) -> Account? {
        try await perform(.accountByEmail) { state in
            state.people.accounts.values.first { $0.confirmedEmail?.lowercased() == email.lowercased() }
        }
    }

    package func accounts(after: AccountID?, limit: Int) async throws(StoreFailure) -> [Account] {
        try await perform(.accounts) { state in
            let sorted = state.people.accounts.values.sorted { $0.id.text > $1.id.text }
            return Array(
                sorted.filter { account in after.map { account.id.text < $0.text } ?? true }.prefix(max(0, limit)))
        }
    }

    package func abandonedAccounts(at now: Moment, limit: Int) async throws(StoreFailure) -> [Account] {
        try await perform(.abandonedAccounts) { state in
            let found = state.people.accounts.values.filter { $0.isAbandoned(at: now) }
            return Array(found.sorted { $0.id.text < $1.id.text }.prefix(max(0, limit)))
        }
    }

    package func hold(_ wallets: [WalletID], by account: AccountID) async throws(StoreFailure) {
        try await perform(.holdWallets) { $0.people.hold(wallets, by: account) }
    }

    package func wallets(of account: AccountID) async throws(StoreFailure) -> [WalletID] {
        try await perform(.walletsOf) { $0.people.holdings.filter { $0.account == account }.map(\.wallet) }
    }

    package func holder(of wallet: WalletID) async throws(StoreFailure) -> AccountID? {
        try await perform(.holderOf) { $0.people.holder(of: wallet) }
    }

    package func insert(_ session: AccountSession) async throws(StoreFailure) {
        try await perform(.insertSession) { $0.people.sessions[session.hash] = session }
    }

    package func session(hash: [UInt8]) async throws(StoreFailure) -> AccountSession? {
        try await perform(.session) { $0.people.sessions[hash] }
    }

    package func end(session hash: [UInt8]) async throws(StoreFailure) {
        try await perform(.endSession) { $0.people.sessions[hash] = nil }
    }

    package func forgetSessions(before moment: Moment) async throws(StoreFailure) {
        try await perform(.forgetSessions) { state in
            state.people.sessions = state.people.sessions.filter { $0.value.expiresAt >= moment }
        }
    }
}
