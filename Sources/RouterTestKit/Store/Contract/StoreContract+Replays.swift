import Router

extension StoreContractSuite {
    /// Everything since a moment is sent again, in steps.
    func replays(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (app, now) = (records.id() as AppID, records.base.adding(seconds: 500))
        var told: [EventID] = []
        for index in 0..<10 {
            let order = records.order(app: app, environment: .sandbox)
            var unit = records.insert(order)
            let at = records.base.adding(seconds: Int64(index))
            unit.order.eventCount = 3
            let aggregate = OrderAggregate(stored: unit.order, attempts: [])
            unit.events = ["a", "b", "a"].enumerated().map { place, type in
                Event(aggregate, sequence: Int64(place + 1), type: type, at: at)
            }
            told += unit.events.filter { $0.type == "a" }.map(\.id)
            await bench.commit(store, unit)
        }
        // It is told of nothing from before it was there, and of one type only.
        let endpoint = records.endpoint(app: app, environment: .sandbox, types: ["a"])
        try await store.insert(endpoint)
        let since = records.base.adding(seconds: 4)
        var made: [Int] = []
        var after: EventID?
        while made.count < 20 {
            let step = try await store.replay(endpoint.id, since: since, after: after, limit: 5, at: now)
            made.append(step.count)
            guard let last = step.last else { break }
            after = last
        }
        bench.equal(made.reduce(0, +), 12, "everything since a moment becomes due, once")
        bench.expect(made.allSatisfy { $0 <= 5 }, "... no more than the limit at a time")
        bench.equal(try await store.waiting(endpoint.id, since: now), 12, "what waits since a moment is counted")
        bench.equal(
            try await store.waiting(endpoint.id, since: now.adding(milliseconds: 1)), 0, "... since exactly that moment"
        )
        let due = try await store.dueDeliveries(endpoint.id, before: now, limit: 100)
        bench.equal(due.map(\.event.id), Array(told.suffix(12)), "it is due in the order of the events")
        guard var first = due.first else { return }
        (first.state, first.tries, first.dueAt) = (.delivered, [records.attempt()], nil)
        try await store.record(first)
        bench.equal(try await store.waiting(endpoint.id, since: now), 11, "what was delivered waits no more")
        let again = try await store.replay(endpoint.id, since: since, after: nil, limit: 1, at: now.adding(seconds: 1))
        bench.equal(again.count, 1, "what was delivered is due again")
        let known = try await store.delivery(of: first.event.id, to: endpoint.id)
        (first.state, first.dueAt) = (.pending, now.adding(seconds: 1))
        bench.equal(known, first, "... with its earlier tries")
        let none = try await store.replay(records.id(), since: since, after: nil, limit: 9, at: now)
        bench.equal(none, ReplayedEvents(count: 0, last: nil), "an endpoint that is not there is told nothing")
    }
}
