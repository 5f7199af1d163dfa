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
            bench.equal(try await store.receive(message, limit: 100), .taken, "a new message is taken")
        }
        var again = records.message(provider: messages[3].provider, dedupKey: messages[3].dedupKey)
        bench.equal(
            try await store.receive(again, limit: 100), .known, "a message is taken once per provider and key")
        again.provider = "another"
        bench.equal(try await store.receive(again, limit: 100), .taken, "another provider may use the same key")
        try await store.finish(again.id, .orphaned)

        let sorted = messages.sorted { ($0.receivedAt, $0.id.text) < ($1.receivedAt, $1.id.text) }
        let end = records.base.adding(seconds: 100)
        bench.equal(try await store.inbox(before: end, limit: 100), sorted, "open messages come whole, oldest first")
        let early = sorted.filter { message in
            guard case .open(let retryAt) = message.state else { return false }
            return retryAt <= records.base.adding(seconds: 9)
        }
        let due = try await store.inbox(before: records.base.adding(seconds: 9), limit: 4)
        bench.equal(due, Array(early.prefix(4)), "only what is due counts; the limit holds")

        try await store.finish(messages[0].id, .applied)
        try await store.finish(messages[1].id, .orphaned)
        try await store.finish(messages[2].id, .open(retryAt: end.adding(seconds: 1)))
        try await store.finish(records.id(), .applied)
        let rest = try await store.inbox(before: end, limit: 100).map(\.id)
        bench.expect(!rest.contains { messages.prefix(3).map(\.id).contains($0) }, "finished messages are not due")
        bench.equal(rest.count, 17, "the others still are")
        let later = try await store.inbox(before: end.adding(seconds: 1), limit: 100).map(\.id)
        bench.expect(later.contains(messages[2].id), "a postponed message is due later")
        bench.equal(try await store.receive(messages[0], limit: 100), .known, "an applied message is still known")
    }

    /// What is left to people.
    func unmatched(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        var left: [InboxMessage] = []
        for trust in InboxMessage.Trust.allCases {
            for state in [InboxMessage.State.open(retryAt: records.base), .applied, .orphaned] {
                var message = records.message(trust: trust, state: .open(retryAt: records.base))
                _ = try await store.receive(message, limit: 100)
                if state != message.state { try await store.finish(message.id, state) }
                message.state = state
                bench.equal(try await store.inboxMessage(message.id), message, "a message is found by its id")
                if trust.isBelieved, state != .applied { left.append(message) }
            }
        }
        left.sort { $0.id.text < $1.id.text }
        bench.equal(
            try await store.unmatched(after: nil, limit: 100), left, "what is believed and not applied, oldest first")
        let page = try await store.unmatched(after: left[1].id, limit: 2)
        bench.equal(page, Array(left[2...3]), "one page, behind the one before")
        bench.equal(try await store.inboxMessage(records.id()), nil, "there is no such message")
    }

    func inboxOfUnits(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let message = records.message(state: .open(retryAt: records.base))
        _ = try await store.receive(message, limit: 100)
        let order = records.order()
        await bench.commit(store, records.insert(order))
        var stale = records.insert(order)
        stale.inboxDone = message.id
        _ = await store.commit([stale], epoch: 1)
        let open = try await store.inbox(before: records.base, limit: 10)
        bench.equal(open, [message], "a unit that conflicts finishes no message")
        var unit = records.update(order)
        unit.inboxDone = message.id
        await bench.commit(store, unit)
        bench.equal(try await store.inbox(before: records.base, limit: 10), [], "a unit finishes its message")
    }

    func inboxKeys(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let ids = records.several(4...4) { records.id() as InboxID }.sorted { $0.text < $1.text }
        func put(_ id: InboxID, _ provider: ProviderID, _ key: String) async throws -> InboxMessage {
            var message = records.message(provider: provider, dedupKey: key)
            message.id = id
            _ = try await store.receive(message, limit: 100)
            return message
        }
        let first = try await put(ids[0], "a", "id:1:x:one")
        let same = try await put(ids[1], "a", "id:1:x:two")
        let other = try await put(ids[2], "a", "id:1:y:three")
        let elsewhere = try await put(ids[3], "b", "id:1:z:four")
        for (message, own, holds) in [
            (first, "id:1:x:", false), (same, "id:1:x:", false), (other, "id:1:y:", true),
            (elsewhere, "id:1:z:", false),
        ] {
            bench.equal(
                try await store.holdsEarlier(than: message, keys: "id:1:", butNot: own), holds,
                "an earlier message about another transaction is found: \(message.dedupKey)")
        }
        bench.equal(
            try await store.holdsEarlier(than: other, keys: "id:2:", butNot: "id:2:y:"), false,
            "... and only with the same id")
    }

    /// Strangers and operators are counted apart, and each provider alone.
    func inboxLimits(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let open = InboxMessage.State.open(retryAt: records.base)
        func put(_ trust: InboxMessage.Trust, _ provider: ProviderID = "a", limit: Int = 2) async throws -> InboxReceipt
        {
            try await store.receive(records.message(provider: provider, trust: trust, state: open), limit: limit)
        }
        bench.equal(try await put(.stranger), .taken, "the first stranger is taken")
        let second = records.message(provider: "a", trust: .unread, state: open)
        bench.equal(try await store.receive(second, limit: 2), .taken, "what nobody could read counts as a stranger")
        bench.equal(try await put(.stranger), .full, "then it is full for strangers")
        bench.equal(try await put(.unread), .full, "and for what nobody could read")
        bench.equal(try await put(.stranger, "b"), .taken, "another provider has room of its own")
        for trust in [InboxMessage.Trust.signed, .listed] {
            bench.equal(try await put(trust), .taken, "strangers do not use up an operator's room")
        }
        bench.equal(try await put(.signed), .full, "which has an end as well")
        bench.equal(try await store.receive(second, limit: 0), .known, "a known message is known however full it is")
        try await store.finish(second.id, .applied)
        bench.equal(try await put(.stranger), .taken, "what is finished makes room")
        let rest = try await store.totals().inboxByTrust
        bench.equal(rest, [.stranger: 3, .signed: 1, .listed: 1], "open messages are counted by who sent them")
    }

    /// What strangers say of an attempt: the newest stay, and never in place of the operator's.
    func hints(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (attempt, other): (AttemptID, AttemptID) = (records.id(), records.id())
        func hint(_ key: String, _ second: Int64, _ attempt: AttemptID) -> InboxMessage {
            records.message(
                provider: "a", dedupKey: key, trust: .stranger, attempt: attempt,
                receivedAt: records.base.adding(seconds: second), state: .applied)
        }
        let others = hint("other", 0, other)
        try await store.keep(others, newest: 3)
        var kept: [InboxMessage] = []
        for number in 1...5 {
            kept.append(hint("h\(number)", Int64(number), attempt))
            try await store.keep(kept[number - 1], newest: 3)
        }
        bench.equal(
            try await store.hints(about: attempt), [kept[4], kept[3], kept[2]], "the newest stay, newest first")
        let again = hint("h3", 9, attempt)
        try await store.keep(again, newest: 3)
        bench.equal(
            try await store.hints(about: attempt), [again, kept[4], kept[3]], "an equal one takes the place of the old")
        bench.equal(try await store.hints(about: other), [others], "another attempt has its own")

        let real = records.message(provider: "a", dedupKey: "real", trust: .signed, state: .applied)
        _ = try await store.receive(real, limit: 9)
        try await store.keep(hint("real", 10, attempt), newest: 3)
        bench.expect(
            try await store.hints(about: attempt) == [again, kept[4], kept[3]],
            "a believed message never makes room for a stranger's")

        let unread = records.message(
            provider: "a", dedupKey: "later", trust: .unread, state: .open(retryAt: records.base))
        _ = try await store.receive(unread, limit: 9)
        bench.expect(
            !(try await store.recognise(unread.id, as: .signed, dedupKey: "real")), "a key that is taken is told")
        bench.expect(try await store.recognise(unread.id, as: .signed, dedupKey: "mine"), "a free key is taken")
        var read = unread
        (read.trust, read.dedupKey) = (.signed, "mine")
        bench.equal(try await store.inbox(before: records.base, limit: 9), [read], "a message is what was found in it")
        bench.expect(
            !(try await store.recognise(records.id(), as: .signed, dedupKey: "x")), "what is not there is told")
        try await store.drop([unread.id, again.id, records.id()])
        bench.equal(try await store.inbox(before: records.base, limit: 9), [], "dropped messages are gone")
        bench.equal(try await store.hints(about: attempt), [kept[4], kept[3]], "and with their attempts, too")
        bench.equal(try await store.receive(read, limit: 9), .taken, "a dropped message's key is free again")
    }

    func events(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        var all: [Event] = []
        for index in 0..<12 {
            let order = records.order(
                app: index % 4 == 3 ? records.id() : app, environment: index % 3 == 0 ? .sandbox : .production)
            var unit = records.insert(order)
            records.tell(["payment.created", "payment.succeeded", "payment.created"], in: &unit)
            all += unit.events
            await bench.commit(store, unit)
        }
        let mine = all.filter { $0.app == app && $0.environment == .production }.sorted { $0.id.text > $1.id.text }
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
        let between = EventID(at: mine[3].at, of: mine[3].order, number: 99)
        let rest = mine.filter { $0.id.text < between.text }
        bench.equal(try await page(nil, nil, between), rest, "a cursor that is no event is a place between them")
        let event = mine[2]
        bench.equal(
            try await store.event(event.id, app: app, environment: .production), event, "an event is found by its id")
        bench.equal(try await store.event(event.id, app: app, environment: .sandbox), nil, "... where it belongs")
        bench.equal(
            try await store.event(event.id, app: records.id(), environment: .production), nil, "... and to whom")
        for id in [records.id(), between] {
            bench.equal(
                try await store.event(id, app: app, environment: .production), nil, "an event that is not there is nil")
        }
    }
}
