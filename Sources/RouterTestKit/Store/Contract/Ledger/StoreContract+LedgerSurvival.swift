import Router

/// What of the ledger a store has after it was opened again.
extension StoreContractSuite {
    struct LedgerOfBefore {
        let maker: LedgerMaker
        let standing: WalletStanding
        let frozen: WalletStanding
        let hold: UnitOfWork
        let accounts: [AccountBalance]
        let entries: [AccountEntry]
        let holds: [Hold]
    }

    /// Fills the ledger of a store that is about to be closed.
    func ledgerToSurvive(
        _ store: any Store, epoch: Int64, _ bench: inout Bench
    ) async throws -> LedgerOfBefore? {
        let maker = LedgerMaker(bench.records)
        let (wallet, cold) = (maker.wallet(reference: "ama"), maker.wallet())
        _ = try await store.insert(wallet)
        _ = try await store.insert(cold)
        let hold = maker.hold(30, of: wallet.account, endsAt: bench.records.base)
        let units = [
            maker.move(100, from: maker.source, to: wallet.account),
            maker.move(20, from: wallet.account, to: .app(maker.app), spends: true), hold,
        ]
        bench.equal(await store.commit(units, epoch: epoch), .committed, "units of the ledger are committed")
        _ = try await store.change(wallet.id, .limits([WalletLimit(.payment, .amount, most: 9)]))
        _ = try await store.change(cold.id, .freeze)
        guard let standing = try await store.wallet(wallet.id), let frozen = try await store.wallet(cold.id) else {
            bench.record("wallets are there", "they are not")
            return nil
        }
        return LedgerOfBefore(
            maker: maker, standing: standing, frozen: frozen, hold: hold,
            accounts: try await store.balances(AccountQuery()),
            entries: try await store.entries(of: wallet.account, in: .xof, before: nil, limit: 9),
            holds: try await store.holds(of: hold.order.id))
    }

    func expect(_ before: LedgerOfBefore?, survivesIn store: any Store, _ bench: inout Bench) async throws {
        guard let before else { return }
        let (maker, wallet) = (before.maker, before.standing.wallet)
        bench.equal(try await store.wallet(wallet.id), before.standing, "wallets survive")
        bench.equal(before.standing.balance.available, 50, "... with what can be spent")
        bench.equal(
            try await store.wallets(WalletQuery(app: maker.app, environment: nil)),
            [before.standing, before.frozen].sorted { $0.wallet.id.text > $1.wallet.id.text }, "... in lists")
        bench.equal(try await store.balances(AccountQuery()), before.accounts, "balances survive")
        for account in before.accounts {
            bench.equal(
                try await store.balance(of: account.account, in: account.currency), account, "... each of them")
        }
        bench.equal(
            try await store.entries(of: wallet.account, in: .xof, before: nil, limit: 9), before.entries,
            "entries survive")
        bench.equal(before.entries.map(\.balance), [80, 100], "... with their balances")
        bench.equal(try await store.holds(of: before.hold.order.id), before.holds, "holds survive")
        bench.equal(before.holds.map(\.state), [.pending], "... pending")
        bench.equal(
            await store.commit([maker.move(51, from: wallet.account, to: maker.source)], epoch: 1),
            .refused(wallet.account, .insufficient), "what is held cannot be spent after it")
        bench.equal(try await store.insert(wallet), .known(before.standing), "a wallet's key is taken after it")
    }
}
