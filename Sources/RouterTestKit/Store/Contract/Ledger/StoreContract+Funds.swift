import Router

/// What the ledger refuses, so that nobody gives away what is not there.
extension StoreContractSuite {
    /// Nothing that has a floor goes below it, and what is held cannot be spent.
    func funds(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 100, &bench)
        let (account, app) = (wallet.account, LedgerAccount.app(maker.app))
        bench.equal(try await maker.figures(store, account), [100, 0], "what arrives is there")
        bench.equal(
            await store.commit([maker.move(101, from: account, to: app, spends: true)], epoch: 1),
            .refused(account, .insufficient), "more than is there cannot be spent")
        bench.equal(
            await store.commit([maker.move(101, from: account, to: app)], epoch: 1), .refused(account, .insufficient),
            "... nor taken otherwise")
        await bench.commit(store, maker.move(40, from: account, to: app, spends: true))
        bench.equal(try await maker.figures(store, account), [60, 0], "what is there can be spent")
        let hold = maker.hold(50, of: account)
        await bench.commit(store, hold)
        bench.equal(try await maker.figures(store, account), [60, 50], "what is set aside is held")
        bench.equal(
            await store.commit([maker.move(11, from: account, to: app, spends: true)], epoch: 1),
            .refused(account, .insufficient), "what is held cannot be spent")
        bench.equal(
            await store.commit([maker.hold(11, of: account)], epoch: 1), .refused(account, .insufficient),
            "... nor held again")
        await bench.commit(store, maker.move(10, from: account, to: app, spends: true))
        bench.equal(try await maker.figures(store, account), [50, 50], "everything that is free can be spent")
        await bench.commit(store, maker.move(5, from: maker.source, to: account))
        bench.equal(try await maker.figures(store, account), [55, 50], "what arrives is free")

        // A unit sees what it did itself, line by line.
        var through = maker.unit(30)
        through.postings = [
            maker.line(30, from: maker.source, to: account, of: through.order),
            maker.line(35, from: account, to: app, of: through.order, kind: "fee"),
        ]
        await bench.commit(store, through)
        bench.equal(try await maker.figures(store, account), [50, 50], "what a unit brings it may take")
        var early = maker.unit(30)
        early.postings = [
            maker.line(30, from: account, to: app, of: early.order),
            maker.line(30, from: maker.source, to: account, of: early.order, kind: "fee"),
        ]
        bench.equal(
            await store.commit([early], epoch: 1), .refused(account, .insufficient), "... but not before it came")
        let suspense = LedgerAccount.suspense(bench.records.id())
        bench.equal(
            await store.commit([maker.move(1, from: suspense, to: app)], epoch: 1), .refused(suspense, .insufficient),
            "a suspense account has a floor before it was ever used")
        bench.equal(try await store.balance(of: suspense, in: .xof), nil, "... and a refusal does not make it")
        let missing = bench.records.id() as WalletID
        for unit in [
            maker.move(1, from: maker.source, to: .wallet(missing)), maker.hold(1, of: .wallet(missing)),
            maker.move(1, from: .wallet(missing), to: app, spends: true),
        ] {
            bench.equal(
                await store.commit([unit], epoch: 1), .refused(.wallet(missing), .missing),
                "a wallet that is not there takes and gives nothing")
        }
        bench.equal(
            await store.commit([maker.move(1, from: maker.source, to: account, .usd)], epoch: 1),
            .refused(account, .missing), "a wallet has one currency")
    }

    /// Of a frozen wallet nothing leaves that was not held before; a closed one takes nothing either.
    func frozenAndClosed(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 100, &bench)
        let (account, app) = (wallet.account, LedgerAccount.app(maker.app))
        let (used, given) = (maker.hold(30, of: account), maker.hold(20, of: account))
        await bench.commit(store, used, given)
        _ = try await store.change(wallet.id, .freeze)
        bench.equal(
            await store.commit([maker.move(1, from: account, to: app, spends: true)], epoch: 1),
            .refused(account, .frozen), "nothing is spent of a frozen wallet")
        var both = maker.unit(1)
        both.spends = [account]
        bench.equal(
            await store.commit([both], epoch: 1), .refused(account, .frozen), "... not even where nothing is taken")
        bench.equal(
            await store.commit([maker.hold(1, of: account)], epoch: 1), .refused(account, .frozen),
            "nothing is set aside of a frozen wallet")
        await bench.commit(store, maker.move(5, from: maker.source, to: account))
        bench.equal(try await maker.figures(store, account), [105, 50], "a frozen wallet takes what arrives")
        await bench.commit(
            store,
            maker.next(used, [.post(used.order.id, account)], [maker.line(30, from: account, to: app, of: used.order)]),
            maker.next(given, [.void(given.order.id, account)]))
        bench.equal(try await maker.figures(store, account), [75, 0], "what was held before is used, or given back")
        _ = try await store.change(wallet.id, .unfreeze)
        await bench.commit(store, maker.move(75, from: account, to: app, spends: true))

        _ = try await store.change(wallet.id, .close)
        bench.equal(
            await store.commit([maker.move(1, from: maker.source, to: account)], epoch: 1),
            .refused(account, .closed), "a closed wallet takes nothing")
        for unit in [maker.hold(1, of: account), maker.move(1, from: account, to: app, spends: true)] {
            bench.equal(await store.commit([unit], epoch: 1), .refused(account, .closed), "... and gives nothing")
        }
        bench.equal(try await maker.figures(store, account), [0, 0], "... and stays as it is")
        let unclaimed = LedgerAccount.unclaimed(wallet.id)
        await bench.commit(store, maker.move(8, from: maker.source, to: unclaimed))
        bench.equal(
            await store.commit([maker.move(9, from: unclaimed, to: app)], epoch: 1),
            .refused(unclaimed, .insufficient), "what is unclaimed has a floor")
        bench.equal(try await maker.figures(store, unclaimed), [8, 0], "... and keeps what arrived")
    }

    /// What is no amount, no way from one account to another, or too much for 64 bits, is refused.
    func ledgerAmounts(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 100, &bench)
        let (account, app) = (wallet.account, LedgerAccount.app(maker.app))
        for amount: Int64 in [0, -1, -100, .min + 1] {
            bench.equal(
                await store.commit([maker.move(amount, from: maker.source, to: app)], epoch: 1), .refused(.amount),
                "a posting is of more than nothing")
            bench.equal(
                await store.commit([maker.move(amount, from: account, to: app, spends: true)], epoch: 1),
                .refused(.amount), "... also out of a wallet")
            bench.equal(
                await store.commit([maker.hold(amount, of: account)], epoch: 1), .refused(.amount), "so is a hold")
        }
        for itself in [account, app] {
            bench.equal(
                await store.commit([maker.move(1, from: itself, to: itself, spends: true)], epoch: 1),
                .refused(.accounts), "a posting goes from one account to another one")
        }
        bench.equal(try await maker.figures(store, account), [100, 0], "... and nothing has changed")
        bench.equal(try await store.balance(of: app, in: .xof), nil, "... and no account is made")

        let (big, far) = (LedgerAccount("app:big"), LedgerAccount("app:far"))
        await bench.commit(store, maker.move(.max, from: "operator:big", to: big))
        for (debit, credit, refused) in [
            ("operator:big", far, "operator:big"), ("operator:a", big, big),
        ] as [(LedgerAccount, LedgerAccount, LedgerAccount)] {
            bench.equal(
                await store.commit([maker.move(1, from: debit, to: credit)], epoch: 1), .refused(refused, .overflow),
                "a balance beyond 64 bits is refused")
        }
        bench.equal(try await maker.figures(store, big), [.max, 0], "... and the balance stays")
        bench.equal(try await store.balance(of: far, in: .xof), nil, "... as does the other account")
        await bench.commit(store, maker.move(.max, from: far, to: big, .usd))
        bench.equal(
            await store.commit([maker.move(1, from: far, to: big, .usd)], epoch: 1), .refused(far, .overflow),
            "... below as well as above")
        await bench.commit(store, maker.move(.max - 100, from: "operator:b", to: account))
        bench.equal(
            await store.commit([maker.move(1, from: "operator:c", to: account)], epoch: 1),
            .refused(account, .overflow), "... of a wallet, too")
        await bench.commit(store, maker.hold(.max, of: account))
        bench.equal(
            await store.commit([maker.hold(.max, of: account)], epoch: 1), .refused(account, .insufficient),
            "what is held cannot be beyond 64 bits")
        await bench.commit(store, maker.hold(.max, of: maker.source))
        bench.equal(
            await store.commit([maker.hold(.max, of: maker.source)], epoch: 1), .refused(maker.source, .overflow),
            "... where there is no floor either")
        bench.equal(
            await store.commit([maker.hold(.max, of: maker.source, ceiling: .max)], epoch: 1),
            .refused(maker.source, .limit), "... nor below a ceiling")
        await bench.commit(store, maker.move(1, from: "operator:b", to: "app:small"))
    }
}
