import Router

/// Limits: holds on accounts of their own, which end by themselves.
extension StoreContractSuite {
    func walletLimits(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 10_000, &bench)
        let start = bench.records.base
        func use(_ amount: Int64, after seconds: Int64) -> UnitOfWork {
            var unit = maker.unit(amount)
            unit.holds = WalletLimit.holds(
                of: unit.order.id, on: wallet.id, .transfer, amount: unit.order.amount,
                at: start.adding(seconds: seconds))
            return unit
        }
        func used() async throws -> [Int64] { try await store.wallet(wallet.id)?.limits.map(\.used) ?? [] }
        let amount = LedgerAccount.limit(wallet.id, .transfer, .amount)
        let count = LedgerAccount.limit(wallet.id, .transfer, .count)

        let free = use(1_000_000, after: 0)
        await bench.commit(store, free)
        bench.equal(try await store.holds(of: free.order.id), [], "where no limit is set nothing is counted")
        bench.equal(try await store.balance(of: amount, in: .xof), nil, "... and no account is made")
        await bench.commit(store, maker.next(free, WalletLimit.release(of: free.order.id, on: wallet.id, .transfer)))

        let limits = [WalletLimit(.transfer, .amount, most: 100), WalletLimit(.transfer, .count, most: 3)]
        bench.equal(
            try await store.change(wallet.id, .limits(limits)).standing?.limits, limits, "limits are set, unused")
        bench.equal(try await store.wallet(wallet.id)?.limits, limits, "... and stay so")
        bench.equal(
            await store.commit([use(101, after: 0)], epoch: 1), .refused(amount, .limit), "more than a limit is refused"
        )
        let first = use(60, after: 0)
        await bench.commit(store, first)
        bench.equal(try await used(), [60, 1], "what is used of a limit is shown")
        bench.equal(try await maker.figures(store, wallet.account), [10_000, 0], "... and is no money")
        bench.equal(
            await store.commit([use(41, after: 1)], epoch: 1), .refused(amount, .limit), "what is used counts")
        bench.equal(try await used(), [60, 1], "... and what is refused does not")
        await bench.commit(store, use(40, after: 10))
        await bench.commit(store, maker.next(first, WalletLimit.release(of: first.order.id, on: wallet.id, .transfer)))
        bench.equal(try await used(), [40, 1], "what failed gives its share back")
        await bench.commit(
            store,
            maker.next(
                maker.next(first), WalletLimit.release(of: first.order.id, on: wallet.id, .transfer)))
        bench.equal(try await used(), [40, 1], "... once")
        await bench.commit(store, use(1, after: 20), use(1, after: 30))
        bench.equal(
            await store.commit([use(1, after: 40)], epoch: 1), .refused(count, .limit), "how often is a limit, too")
        let day = WalletLimit.windowSeconds
        bench.equal(
            await store.commit([use(60, after: day + 9)], epoch: 1), .refused(amount, .limit),
            "just before a day is over it counts")
        bench.equal(try await used(), [42, 3], "... and a refusal takes nothing off")
        try await shownUses(store, wallet, after: day, &bench)
        let late = use(60, after: day + 10)
        await bench.commit(store, late)
        bench.equal(try await used(), [62, 3], "after a day it counts no more")
        bench.equal(
            try await store.holds(of: late.order.id).map(\.endsAt),
            [
                start.adding(seconds: 2 * day + 10), start.adding(seconds: 2 * day + 10),
            ], "a limit's hold says when it ends")
        try await changedLimits(store, wallet, use, &bench)
    }

    /// What is shown is what counts at that moment, also before the next use takes off what has ended.
    ///
    /// 40 were used 10 seconds after the start, 1 after 20 and 1 after 30.
    private func shownUses(
        _ store: any Store, _ wallet: Wallet, after day: Int64, _ bench: inout Bench
    ) async throws {
        func moment(_ seconds: Int64) -> Moment { bench.records.base.adding(seconds: seconds) }
        let shown: [(Int64, [Int64])] = [
            (day + 9, [42, 3]), (day + 10, [2, 2]), (day + 29, [1, 1]), (day + 30, [0, 0]), (10 * day, [0, 0]),
        ]
        for (seconds, used) in shown {
            bench.equal(
                try await store.wallet(wallet.id, at: moment(seconds))?.limits.map(\.used), used,
                "after \(seconds) seconds what has ended is not shown as used")
            var wallets = WalletQuery(app: nil, environment: nil)
            wallets.now = moment(seconds)
            bench.equal(
                try await store.wallets(wallets).first { $0.wallet.id == wallet.id }?.limits.map(\.used), used,
                "... nor in lists")
            var accounts = AccountQuery(kind: .limit)
            accounts.now = moment(seconds)
            bench.equal(try await store.balances(accounts).map(\.held), used, "... nor in lists of accounts")
            accounts.accounts = [.limit(wallet.id, .transfer, .count)]
            bench.equal(
                try await store.balances(accounts).map(\.held), [used[1]], "... nor of an account that is named")
        }
        bench.equal(
            try await store.change(wallet.id, .unfreeze, at: moment(day + 30)).standing?.limits.map(\.used), [0, 0],
            "... nor after a change")
        bench.equal(
            try await store.wallet(wallet.id)?.limits.map(\.used), [42, 3], "showing it takes nothing off")
        bench.equal(
            try await store.balance(of: .limit(wallet.id, .transfer, .count), in: .xof)?.held, 3, "... of its account")
    }

    /// Limits are set as a whole; one that is taken away keeps nothing from happening.
    private func changedLimits(
        _ store: any Store, _ wallet: Wallet, _ use: (Int64, Int64) -> UnitOfWork, _ bench: inout Bench
    ) async throws {
        let maker = LedgerMaker(bench.records)
        let later = 3 * WalletLimit.windowSeconds
        await bench.commit(store, use(50, later))
        let lower = [WalletLimit(.transfer, .amount, most: 20), WalletLimit(.payment, .count, most: 1)]
        let shown = try await store.change(wallet.id, .limits(lower)).standing?.limits ?? []
        bench.equal(
            shown, [WalletLimit(.payment, .count, most: 1), WalletLimit(.transfer, .amount, most: 20, used: 50)],
            "limits are replaced, in order of operation and measure")
        let amount = LedgerAccount.limit(wallet.id, .transfer, .amount)
        bench.equal(
            await store.commit([use(1, later + 1)], epoch: 1), .refused(amount, .limit),
            "a limit below what is used lets nothing through")
        for _ in 0..<4 { await bench.commit(store, use(1, later + WalletLimit.windowSeconds)) }
        bench.equal(
            try await store.wallet(wallet.id)?.limits.last?.used, 4, "a limit that was taken away counts no calls")
        _ = try await store.change(wallet.id, .limits([]))
        bench.equal(try await store.wallet(wallet.id)?.limits, [], "all limits can be taken away")
        let big = use(9_999, later + WalletLimit.windowSeconds)
        await bench.commit(store, big)
        await bench.commit(store, maker.next(big, WalletLimit.release(of: big.order.id, on: wallet.id, .transfer)))
        let again = [WalletLimit(.transfer, .amount, most: 9)]
        bench.equal(
            try await store.change(wallet.id, .limits(again)).standing?.limits,
            [
                WalletLimit(.transfer, .amount, most: 9, used: 4)
            ], "what was used meanwhile counts when it is set again")
        let other = try await maker.wallet(store, with: 10, &bench)
        bench.equal(try await store.wallet(other.id)?.limits, [], "limits are one wallet's")
        let double = [WalletLimit(.payment, .count, most: 1), WalletLimit(.payment, .count, most: 2)]
        bench.equal(
            try await store.change(other.id, .limits(double)).standing?.limits, Array(double.prefix(1)),
            "of two limits on the same the first is set")
    }
}

extension WalletChanged {
    /// The wallet as it is after a change that was made.
    fileprivate var standing: WalletStanding? {
        if case .done(let standing) = self { standing } else { nil }
    }
}
