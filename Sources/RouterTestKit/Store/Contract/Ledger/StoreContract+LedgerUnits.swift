import Router

/// What the ledger refuses leaves nothing behind, and harms nobody beside it.
extension StoreContractSuite {
    func ledgerUnits(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let records = bench.records
        let wallet = try await maker.wallet(store, with: 100, &bench)
        _ = try await store.change(wallet.id, .limits([WalletLimit(.transfer, .amount, most: 1_000)]))
        let (account, app) = (wallet.account, LedgerAccount.app(maker.app))
        var broken = maker.unit(50)
        broken.idempotencyRecord = records.idempotencyRecord(for: broken.order)
        broken.newAttempts = [records.attempt(of: broken.order)]
        broken.evidence = [records.evidence(about: broken.newAttempts[0].id)]
        records.tell(in: &broken)
        broken.holds = WalletLimit.holds(
            of: broken.order.id, on: wallet.id, .transfer, amount: broken.order.amount, at: records.base)
        broken.postings = [
            maker.line(50, from: account, to: app, of: broken.order),
            maker.line(51, from: account, to: .fees, of: broken.order, kind: "fee"),
        ]
        bench.equal(
            await store.commit([broken], epoch: 1), .refused(account, .insufficient), "a unit is refused as a whole")
        bench.equal(try await store.orderAggregate(broken.order.id), nil, "a refused unit writes no order")
        if let key = broken.idempotencyRecord?.key {
            bench.equal(try await store.idempotencyRecord(key), nil, "... and no binding")
        }
        bench.equal(try await store.evidence(broken.order.id), [], "... and no evidence")
        bench.equal(try await store.postings(broken.order.movement), [], "... and no postings")
        bench.equal(try await store.holds(of: broken.order.id), [], "... and no holds")
        bench.equal(try await maker.figures(store, account), [100, 0], "... and changes no balance")
        bench.equal(try await store.balance(of: app, in: .xof), nil, "... and makes no account")
        bench.equal(try await store.wallet(wallet.id)?.limits.map(\.used), [0], "... and uses up no limit")
        broken.postings.removeLast()
        await bench.commit(store, broken)
        bench.equal(try await maker.figures(store, account), [50, 0], "without what was refused it is written")

        try await several(store, &bench)
        try await joined(store, &bench)
        try await stale(store, &bench)
    }

    /// A unit moves money of several wallets, or of none.
    private func several(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        var wallets: [Wallet] = []
        for _ in 0..<3 { wallets.append(try await maker.wallet(store, with: 10, &bench)) }
        func round(_ amounts: [Int64]) -> UnitOfWork {
            var unit = maker.unit(10)
            unit.spends = Set(wallets.map(\.account))
            unit.postings = amounts.enumerated().map { index, amount in
                maker.line(
                    amount, from: wallets[index].account, to: wallets[(index + 1) % 3].account, of: unit.order,
                    kind: "leg\(index)")
            }
            return unit
        }
        func figures() async throws -> [Int64] {
            var found: [Int64] = []
            for wallet in wallets { found.append(try await maker.figures(store, wallet.account)?[0] ?? -1) }
            return found
        }
        await bench.commit(store, round([10, 15, 20]))
        bench.equal(try await figures(), [20, 5, 5], "a unit moves money of several wallets")
        bench.equal(
            await store.commit([round([20, 25, 31])], epoch: 1), .refused(wallets[2].account, .insufficient),
            "... of all, or of none")
        bench.equal(try await figures(), [20, 5, 5], "... and what was refused is not there")
        let (good, bad) = (round([1, 1, 1]), round([100, 1, 1]))
        let last = round([2, 2, 2])
        bench.equal(
            await store.commit([good, bad, last], epoch: 1),
            .conflict(index: 1, .ledger(LedgerRefusal(wallets[0].account, .insufficient))),
            "the conflict names the unit that was refused")
        bench.expect(try await store.orderAggregate(good.order.id) != nil, "... and those before it are there")
        bench.equal(try await store.orderAggregate(last.order.id), nil, "... and those after it are not")
    }

    /// Joined units are written with their unit or not at all, whichever of them is refused.
    private func joined(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 100, &bench)
        let account = wallet.account
        let payment = maker.hold(30, of: account)
        await bench.commit(store, payment)
        for isJoinedRefused in [true, false] {
            let (good, bad) = (maker.move(20, from: account, to: "app:x"), maker.move(71, from: account, to: "app:y"))
            var unit = isJoinedRefused ? good : bad
            unit.joined = [maker.next(payment, [.void(payment.order.id, account)])]
            if isJoinedRefused { unit.joined.append(maker.move(81, from: account, to: "app:z")) }
            let whole = await store.commit([unit], epoch: 1)
            guard isJoinedRefused else {
                bench.equal(whole, .committed, "a unit has what its joined units give back")
                bench.equal(try await maker.figures(store, account), [29, 0], "... in the same commit")
                continue
            }
            bench.equal(whole, .refused(account, .insufficient), "a joined unit is refused with its unit")
            bench.equal(try await maker.figures(store, account), [100, 30], "... and everything stays as it was")
            bench.equal(try await store.holds(of: payment.order.id).map(\.state), [.pending], "... holds, too")
            bench.equal(try await store.orderAggregate(payment.order.id)?.order.version, 1, "... and orders")
            bench.equal(try await store.balance(of: "app:x", in: .xof), nil, "... and no account is made")
        }
        var last = maker.move(40, from: account, to: "app:x")
        last.joined = [maker.move(20, from: account, to: "app:x")]
        bench.equal(
            await store.commit([last], epoch: 1), .refused(account, .insufficient),
            "a unit that is refused takes its joined units along")
        bench.equal(try await maker.figures(store, account), [29, 0], "... and their money stays")
        bench.equal(try await store.orderAggregate(last.joined[0].order.id), nil, "... and their orders are not there")
    }

    /// Who decided on what is not so any more hears of that, whatever the ledger says.
    private func stale(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 10, &bench)
        let unit = maker.move(10, from: wallet.account, to: "app:x", spends: true)
        var first = unit
        first.idempotencyRecord = bench.records.idempotencyRecord(for: unit.order)
        await bench.commit(store, first)
        bench.equal(
            await store.commit([unit], epoch: 1), .conflict(index: 0, .version),
            "an order that is there comes before money that is not")
        if let record = first.idempotencyRecord {
            var again = maker.move(10, from: wallet.account, to: "app:x", spends: true)
            again.idempotencyRecord = record
            bench.equal(
                await store.commit([again], epoch: 1), .conflict(index: 0, .idempotencyRecord(record)),
                "... as does a taken key")
        }
        var next = maker.next(
            unit, [], [maker.line(10, from: wallet.account, to: "app:x", of: unit.order, kind: "fee")])
        next.spends = [wallet.account]
        await bench.commit(store, maker.next(unit))
        bench.equal(
            await store.commit([next], epoch: 1), .conflict(index: 0, .version), "... and a version that is past")
    }

    /// Refusals among many units that are committed at one moment.
    func ledgerAtOnce(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 100, &bench)
        let account = wallet.account
        let units = (0..<64).map { index in
            index.isMultiple(of: 4)
                ? maker.move(1_000_000, from: account, to: "app:x", spends: true)
                : maker.move(3, from: account, to: LedgerAccount("app:\(index % 2)"), spends: true)
        }
        let results = await Self.atOnce(64) { index in await store.commit([units[index]], epoch: 1) }
        bench.equal(
            results.count { $0 == .committed }, 33, "of many that spend at once, as many do as there is money for")
        bench.equal(
            results.count { $0 == .refused(account, .insufficient) }, 31, "... and the others hear why they do not")
        bench.equal(try await maker.figures(store, account), [1, 0], "... and the rest is there")
        for (unit, result) in zip(units, results) {
            let isThere = try await store.orderAggregate(unit.order.id) != nil
            bench.equal(isThere, result == .committed, "exactly those that were told so are there")
        }
        let hold = maker.hold(1, of: account)
        await bench.commit(store, hold)
        let ends = await Self.atOnce(32) { index in
            let change: HoldChange =
                index.isMultiple(of: 2) ? .post(hold.order.id, account) : .void(hold.order.id, account)
            var unit = maker.unit(1)
            unit.holds = [change]
            if index.isMultiple(of: 2) { unit.postings = [maker.line(1, from: account, to: "app:x", of: unit.order)] }
            return await store.commit([unit], epoch: 1)
        }
        bench.equal(ends.count { $0 == .committed }, 1, "of many that end a hold at once one does")
        bench.equal(ends.count { $0 == .refused(account, .holdEnded) }, 31, "... and the others hear that it has ended")
        let rest = try await maker.figures(store, account) ?? []
        bench.expect(rest == [0, 0] || rest == [1, 0], "... and the money is there once")
    }
}
