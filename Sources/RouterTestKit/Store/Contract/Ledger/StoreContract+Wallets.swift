import Router

/// Wallets themselves: made once per key, listed, changed.
extension StoreContractSuite {
    func wallets(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = maker.wallet(reference: "ama", key: "key-1")
        bench.equal(try await store.wallet(wallet.id), nil, "a wallet that is not there is nil")
        let empty = WalletStanding(
            wallet: wallet, balance: AccountBalance(account: wallet.account, currency: .xof), limits: [])
        bench.equal(try await store.insert(wallet), .done(empty), "a wallet is made, open and empty")
        bench.equal(try await store.wallet(wallet.id), empty, "... and comes back as it was made")
        bench.equal(
            try await store.balance(of: wallet.account, in: .xof), empty.balance, "... with an account of its own")
        bench.equal(try await store.insert(wallet), .known(empty), "the same again makes no other")
        await bench.commit(store, maker.move(7, from: maker.source, to: wallet.account))
        let rival = maker.wallet(key: "key-1")
        var full = empty
        full.balance.posted = 7
        bench.equal(try await store.insert(rival), .known(full), "a taken key answers its wallet, as it is now")
        bench.equal(try await store.wallet(rival.id), nil, "... and makes none")
        bench.equal(try await store.balance(of: rival.account, in: .xof), nil, "... and no account")
        for other in [
            maker.wallet(key: "KEY-1"), maker.wallet(environment: .production, key: "key-1"),
            maker.wallet(app: bench.records.id(), key: "key-1"),
        ] {
            let made = WalletStanding(
                wallet: other, balance: AccountBalance(account: other.account, currency: .xof), limits: [])
            bench.equal(
                try await store.insert(other), .done(made), "keys are an app's in an environment, and differ by case")
        }
        let double = maker.wallet(id: wallet.id)
        await bench.fails("a wallet's id is used once") { _ = try await store.insert(double) }
        bench.equal(try await store.wallet(wallet.id), full, "... and the first one stays")
        for _ in 0..<20 {
            let wallet = maker.wallet(
                owner: bench.records.pick(Wallet.Owner.allCases), currency: bench.records.pick([.xof, .usd, .tnd]),
                reference: bench.records.sometimes(bench.records.text()))
            _ = try await store.insert(wallet)
            bench.equal(try await store.wallet(wallet.id)?.wallet, wallet, "every part of a wallet is kept")
        }
    }

    func walletLists(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let other: AppID = bench.records.id()
        var made: [WalletStanding] = []
        for index in 0..<14 {
            let wallet = maker.wallet(
                app: index.isMultiple(of: 3) ? other : nil,
                environment: index.isMultiple(of: 4) ? .production : .sandbox,
                owner: index.isMultiple(of: 5) ? .holder : .app, reference: index.isMultiple(of: 2) ? "even" : nil)
            _ = try await store.insert(wallet)
            if index < 4 { await bench.commit(store, maker.move(1, from: maker.source, to: wallet.account)) }
            if index == 2 || index == 7 { _ = try await store.change(wallet.id, .freeze) }
            if index == 8 { _ = try await store.change(wallet.id, .close) }
            if index == 9 {
                _ = try await store.change(wallet.id, .limits([WalletLimit(.payment, .amount, most: 5)]))
            }
            if let standing = try await store.wallet(wallet.id) { made.append(standing) }
        }
        made.sort { $0.wallet.id.text > $1.wallet.id.text }
        func list(_ change: (inout WalletQuery) -> Void) async throws -> [WalletStanding] {
            var query = WalletQuery(app: nil, environment: nil)
            change(&query)
            return try await store.wallets(query)
        }
        bench.equal(try await list { _ in }, made, "wallets are listed newest first, with their figures and limits")
        bench.equal(
            try await list { $0.app = other }, made.filter { $0.wallet.app == other }, "only an app's are listed")
        bench.equal(
            try await list { $0.environment = .production }, made.filter { $0.wallet.environment == .production },
            "only an environment's are listed")
        bench.equal(
            try await list { $0.reference = "even" }, made.filter { $0.wallet.reference == "even" },
            "only those of a reference are listed")
        bench.equal(
            try await list { $0.owner = .holder }, made.filter { $0.wallet.owner == .holder },
            "only an owner's are listed")
        for state in AccountBalance.State.allCases {
            bench.equal(
                try await list { $0.state = state }, made.filter { $0.balance.state == state },
                "only those in a state are listed: \(state)")
        }
        bench.equal(
            try await list {
                ($0.app, $0.environment, $0.owner) = (maker.app, .sandbox, .app)
                ($0.reference, $0.state) = ("even", .open)
            },
            made.filter {
                $0.wallet.app == maker.app && $0.wallet.environment == .sandbox && $0.wallet.owner == .app
                    && $0.wallet.reference == "even" && $0.balance.state == .open
            }, "conditions hold together")
        for size in [1, 4] {
            var (pages, after): ([WalletStanding], WalletID?) = ([], nil)
            for _ in 0..<20 {
                let page = try await list { ($0.limit, $0.after) = (size, after) }
                bench.expect(page.count <= size, "a page of wallets is no longer than its limit")
                pages += page
                guard let last = page.last else { break }
                after = last.wallet.id
            }
            bench.equal(pages, made, "pages of \(size) show every wallet once")
        }
        bench.equal(try await list { $0.limit = 0 }, [], "a limit of none shows none")
    }

    func walletChanges(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        bench.equal(
            try await store.change(bench.records.id(), .freeze), .missing, "a wallet that is not there is not changed")
        let wallet = try await maker.wallet(store, with: 10, &bench)
        let bystander = try await maker.wallet(store, with: 3, &bench)
        let untouched = try await store.wallet(bystander.id)
        func standing(_ state: AccountBalance.State, _ posted: Int64, held: Int64 = 0) -> WalletStanding {
            WalletStanding(
                wallet: wallet,
                balance: AccountBalance(
                    account: wallet.account, currency: .xof, posted: posted, held: held, state: state),
                limits: [])
        }
        for _ in 0..<2 {
            bench.equal(try await store.change(wallet.id, .freeze), .done(standing(.frozen, 10)), "it is frozen")
        }
        bench.equal(
            try await store.change(wallet.id, .close), .notEmpty(standing(.frozen, 10)),
            "a wallet with money in it is not closed")
        bench.equal(try await store.change(wallet.id, .unfreeze), .done(standing(.open, 10)), "it is open again")
        let hold = maker.hold(10, of: wallet.account)
        await bench.commit(store, hold)
        await bench.commit(store, maker.move(2, from: maker.source, to: wallet.account))
        await bench.commit(
            store,
            maker.next(
                hold, [.post(hold.order.id, wallet.account)],
                [maker.line(10, from: wallet.account, to: .app(maker.app), of: hold.order)]))
        let second = maker.hold(2, of: wallet.account)
        await bench.commit(store, second)
        bench.equal(
            try await store.change(wallet.id, .close), .notEmpty(standing(.open, 2, held: 2)),
            "nor is one of which something is held")
        await bench.commit(
            store,
            maker.next(
                second, [.post(second.order.id, wallet.account)],
                [maker.line(2, from: wallet.account, to: .app(maker.app), of: second.order)]))
        bench.equal(try await store.change(wallet.id, .close), .done(standing(.closed, 0)), "an empty one is closed")
        bench.equal(try await store.wallet(wallet.id), standing(.closed, 0), "... and is there still")
        for change in [WalletChange.close, .freeze, .unfreeze, .limits([WalletLimit(.payment, .count, most: 1)])] {
            bench.equal(try await store.change(wallet.id, change), .closed, "a closed wallet is not changed any more")
        }
        bench.equal(try await store.wallet(wallet.id), standing(.closed, 0), "... really not")
        bench.equal(try await store.wallet(bystander.id), untouched, "a change is one wallet's")
    }
}
