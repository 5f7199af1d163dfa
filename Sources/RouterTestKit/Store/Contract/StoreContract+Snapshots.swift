import Router

/// Units as they followed each other, and folds of them.
extension StoreContractSuite {
    func snapshotSteps(_ store: any Store, _ bench: inout Bench) async throws {
        let empty = try await store.snapshotFold()
        bench.equal(
            [empty.unit, empty.newest, empty.lag, empty.unreadable], [0, 0, 0, 0], "at first nothing is there")
        let maker = HistoryMaker(bench.records)
        var payment = maker.succeeded(.payment, 500)
        let units = payment.units
        let refund = maker.following(.refund, &payment)
        let histories = [units, refund.units, maker.late(250).units, maker.refused(.payout, 90).units]
        for unit in histories.joined() { await bench.commit(store, unit) }
        let written = histories.joined().flatMap { $0.joined + [$0] }
        let steps = try await store.snapshotSteps(after: 0, limit: 1_000)
        bench.equal(steps.count, written.count, "every unit is a step, those that came with others, too")
        bench.expect(zip(steps, steps.dropFirst()).allSatisfy { $0.number < $1.number }, "... in the order of numbers")
        var known: [OrderID: SnapshotStep.State] = [:]
        for (step, unit) in zip(steps, written) {
            guard case .change(let before, let after) = step.content else {
                bench.record("a unit can be read", "\(step.content)")
                continue
            }
            bench.equal(after.order.id, unit.order.id, "steps come as they were committed")
            bench.equal(after.order.status, unit.order.status, "... with the order as the unit left it")
            bench.equal(after.order.request, unit.order.request, "... and what was asked for")
            bench.equal(after.attempts, unit.attempts, "... with its attempts")
            bench.equal(before?.order.version, known[unit.order.id]?.order.version, "... beside what it was before")
            bench.equal(before?.attempts, known[unit.order.id]?.attempts, "... with the attempts of then")
            bench.equal(step.at, unit.events.first?.at ?? unit.order.updatedAt, "... and when it was written")
            known[unit.order.id] = after
        }
        guard steps.count == written.count, steps.count > 5 else { return }
        let pages = try await store.snapshotSteps(after: steps[2].number, limit: 2)
        bench.equal(pages.map(\.number), steps[3...4].map(\.number), "steps come in pages")
        let second = try await store.snapshotSteps(after: steps[0].number, limit: 1).first
        if case .change(let before, _)? = second?.content {
            bench.expect(before != nil, "what an order was is known across pages")
        }
        bench.equal(try await store.snapshotFold().newest, steps.last?.number, "the newest unit is known")
        try await bookings(store, written, &bench)
    }

    private func bookings(_ store: any Store, _ written: [UnitOfWork], _ bench: inout Bench) async throws {
        let all = try await store.bookings(after: nil, limit: 100)
        let ids = Set(written.map(\.order.id)).sorted { $0.text < $1.text }
        bench.equal(all.map(\.order), ids, "what was booked is found by order")
        guard ids.count > 3 else { return }
        for booked in all {
            let units = written.filter { $0.order.id == booked.order }
            bench.equal(
                Set(booked.postings), Set(units.flatMap(\.postings)), "... all of it")
            bench.equal(booked.parent, units.first?.order.parent, "... with the order that it belongs to")
            bench.equal(booked.app, units.first?.order.app, "... and its app")
        }
        bench.equal(
            try await store.bookings(after: ids[0], limit: 2).map(\.order), Array(ids[1...2]), "... in pages")
    }

    func snapshotFolds(_ store: any Store, _ bench: inout Bench) async throws {
        var maker = SnapshotMaker(bench.records, from: SnapshotDay(bench.records.base))
        let app: AppID = bench.records.id()
        for _ in 0..<6 { maker.pay(Money(100, .xof), to: app, for: Self.lines) }
        let first = try await store.snapshotFold()
        bench.expect(try await store.fold(maker.batch(0..<4), into: first.fold, after: 0), "units are folded")
        bench.expect(
            try await !store.fold(maker.batch(0..<4), into: first.fold, after: 0), "... not a second time")
        bench.expect(
            try await !store.fold(maker.batch(6..<8), into: first.fold, after: 6), "... nor such that are not next")
        bench.expect(
            try await !store.fold(maker.batch(4..<8), into: first.fold + 7, after: 4), "... nor into nothing")
        bench.equal(try await gross(store), 200, "a refused fold writes nothing")
        bench.equal(try await store.snapshotFold().unit, 4, "a fold knows how far it is")
        bench.equal(try await store.snapshotFold().at, maker.steps[3].at, "... and when that was written")
        let forgotten = try await store.beginFold()
        let other = try await store.beginFold()
        bench.expect(
            try await !store.fold(maker.batch(0..<2), into: forgotten, after: 0), "only one fold is built at a time")
        bench.expect(try await store.fold(maker.batch(0..<2), into: other, after: 0), "another fold is built beside it")
        bench.equal(try await gross(store), 200, "... and nobody sees it")
        bench.equal(try await pieces(store, app), 4, "... nor its sales")
        bench.expect(try await !store.replaceFold(with: other), "a fold that is behind replaces nothing")
        bench.expect(try await store.fold(maker.batch(4..<8), into: first.fold, after: 4), "the present one goes on")
        for place in [2, 6] {
            bench.expect(
                try await store.fold(maker.batch(place..<place + 4), into: other, after: Int64(place)),
                "... and so does the other")
        }
        bench.expect(try await !store.replaceFold(with: forgotten), "what was given up replaces nothing")
        bench.expect(try await store.replaceFold(with: other), "one that is as far replaces it")
        bench.equal(try await store.snapshotFold().fold, other, "... and is the present one")
        bench.equal(try await gross(store), 500, "... with its rows")
        bench.equal(try await pieces(store, app), 10, "... and its sales")
        bench.expect(
            try await !store.fold(maker.batch(8..<10), into: first.fold, after: 8), "the one before goes on no more")
        var rounds = 0
        while try await store.forgetFolds(limit: 2), rounds < 100 { rounds += 1 }
        bench.expect((1..<100).contains(rounds), "what nobody needs is forgotten bit by bit")
        bench.equal(try await gross(store), 500, "... and nothing else")
        bench.equal(try await pieces(store, app), 10, "... of sales, too")
        bench.expect(try await store.fold(maker.batch(10..<12), into: other, after: 10), "the present fold goes on")
    }

    private static let lines = [LineItem(item: "salt", name: "Salt", quantity: 2, unitAmount: 50)]

    private func gross(_ store: any Store) async throws -> Int128 {
        let all = SnapshotQuery(from: SnapshotDay(number: 0), to: SnapshotDay(number: 100_000))
        return try await store.snapshots(all).reduce(0) { $0 + $1.figures[.gross] }
    }

    private func pieces(_ store: any Store, _ app: AppID) async throws -> Int128 {
        let query = SalesQuery(
            .item, app: app, environment: .sandbox, from: SnapshotDay(number: 0), to: SnapshotDay(number: 100_000),
            limit: 5)
        return try await store.sales(query).lines.first?.figures.count ?? 0
    }
}
