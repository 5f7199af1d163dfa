import Router

/// What people have to look at, and who they are.
extension StoreContractSuite {
    func reviews(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        var orders: [Order] = []
        for index in 0..<12 {
            var order = records.order(app: app)
            order.review = nil
            order.status = index.isMultiple(of: 2) ? .succeeded : .underReview
            let unit = records.insert(order)
            await bench.commit(store, unit)
            var changed = records.update(unit.order)
            changed.order.status = order.status
            changed.order.review =
                index < 8 ? Review(reason: index < 5 ? .discrepancy : .conflict, since: records.moment()) : nil
            await bench.commit(store, changed)
            orders.append(changed.order)
        }
        func listed(_ filter: OrderQuery.ReviewFilter?, limit: Int = 100) async throws -> [OrderID] {
            var query = OrderQuery(app: app, environment: nil, limit: limit)
            query.kind = nil
            query.review = filter
            return try await store.list(query).map(\.id)
        }
        func expected(_ matches: (Order) -> Bool) -> [OrderID] {
            orders.filter(matches).map(\.id).sorted { $0.text > $1.text }
        }
        bench.equal(try await listed(nil), expected { _ in true }, "without a filter all orders are listed")
        bench.equal(
            try await listed(.any), expected { $0.review != nil }, "open reviews are listed, whatever the status")
        bench.equal(
            try await listed(.reason(.conflict)), expected { $0.review?.reason == .conflict }, "... or by their reason")
        bench.equal(try await listed(.reason(.outcomeUnknown)), [], "... and only those")
        var counted = OrderQuery(app: app, environment: nil)
        (counted.kind, counted.review) = (nil, .any)
        bench.equal(
            try await store.sums(counted).map(\.count).reduce(0, +), Int64(expected { $0.review != nil }.count),
            "... which sums count")
        var ended = records.update(orders[0])
        ended.order.review = nil
        await bench.commit(store, ended)
        bench.equal(
            try await listed(.any).contains(orders[0].id), false, "a review that ended is not listed any more")
        try await reviewsOfDecisions(store, &bench)
    }

    func openOrders(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        bench.equal(try await store.openOrders(), [:], "an empty store has nothing open")
        let due = TimerEntry(at: records.base, queue: .engine)
        let review = Review(reason: .outcomeUnknown, since: records.base)
        let missing = Review(reason: .providerMissing, since: records.base)
        let cases: [(ProviderID, AttemptState, TimerEntry?, Review?, isOpen: Bool)] = [
            ("a", .pending, due, nil, true), ("a", .unknown, nil, review, true), ("a", .rejected, due, nil, false),
            ("b", .conflict, nil, review, true), ("b", .succeeded, due, nil, true),
            ("b", .succeeded, nil, review, false), ("b", .succeeded, nil, missing, true),
            ("b", .succeeded, nil, nil, false),
        ]
        var open: [ProviderID: [OrderID]] = [:]
        var exposed: Set<ExposedAttempt> = []
        var places: [OpenPlace: Int] = [:]
        for (provider, state, due, review, isOpen) in cases {
            var order = records.order()
            (order.due, order.review) = (due, review)
            var unit = records.insert(order)
            let attempt = Attempt(
                id: records.id(), of: order, ordinal: 1, provider: provider, channel: "card",
                scope: state == .unknown ? "t" : "s", reference: order.id.text,
                createdAt: records.base, epoch: 1, state: state, history: [])
            unit.newAttempts = [attempt]
            await bench.commit(store, unit)
            if isOpen {
                open[provider, default: []].append(order.id)
                let place = OpenPlace(
                    provider: provider, scope: attempt.scope, operation: order.purpose, count: 0)
                places[place, default: 0] += 1
            }
            if [.unknown, .conflict].contains(state) {
                exposed.insert(ExposedAttempt(id: attempt.id, provider: provider, amount: attempt.amount))
            }
        }
        bench.equal(
            try await store.openOrders(), open.mapValues(\.count), "open orders are counted by provider")
        let found = try await store.openPlaces()
        bench.equal(
            found.reduce(into: [:]) { counts, place in
                var key = place
                key.count = 0
                counts[key, default: 0] += place.count
            }, places, "... and by scope and operation")
        bench.equal(found.count, places.count, "... each place once")
        for (provider, ids) in open {
            bench.equal(
                try await store.openOrders(at: provider), ids.sorted { $0.text < $1.text },
                "... and found, oldest first")
        }
        bench.equal(try await store.openOrders(at: "c"), [], "nothing is open at others")
        bench.equal(Set(try await store.exposed()), exposed, "money in doubt is found")
    }

    func proofs(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        func unit(_ key: String?) -> UnitOfWork {
            let order = records.order()
            var unit = records.insert(order)
            var attempt = Attempt(
                id: records.id(), of: order, ordinal: 1, provider: "a", channel: "card", scope: "s",
                reference: order.id.text, createdAt: records.base, epoch: 1,
                state: .succeeded, history: [])
            attempt.operatorReference = "op-\(order.id)"
            attempt.proofKey = key
            unit.newAttempts = [attempt]
            return unit
        }
        let first = unit("one")
        await bench.commit(store, first)
        await bench.commit(store, unit("two"))
        await bench.commit(store, unit(nil))
        await bench.commit(store, unit(nil))
        bench.equal(
            await store.commit([unit("one")], epoch: 1),
            .refused(.proof), "one operator reference proves one attempt")
        // A later change that does not name the key keeps it.
        var again = records.update(first.order)
        again.changedAttempts = first.newAttempts.map { attempt in
            var attempt = attempt
            attempt.proofKey = nil
            attempt.checks += 1
            return attempt
        }
        await bench.commit(store, again)
        bench.equal(
            await store.commit([unit("one")], epoch: 1),
            .refused(.proof), "... also after the attempt was changed")
        var same = records.update(again.order)
        same.changedAttempts = first.newAttempts
        await bench.commit(store, same)
    }

    func people(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        bench.equal(try await store.people(), [], "nobody may sign in an empty store")
        var anna = Person(name: "anna", tokenHash: records.bytes(32...32), createdAt: records.base)
        let ben = Person(name: "ben", tokenHash: records.bytes(32...32), createdAt: records.base.adding(seconds: 1))
        try await store.insert(ben)
        try await store.insert(anna)
        bench.equal(try await store.people(), [anna, ben], "people come back, oldest first")
        let taken = anna
        await bench.fails("a name is one person's") { try await store.insert(taken) }
        await bench.fails("a token is one person's") {
            try await store.insert(Person(name: "cleo", tokenHash: ben.tokenHash, createdAt: records.base))
        }
        anna.revokedAt = records.moment()
        try await store.update(anna)
        bench.equal(try await store.person(named: "anna"), anna, "a person can be changed")
        bench.equal(try await store.person(named: "Anna"), nil, "... and found by the exact name only")
        try await store.update(Person(name: "dora", tokenHash: records.bytes(32...32), createdAt: records.base))
        bench.equal(try await store.people(), [anna, ben], "changing a person who is not there does nothing")
    }
}
