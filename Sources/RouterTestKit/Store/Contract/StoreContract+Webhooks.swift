import Router

extension StoreContractSuite {
    /// Commits a payment of an app with one event of each type.
    private func events(
        _ store: any Store, _ bench: inout Bench, app: AppID, environment: PayEnvironment = .sandbox, types: [String]
    ) async -> [Event] {
        let order = bench.records.order(app: app, environment: environment)
        var unit = bench.records.insert(order)
        bench.records.tell(types, in: &unit)
        await bench.commit(store, unit)
        return unit.events
    }

    func fanOut(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (app, now) = (records.id() as AppID, records.base)
        bench.equal(try await store.fanOut(at: now, limit: 10), 0, "without endpoints nothing is made")
        _ = await events(store, &bench, app: app, types: ["a"])
        let all = records.endpoint(app: app, environment: .sandbox, types: [])
        let some = records.endpoint(app: app, environment: .sandbox, types: ["b", "c"])
        let off = records.endpoint(app: app, environment: .sandbox, types: [], isEnabled: false)
        let elsewhere = records.endpoint(app: app, environment: .production, types: [])
        let stranger = records.endpoint(environment: .sandbox, types: [])
        for endpoint in [all, some, off, elsewhere, stranger] { try await store.insert(endpoint) }
        bench.equal(try await store.fanOut(at: now, limit: 10), 0, "events before an endpoint are not for it")

        let made = await events(store, &bench, app: app, types: ["a", "b", "a", "c"])
        bench.equal(try await store.fanOut(at: now, limit: 100), 6, "each endpoint gets the types it wants")
        bench.equal(try await store.fanOut(at: now, limit: 100), 0, "... once")
        let due = try await store.dueDeliveries(all.id, before: now, limit: 100)
        let expected = made.map { Delivery(endpoint: all.id, event: $0, state: .pending, tries: [], dueAt: now) }
        bench.equal(due, expected, "deliveries are due at once, oldest event first, with what the event tells")
        let few = try await store.dueDeliveries(some.id, before: now, limit: 100)
        bench.equal(few.map(\.event), [made[1], made[3]], "... of the wanted types")
        for endpoint in [off, elsewhere, stranger] {
            let none = try await store.dueDeliveries(endpoint.id, before: now, limit: 100)
            bench.equal(none, [], "disabled endpoints, other environments and other apps get nothing")
        }

        for _ in 0..<4 { _ = await events(store, &bench, app: app, types: ["a", "a", "b"]) }
        var (total, rounds) = (0, 0)
        while rounds < 50 {
            let count = try await store.fanOut(at: now, limit: 5)
            bench.expect(count <= 5, "the limit holds")
            if count == 0 { break }
            total += count
            rounds += 1
        }
        bench.equal(total, 16, "rounds until nothing is made give everything once")
        var enabled = off
        enabled.isEnabled = true
        try await store.update(enabled)
        bench.equal(try await store.fanOut(at: now, limit: 100), 16, "an endpoint enabled later gets what it missed")
        var wider = some
        wider.types = []
        try await store.update(wider)
        bench.equal(try await store.fanOut(at: now, limit: 100), 0, "events passed over once are not given later")
    }

    func deliveries(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (app, now) = (records.id() as AppID, records.base)
        let endpoint = records.endpoint(app: app, environment: .sandbox, types: [])
        try await store.insert(endpoint)
        bench.equal(try await store.nextDelivery(), nil, "nothing is due where there is nothing")
        let made = await events(store, &bench, app: app, types: ["a", "b", "c", "d"])
        _ = try await store.fanOut(at: now, limit: 100)
        bench.equal(try await store.nextDelivery(), now, "new deliveries are due at once")
        var list = try await store.dueDeliveries(endpoint.id, before: now, limit: 100)
        guard list.count == 4 else { return bench.record("four deliveries are made", "\(list.count)") }
        list[0].state = .delivered
        list[0].tries = [records.attempt()]
        list[0].dueAt = nil
        list[1].tries = [records.attempt(), records.attempt()]
        list[1].dueAt = now.adding(seconds: 5)
        list[1].body = records.bytes(1...300)
        list[2].state = .dead
        list[2].dueAt = nil
        for delivery in list.prefix(3) { try await store.record(delivery) }
        let stored = try await store.deliveries(endpoint.id, after: nil, limit: 100)
        bench.equal(stored, list.reversed(), "deliveries come back as recorded, newest first")
        for delivery in list {
            let one = try await store.delivery(of: delivery.event.id, to: endpoint.id)
            bench.equal(one, delivery, "one delivery is found by its event")
        }
        bench.equal(try await store.delivery(of: records.id(), to: endpoint.id), nil, "... and by no other")
        bench.equal(try await store.delivery(of: made[0].id, to: records.id()), nil, "... at its endpoint only")
        let page = try await store.deliveries(endpoint.id, after: made[2].id, limit: 1)
        bench.equal(page, [list[1]], "a page begins after its cursor")
        let due = try await store.dueDeliveries(endpoint.id, before: now, limit: 100)
        bench.equal(due, [list[3]], "delivered, dead and later ones are not due")
        let later = try await store.dueDeliveries(endpoint.id, before: now.adding(seconds: 5), limit: 9)
        bench.equal(later, [list[3], list[1]], "what has waited longest comes first")
        let first = try await store.dueDeliveries(endpoint.id, before: now.adding(seconds: 5), limit: 1)
        bench.equal(first, [list[3]], "the limit holds")
        bench.equal(try await store.totals().deliveries, 2, "open deliveries are counted")

        var off = endpoint
        off.isEnabled = false
        try await store.update(off)
        bench.equal(try await store.nextDelivery(), nil, "a disabled endpoint has no next delivery")
        try await store.delete(endpoint.id)
        try await store.record(list[3])
        bench.equal(
            try await store.deliveries(endpoint.id, after: nil, limit: 9), [], "deliveries go with their endpoint")
        bench.equal(try await store.totals().deliveries, 0, "... and are not counted any more")
    }

    func redelivery(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (app, now) = (records.id() as AppID, records.base)
        let endpoint = records.endpoint(app: app, environment: .sandbox, types: [])
        try await store.insert(endpoint)
        let made = await events(store, &bench, app: app, types: ["a", "b", "c", "d", "e"])
        _ = try await store.fanOut(at: now, limit: 100)
        var list = try await store.dueDeliveries(endpoint.id, before: now, limit: 100)
        guard list.count == 5 else { return bench.record("five deliveries are made", "\(list.count)") }
        func failed(at moment: Moment) -> [Delivery.Try] {
            [Delivery.Try(at: moment, status: 500, detail: "", milliseconds: 1)]
        }
        list[0].tries = failed(at: now.adding(seconds: 10))
        list[0].state = .delivered
        list[1].tries = failed(at: now.adding(seconds: 10))
        list[1].state = .dead
        list[2].tries = failed(at: now.adding(seconds: 20))
        list[3].tries = failed(at: now.adding(seconds: 5))
        list[3].state = .dead
        for index in 0..<4 {
            list[index].dueAt = list[index].state == .pending ? now.adding(seconds: 9_999) : nil
            try await store.record(list[index])
        }
        let later = now.adding(seconds: 100)
        let since = now.adding(seconds: 10)
        let count = try await store.redeliver(endpoint.id, event: nil, failedSince: since, at: later)
        bench.equal(count, 2, "what failed since a moment becomes due; delivered, earlier and untried ones do not")
        let one = try await store.redeliver(endpoint.id, event: made[0].id, failedSince: nil, at: later)
        bench.equal(one, 1, "one event becomes due, delivered or not")
        let none = try await store.redeliver(endpoint.id, event: records.id(), failedSince: nil, at: later)
        bench.equal(none, 0, "an event that is not there becomes nothing")
        for index in 0..<3 {
            list[index].state = .pending
            list[index].dueAt = later
        }
        let due = try await store.dueDeliveries(endpoint.id, before: later, limit: 100)
        bench.equal(due, [list[4], list[0], list[1], list[2]], "they are due with their earlier tries")
    }
}
