import Router

/// Many at once, cancelled callers, closing and opening again.
extension StoreContractSuite {
    func concurrency(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        var order = records.order()
        await bench.commit(store, records.insert(order))
        for round in 0..<5 {
            let unit = records.update(order)
            let results = await Self.atOnce(64) { _ in await store.commit([unit], epoch: 1) }
            bench.equal(results.count { $0 == .committed }, 1, "of 64 writers exactly one wins version \(round + 2)")
            bench.equal(
                results.count { $0 == .conflict(index: 0, .version) }, 63, "... and the others hear of the conflict")
            order = unit.order
        }
        let rivals = (0..<64).map { _ in records.order(app: order.app, environment: .sandbox, key: "same") }
        let units = rivals.map { rival in
            var unit = records.insert(rival)
            unit.idempotencyRecord = records.idempotencyRecord(for: rival)
            return unit
        }
        let results = await Self.atOnce(64) { index in await store.commit([units[index]], epoch: 1) }
        let winners = results.indices.filter { results[$0] == .committed }
        bench.equal(winners.count, 1, "of 64 creates under one key exactly one wins")
        guard let winner = winners.first, let idempotencyRecord = units[winner].idempotencyRecord else { return }
        let told = results.count { $0 == .conflict(index: 0, .idempotencyRecord(idempotencyRecord)) }
        bench.equal(told, 63, "... and the others read its binding")
        var query = OrderQuery(app: order.app, environment: .sandbox, limit: 200)
        query.idempotencyKey = "same"
        bench.equal(try await store.list(query).count, 1, "one payment is there")
        let others = (0..<64).map { _ in records.order() }
        let independent = await Self.atOnce(64) { index in
            var broken = records.insert(others[index])
            if index.isMultiple(of: 8) { broken.postings = [Self.line(others[index]), Self.line(others[index])] }
            return await store.commit([broken], epoch: 1)
        }
        for (index, result) in independent.enumerated() {
            bench.expect(
                result == (index.isMultiple(of: 8) ? .refused(.posting) : .committed),
                "a broken unit harms no other that is committed at the same time")
        }
    }

    private static func line(_ order: Order) -> Posting {
        Posting(
            order.movement, kind: "collect", debit: "operator:a", credit: "app:x", amount: Money(1, .xof),
            at: order.createdAt)
    }

    static func atOnce(
        _ count: Int, _ body: @escaping @Sendable (Int) async -> CommitResult
    ) async -> [CommitResult] {
        await withTaskGroup(of: (Int, CommitResult).self) { group in
            for index in 0..<count { group.addTask { (index, await body(index)) } }
            var results = [CommitResult](repeating: .committed, count: count)
            for await (index, result) in group { results[index] = result }
            return results
        }
    }

    func cancellation(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        for _ in 0..<20 {
            let order = records.order()
            let unit = records.insert(order)
            let task = Task { await store.commit([unit], epoch: 1) }
            task.cancel()
            bench.equal(await task.value, .committed, "a cancelled caller's commit runs to its end")
            bench.expect(try await store.orderAggregate(order.id) != nil, "... and is there")
        }
    }

    func closing(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        await store.close()
        let result = await store.commit([records.insert(records.order())], epoch: 1)
        guard case .failed(let failure) = result, failure.kind == .closed else {
            return bench.record("a closed store refuses commits", "\(result)")
        }
        await bench.fails("a closed store refuses reads") { _ = try await store.orderAggregate(records.id()) }
        await bench.fails("a closed store refuses other writes") { try await store.setFact("a", "b") }
    }

    func reopening(
        _ store: any Store, _ reopen: @Sendable (any Store) async throws -> any Store, _ bench: inout Bench
    ) async throws {
        let records = bench.records
        let epoch = try await store.takeEpoch()
        let app = records.app()
        try await store.insert(app)
        try await store.insert(records.key(of: app.id))
        let endpoint = records.endpoint(app: app.id, environment: .sandbox, types: [])
        try await store.insert(endpoint)
        let person = Person(name: "anna", tokenHash: records.bytes(32...32), createdAt: records.base)
        try await store.insert(person)
        try await store.setMetadataIndex(["cart"], of: app.id, from: records.base)
        let message = records.message(state: .open(retryAt: records.base))
        _ = try await store.receive(message, limit: 9)
        try await store.setFact("master_key", "abc")
        var request = records.request()
        request.reference = "cart-1"
        let order = records.changed(records.order(app: app.id, environment: .sandbox, request: request))
        var unit = records.insert(order)
        unit.newAttempts = [records.attempt(of: order)]
        unit.evidence = [records.evidence(about: unit.newAttempts[0].id)]
        records.tell(in: &unit)
        unit.postings = posting(order.movement, records)
        unit.idempotencyRecord = records.idempotencyRecord(for: order)
        unit.discrepancies = [records.discrepancy(about: unit.newAttempts[0], of: order.id)]
        unit.claim = order.lock.map { OrderClaim(lock: $0, orders: [order.id]) }
        bench.equal(await store.commit([unit], epoch: epoch), .committed, "a unit is committed")
        _ = try await store.fanOut(at: records.base, limit: 10)
        let people = try await peopleToSurvive(store, &bench)
        let ledger = try await ledgerToSurvive(store, epoch: epoch, &bench)

        let again = try await reopen(store)
        let aggregate = OrderAggregate(stored: unit.order, attempts: unit.newAttempts)
        bench.equal(try await again.orderAggregate(order.id), aggregate, "payments survive")
        bench.equal(try await again.evidence(order.id), unit.evidence, "evidence survives")
        bench.equal(try await again.discrepancies(order.id), unit.discrepancies, "discrepancies survive")
        if let lock = order.lock {
            let claim = StoredClaim(version: 1, orders: [order.id])
            bench.equal(try await again.claim(lock), claim, "lists under locks survive")
        }
        bench.equal(try await again.postings(order.movement), unit.postings, "postings survive")
        try await survived(people, again, &bench)
        let event = unit.events[0]
        bench.equal(
            try await again.event(event.id, app: event.app, environment: event.environment), event, "events survive")
        bench.equal(try await again.apps(), [app], "apps survive")
        bench.equal(try await again.keys(of: app.id).count, 1, "keys survive")
        bench.equal(try await again.endpoints(app: nil), [endpoint], "endpoints survive")
        bench.equal(try await again.deliveries(endpoint.id, after: nil, limit: 9).count, 1, "deliveries survive")
        bench.equal(try await again.inbox(before: records.base, limit: 9), [message], "messages survive")
        bench.equal(try await again.people(), [person], "people survive")
        bench.equal(
            try await again.metadataIndex(of: app.id).names.map(\.name), ["cart"], "chosen names survive")
        bench.equal(try await again.fact("master_key"), "abc", "facts survive")
        if let key = unit.idempotencyRecord?.key {
            bench.equal(try await again.idempotencyRecord(key), unit.idempotencyRecord, "bindings survive")
        }
        try await expect(ledger, survivesIn: again, &bench)
        bench.expect(try await again.takeEpoch() > epoch, "epochs go on rising")
        await again.close()
    }
}
