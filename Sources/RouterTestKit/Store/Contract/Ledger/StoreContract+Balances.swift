import Router

/// What postings do to accounts, and how accounts are read.
extension StoreContractSuite {
    /// A balance is its postings, right after each commit.
    func balances(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let (operatorAccount, app, fees): (LedgerAccount, LedgerAccount, LedgerAccount) = (
            maker.source, .app(maker.app), .fees
        )
        bench.equal(try await store.balance(of: app, in: .xof), nil, "an account that nothing was booked on is nil")
        var unit = maker.unit(5_000)
        unit.postings = [
            maker.line(4_900, from: operatorAccount, to: app, of: unit.order),
            maker.line(100, from: operatorAccount, to: fees, of: unit.order, kind: "fee"),
        ]
        await bench.commit(store, unit)
        bench.equal(
            try await store.balance(of: operatorAccount, in: .xof),
            AccountBalance(account: operatorAccount, currency: .xof, posted: 5_000),
            "money at an operator grows on the debit side")
        bench.equal(
            try await store.balance(of: app, in: .xof), AccountBalance(account: app, currency: .xof, posted: 4_900),
            "what is owed grows on the credit side")
        await bench.commit(store, maker.move(7_000, from: app, to: operatorAccount))
        bench.equal(try await maker.figures(store, operatorAccount), [-2_000, 0], "an account without a floor may owe")
        bench.equal(try await maker.figures(store, app), [-2_100, 0], "... on either side")
        await bench.commit(store, maker.move(3, from: app, to: fees, .usd))
        bench.equal(try await maker.figures(store, app, .usd), [-3, 0], "currencies are apart")
        bench.equal(try await maker.figures(store, app), [-2_100, 0], "... in both directions")
        bench.equal(try await store.balance(of: app, in: .eur), nil, "... and a currency without postings is nil")
        var dispute = maker.unit(1)
        dispute.postings = [
            Posting(
                dispute.order.movement, kind: "late", debit: operatorAccount, credit: "discrepancy:late",
                amount: Money(9, .eur), at: bench.records.base)
        ]
        await bench.commit(store, dispute)
        bench.equal(
            try await maker.figures(store, "discrepancy:late", .eur), [9, 0], "a line has a currency of its own")
        for _ in 0..<20 {
            let before = try await maker.figures(store, app)?[0] ?? 0
            await bench.commit(store, maker.move(11, from: operatorAccount, to: app))
            bench.equal(try await maker.figures(store, app), [before + 11, 0], "a commit is seen at once")
        }
    }

    /// Accounts are listed by name, then currency.
    func accountLists(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = maker.wallet()
        _ = try await store.insert(wallet)
        let pairs: [(LedgerAccount, LedgerAccount, Currency)] = [
            (maker.source, .app(maker.app), .xof), (maker.source, .app(maker.app), .usd), (maker.source, .fees, .xof),
            ("operator:flooz-tg", .app(bench.records.id()), .xof), ("operator:a", wallet.account, .xof),
            ("operatorx", "discrepancy:late", .eur), ("operator:a", "apps", .xof),
        ]
        for (debit, credit, currency) in pairs {
            await bench.commit(store, maker.move(10, from: debit, to: credit, currency))
        }
        let names = Set(
            pairs.flatMap { [AccountBalance.Name($0, $2), AccountBalance.Name($1, $2)] } + [
                AccountBalance.Name(wallet.account, .xof)
            ]
        ).sorted()
        func list(_ change: (inout AccountQuery) -> Void) async throws -> [AccountBalance.Name] {
            var query = AccountQuery()
            change(&query)
            return try await store.balances(query).map(\.name)
        }
        bench.equal(try await list { _ in }, names, "accounts are listed by name and currency")
        let all = try await store.balances(AccountQuery())
        for balance in all {
            bench.equal(
                try await store.balance(of: balance.account, in: balance.currency), balance,
                "a list shows an account as it is")
        }
        for kind in [LedgerAccount.Kind.provider, .app, .wallet, .limit] {
            bench.equal(
                try await list { $0.kind = kind }, names.filter { $0.account.kind == kind },
                "only accounts of a kind are listed: \(kind)")
        }
        bench.equal(
            try await list { $0.currency = .xof }, names.filter { $0.currency == .xof },
            "only accounts in a currency are listed")
        let chosen: [LedgerAccount] = [.fees, maker.source, "operator:none"]
        bench.equal(
            try await list { $0.accounts = chosen }, names.filter { chosen.contains($0.account) },
            "only named accounts are listed")
        bench.equal(
            try await list {
                $0.accounts = chosen
                $0.currency = .usd
            }, names.filter { chosen.contains($0.account) && $0.currency == .usd }, "conditions hold together")
        bench.equal(try await list { $0.accounts = [] }, [], "of no accounts none is listed")
        for size in [1, 2, 5] {
            for kind in [nil, LedgerAccount.Kind.provider] {
                var (pages, after): ([AccountBalance.Name], AccountBalance.Name?) = ([], nil)
                for _ in 0..<20 {
                    let page = try await list {
                        ($0.limit, $0.after, $0.kind) = (size, after, kind)
                    }
                    bench.expect(page.count <= size, "a page of accounts is no longer than its limit")
                    pages += page
                    guard let last = page.last else { break }
                    after = last
                }
                bench.equal(
                    pages, names.filter { kind == nil || $0.account.kind == kind },
                    "pages of \(size) show every account once")
            }
        }
        bench.equal(try await list { $0.limit = 0 }, [], "a limit of none shows none")
        try await ownedAccounts(store, maker, wallet, &bench)
    }

    /// Accounts of an app's wallets in an environment, whatever else there is of their kind.
    private func ownedAccounts(
        _ store: any Store, _ maker: LedgerMaker, _ wallet: Wallet, _ bench: inout Bench
    ) async throws {
        let others = [maker.wallet(app: bench.records.id()), maker.wallet(environment: .production), maker.wallet()]
        for other in others { _ = try await store.insert(other) }
        let all = [wallet] + others
        for owner in all {
            await bench.commit(store, maker.move(10, from: maker.source, to: .unclaimed(owner.id)))
        }
        func list(_ change: (inout AccountQuery) -> Void) async throws -> [LedgerAccount] {
            var query = AccountQuery(kind: .unclaimed)
            change(&query)
            return try await store.balances(query).map(\.account)
        }
        func unclaimed(_ wallets: [Wallet]) -> [LedgerAccount] { wallets.map { .unclaimed($0.id) }.sorted() }
        bench.equal(
            try await list { $0.app = maker.app }, unclaimed(all.filter { $0.app == maker.app }),
            "only accounts of an app's wallets are listed")
        bench.equal(
            try await list { $0.environment = .production }, unclaimed([others[1]]),
            "only accounts of wallets in an environment are listed")
        bench.equal(
            try await list {
                ($0.app, $0.environment, $0.kind) = (maker.app, .sandbox, nil)
                $0.accounts = [.app(maker.app), .fees] + unclaimed(all)
            }, unclaimed([wallet, others[2]]), "... also of those that are named; what is no wallet's is not")
        let own = unclaimed([wallet, others[2]])
        for place in 0...1 {
            bench.equal(
                try await list {
                    ($0.app, $0.environment, $0.limit) = (maker.app, .sandbox, 1)
                    $0.after = place == 0 ? nil : .init(own[0], .xof)
                }, [own[place]], "... page by page")
        }
    }

    /// An account's history, newest first, with what its balance was.
    func accountEntries(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 1_000, &bench)
        let other = try await maker.wallet(store, with: 50, &bench)
        var lines: [(posting: Posting, balance: Int64)] = []
        var balance: Int64 = 1_000
        for index in 1...9 {
            let isOut = index.isMultiple(of: 3)
            let amount = Int64(index * 10)
            let unit = maker.move(
                amount, from: isOut ? wallet.account : maker.source, to: isOut ? other.account : wallet.account)
            await bench.commit(store, unit)
            balance += isOut ? -amount : amount
            lines.append((unit.postings[0], balance))
        }
        func entries(
            _ account: LedgerAccount, _ before: Int64? = nil, limit: Int = 100, _ currency: Currency = .xof
        ) async throws -> [AccountEntry] {
            try await store.entries(of: account, in: currency, before: before, limit: limit)
        }
        let all = try await entries(wallet.account)
        bench.equal(
            Array(all.map(\.posting).dropLast()), lines.map(\.posting).reversed(), "entries come back, newest first")
        bench.equal(
            Array(all.map(\.balance).dropLast()), lines.map(\.balance).reversed(), "... with the balance after each")
        bench.equal(all.last?.balance, 1_000, "... down to the first")
        bench.equal(
            try await entries(other.account).compactMap(\.balance), [230, 140, 80, 50],
            "the other account has balances of its own")
        bench.equal(all.map(\.number), all.map(\.number).sorted(by: >), "numbers rise from entry to entry")
        bench.equal(Set(all.map(\.number)).count, all.count, "... each is given once")
        let source = try await entries(maker.source)
        bench.equal(source.count, 8, "an account without a floor has a history, too")
        bench.expect(source.allSatisfy { $0.balance == nil }, "... without balances")
        for account in [wallet.account, maker.source] {
            var (pages, before): ([AccountEntry], Int64?) = ([], nil)
            for _ in 0..<20 {
                let page = try await entries(account, before, limit: 3)
                bench.expect(page.count <= 3, "a page of entries is no longer than its limit")
                pages += page
                guard let last = page.last else { break }
                before = last.number
            }
            bench.equal(pages, try await entries(account), "pages show every entry once")
        }
        bench.equal(try await entries(wallet.account, limit: 0), [], "a limit of none shows none")
        bench.equal(try await entries(wallet.account, nil, limit: 9, .usd), [], "another currency has none")
        bench.equal(try await entries("app:none"), [], "an account that is not there has none")
    }
}
