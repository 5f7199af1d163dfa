import Router

/// Money that is set aside: pending, then posted or voided, once.
extension StoreContractSuite {
    func accountHolds(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let wallet = try await maker.wallet(store, with: 1_000, &bench)
        let (account, app) = (wallet.account, LedgerAccount.app(maker.app))
        let end = bench.records.moment()
        let whole = maker.hold(300, of: account, endsAt: end)
        let (part, none) = (maker.hold(200, of: account), maker.hold(100, of: account))
        await bench.commit(store, whole, part, none)
        bench.equal(try await store.holds(of: bench.records.id()), [], "an order without holds has none")
        for unit in [whole, part, none] {
            guard case .place(let hold, _)? = unit.holds.first else { continue }
            bench.equal(try await store.holds(of: unit.order.id), [hold], "a hold comes back as it was placed")
        }
        bench.equal(try await maker.figures(store, account), [1_000, 600], "holds add up")
        await bench.commit(
            store,
            maker.next(
                whole, [.post(whole.order.id, account)], [maker.line(300, from: account, to: app, of: whole.order)]))
        bench.equal(try await maker.figures(store, account), [700, 300], "a hold is used")
        await bench.commit(
            store,
            maker.next(part, [.post(part.order.id, account)], [maker.line(70, from: account, to: app, of: part.order)]))
        bench.equal(try await maker.figures(store, account), [630, 100], "what is not used of a hold is free")
        await bench.commit(store, maker.next(none, [.void(none.order.id, account)]))
        bench.equal(try await maker.figures(store, account), [630, 0], "a hold is given back")
        for (unit, state) in [(whole, Hold.State.posted), (part, .posted), (none, .voided)] {
            bench.equal(
                try await store.holds(of: unit.order.id).map(\.state), [state], "what became of a hold is kept")
            var next = unit
            next.order.version = 2
            for change in [HoldChange.post(unit.order.id, account), .void(unit.order.id, account)] {
                bench.equal(
                    await store.commit([maker.next(next, [change])], epoch: 1), .refused(account, .holdEnded),
                    "a hold ends once")
            }
        }
        let stranger = maker.unit(1)
        await bench.commit(store, stranger)
        for change in [HoldChange.post(stranger.order.id, account), .void(stranger.order.id, account)] {
            bench.equal(
                await store.commit([maker.next(stranger, [change])], epoch: 1), .refused(account, .holdEnded),
                "what was never held cannot be ended")
        }
        bench.equal(try await maker.figures(store, account), [630, 0], "... and nothing is changed by it")
        try await severalHolds(store, &bench)
        try await ceilings(store, &bench)
    }

    /// An order holds of several accounts, and of each once; its step may end what another one placed.
    private func severalHolds(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let first = try await maker.wallet(store, with: 100, &bench)
        let second = try await maker.wallet(store, with: 100, &bench)
        var unit = maker.hold(60, of: first.account)
        unit.holds.append(
            .place(
                Hold(order: unit.order.id, account: second.account, amount: unit.order.amount, at: maker.records.base)))
        await bench.commit(store, unit)
        let placed = try await store.holds(of: unit.order.id)
        bench.equal(
            placed.map(\.account), [first.account, second.account].sorted(), "an order's holds come by account")
        var again = maker.next(unit)
        again.holds = [
            .place(Hold(order: unit.order.id, account: first.account, amount: Money(1, .xof), at: maker.records.base))
        ]
        bench.equal(await store.commit([again], epoch: 1), .refused(.hold), "an order holds of an account once")
        var double = maker.hold(1, of: first.account)
        double.holds += double.holds
        bench.equal(await store.commit([double], epoch: 1), .refused(.hold), "... also within one step")
        bench.equal(try await maker.figures(store, first.account), [100, 60], "... and nothing is changed by it")
        var capture = maker.unit(60)
        capture.holds = [.post(unit.order.id, first.account)]
        capture.postings = [maker.line(60, from: first.account, to: second.account, of: capture.order)]
        await bench.commit(store, capture)
        bench.equal(try await maker.figures(store, first.account), [40, 0], "another order may end a hold")
        bench.equal(try await maker.figures(store, second.account), [160, 60], "... and leaves the others")
        bench.equal(
            Set(try await store.holds(of: unit.order.id).map(\.state)), [.posted, .pending], "... each by itself")
        await bench.commit(store, maker.next(unit, [.void(unit.order.id, second.account)]))
        var turn = maker.hold(5, of: first.account)
        turn.holds.append(.post(turn.order.id, first.account))
        await bench.commit(store, turn)
        bench.equal(
            try await store.holds(of: turn.order.id).map(\.state), [.posted], "a hold may end in the step that made it")
        bench.equal(try await maker.figures(store, first.account), [40, 0], "... and holds nothing then")
    }

    /// A ceiling is for all that is held of an account, whatever its balance.
    private func ceilings(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = LedgerMaker(bench.records)
        let account = LedgerAccount("operator:float")
        bench.equal(
            await store.commit([maker.hold(101, of: account, ceiling: 100)], epoch: 1), .refused(account, .limit),
            "a ceiling refuses more than it lets through")
        bench.equal(try await store.balance(of: account, in: .xof), nil, "... and a refusal makes no account")
        let first = maker.hold(60, of: account, ceiling: 100)
        await bench.commit(store, first)
        bench.equal(
            await store.commit([maker.hold(41, of: account, ceiling: 100)], epoch: 1), .refused(account, .limit),
            "a ceiling counts what is held already")
        await bench.commit(store, maker.hold(40, of: account, ceiling: 100))
        bench.equal(try await maker.figures(store, account), [0, 100], "up to a ceiling everything is held")
        await bench.commit(store, maker.next(first, [.void(first.order.id, account)]))
        await bench.commit(store, maker.hold(60, of: account, ceiling: 100))
        await bench.commit(store, maker.hold(1_000, of: account))
        bench.equal(try await maker.figures(store, account), [0, 1_100], "without one there is no end")
    }
}
