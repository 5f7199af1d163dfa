import Router

extension StoreContractSuite {
    func inbox(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        var messages: [InboxMessage] = []
        for index in 0..<20 {
            let message = records.message(
                receivedAt: records.base.adding(seconds: Int64(index * 7 % 20)),
                state: .open(retryAt: records.base.adding(seconds: Int64(index))))
            messages.append(message)
            bench.expect(try await store.receive(message), "a new message is taken")
        }
        var again = records.message(provider: messages[3].provider, dedupKey: messages[3].dedupKey)
        bench.expect(!(try await store.receive(again)), "a message is taken once per provider and key")
        again.provider = "another"
        bench.expect(try await store.receive(again), "another provider may use the same key")
        try await store.settle(again.id, .orphaned)

        let sorted = messages.sorted { ($0.receivedAt, $0.id.text) < ($1.receivedAt, $1.id.text) }
        let end = records.base.adding(seconds: 100)
        bench.equal(try await store.inbox(before: end, limit: 100), sorted, "open messages come whole, oldest first")
        let early = sorted.filter { message in
            guard case .open(let retryAt) = message.state else { return false }
            return retryAt <= records.base.adding(seconds: 9)
        }
        let due = try await store.inbox(before: records.base.adding(seconds: 9), limit: 4)
        bench.equal(due, Array(early.prefix(4)), "only what is due counts; the limit holds")

        try await store.settle(messages[0].id, .applied)
        try await store.settle(messages[1].id, .orphaned)
        try await store.settle(messages[2].id, .open(retryAt: end.adding(seconds: 1)))
        try await store.settle(records.id(), .applied)
        let rest = try await store.inbox(before: end, limit: 100).map(\.id)
        bench.expect(!rest.contains { messages.prefix(3).map(\.id).contains($0) }, "settled messages are not due")
        bench.equal(rest.count, 17, "the others still are")
        let later = try await store.inbox(before: end.adding(seconds: 1), limit: 100).map(\.id)
        bench.expect(later.contains(messages[2].id), "a postponed message is due later")
        bench.expect(!(try await store.receive(messages[0])), "an applied message is still known")
    }

    func inboxOfUnits(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let message = records.message(state: .open(retryAt: records.base))
        _ = try await store.receive(message)
        let order = records.order()
        await bench.commit(store, records.insert(order))
        var stale = records.insert(order)
        stale.inboxDone = message.id
        _ = await store.commit([stale], epoch: 1)
        let open = try await store.inbox(before: records.base, limit: 10)
        bench.equal(open, [message], "a unit that conflicts settles no message")
        var unit = records.update(order)
        unit.inboxDone = message.id
        await bench.commit(store, unit)
        bench.equal(try await store.inbox(before: records.base, limit: 10), [], "a unit settles its message")
    }

    func events(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        var all: [Event] = []
        for index in 0..<12 {
            let order = records.order(
                app: index % 4 == 3 ? records.id() : app, environment: index % 3 == 0 ? .sandbox : .production)
            var unit = records.insert(order)
            unit.events = (1...3).map {
                records.event(of: order, sequence: $0, type: $0 == 2 ? "payment.succeeded" : "payment.created")
            }
            all += unit.events
            await bench.commit(store, unit)
        }
        let mine = Array(all.filter { $0.app == app && $0.environment == .production }.reversed())
        func page(
            _ order: OrderID? = nil, _ type: String? = nil, _ after: EventID? = nil, _ limit: Int = 100
        )
            async throws -> [Event]
        {
            try await store.events(
                app: app, environment: .production, order: order, type: type, after: after, limit: limit)
        }
        bench.equal(try await page(), mine, "events come whole, newest first, of one app and environment")
        let order = mine[4].order
        bench.equal(try await page(order), mine.filter { $0.order == order }, "events of one payment")
        let type = "payment.succeeded"
        bench.equal(try await page(nil, type), mine.filter { $0.type == type }, "events of one type")
        bench.equal(try await page(nil, nil, mine[4].id, 5), Array(mine[5..<10]), "a page begins after its cursor")
        bench.equal(try await page(nil, nil, records.id()), [], "a cursor that is not there shows nothing")
        bench.equal(try await store.event(mine[2].id), mine[2], "an event is found by its id")
        bench.equal(try await store.event(records.id()), nil, "an event that is not there is nil")
    }
}
