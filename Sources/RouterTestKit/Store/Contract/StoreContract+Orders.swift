import Router

/// What holds between orders.
extension StoreContractSuite {
    /// A payment and its refund become durable together or not at all.
    func joinedUnits(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let payment = records.order()
        await bench.commit(store, records.insert(payment))
        let refund = records.order(id: records.id(.refund), parent: payment.id)
        var unit = records.insert(refund)
        unit.idempotencyRecord = records.idempotencyRecord(for: refund, operation: "refund.create")
        unit.joined = [records.update(payment)]
        await bench.commit(store, unit)
        bench.equal(try await store.orderAggregate(payment.id)?.order.version, 2, "the joined unit is written")
        bench.equal(try await store.orderAggregate(refund.id)?.order, refund, "the unit itself is written")

        let second = records.order(id: records.id(.refund), parent: payment.id)
        var stale = records.insert(second)
        stale.joined = [records.update(payment)]
        bench.equal(
            await store.commit([stale], epoch: 1), .conflict(index: 0, .version), "a stale joined unit refuses both")
        bench.equal(try await store.orderAggregate(second.id), nil, "... and nothing of them is written")

        let current = try await store.orderAggregate(payment.id)?.order ?? payment
        var taken = records.insert(second)
        taken.idempotencyRecord = unit.idempotencyRecord
        taken.joined = [records.update(current)]
        let bystander = records.order()
        let result = await store.commit([records.insert(bystander), taken], epoch: 1)
        if let idempotencyRecord = unit.idempotencyRecord {
            bench.equal(result, .conflict(index: 1, .idempotencyRecord(idempotencyRecord)), "a taken key refuses both")
        }
        bench.equal(try await store.orderAggregate(payment.id)?.order.version, 2, "... the joined unit is undone")
        bench.equal(try await store.orderAggregate(bystander.id)?.order, bystander, "... and the unit before it stands")
    }

    /// One open prompt per wallet, where the operator can show only one.
    func promptLocks(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        func unit(_ lock: String?, _ state: AttemptState) -> (UnitOfWork, Order, Attempt) {
            let order = records.order()
            var insert = records.insert(order)
            var attempt = records.attempt(of: order, state: state)
            attempt.promptLock = lock
            insert.newAttempts = [attempt]
            return (insert, order, attempt)
        }
        let (first, order, attempt) = unit("flooz|+22896000001", .pending)
        await bench.commit(store, first)
        let refused = await store.commit([unit("flooz|+22896000001", .sending).0], epoch: 1)
        bench.equal(
            refused, .refused(.openPrompt), "an open prompt keeps another out")
        await bench.commit(store, unit("flooz|+22896000002", .pending).0)
        await bench.commit(store, unit(nil, .pending).0)
        var update = records.update(order)
        var ended = records.changed(attempt, of: order, state: .succeeded)
        ended.promptLock = attempt.promptLock
        update.changedAttempts = [ended]
        await bench.commit(store, update)
        await bench.commit(store, unit("flooz|+22896000001", .pending).0)
        // A prompt that is over frees its wallet, though nobody knows yet what became of the payment.
        let (third, waiting, asked) = unit("flooz|+22896000003", .sending)
        await bench.commit(store, third)
        var over = records.update(waiting)
        var released = records.changed(asked, of: waiting, state: .unknown)
        released.operatorReference = nil
        released.promptLock = nil
        over.changedAttempts = [released]
        await bench.commit(store, over)
        bench.equal(
            try await store.orderAggregate(waiting.id)?.attempts.map(\.promptLock), [nil], "a lock that is over is gone"
        )
        await bench.commit(store, unit("flooz|+22896000003", .pending).0)
    }

    /// An open collection can become a hold.
    func holds(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        var order = Order(
            id: records.id(), app: records.id(), environment: .sandbox, request: records.request(),
            idempotencyKey: records.text(), requestID: records.id(), createdAt: records.moment(), plan: [],
            explanation: .null, purpose: .collect)
        order.version = 1
        await bench.commit(store, records.insert(order))
        var unit = records.update(order)
        unit.order.holdInstead()
        await bench.commit(store, unit)
        bench.equal(
            try await store.orderAggregate(order.id)?.order.purpose, .authorize, "a collection becomes a hold")
    }

    /// Lists hold one kind of order only.
    func kinds(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        var made: [OrderKind: [OrderID]] = [:]
        let parent = records.id()
        for kind in OrderKind.allCases + OrderKind.allCases {
            let order = records.order(
                app: app, environment: .sandbox, id: records.id(kind), parent: kind.hasParent ? parent : nil)
            made[kind, default: []].append(order.id)
            await bench.commit(store, records.insert(order))
        }
        for kind in OrderKind.allCases {
            var query = OrderQuery(app: app, environment: .sandbox)
            query.kind = kind
            let wanted = made[kind, default: []].sorted { $0.text > $1.text }
            bench.equal(try await store.list(query).map(\.id), wanted, "a list of \(kind) holds nothing else")
            query.parent = parent
            bench.equal(
                try await store.list(query).map(\.id), kind.hasParent ? wanted : [], "... and those of one payment")
            bench.equal(
                try await store.sums(query).map(\.count).reduce(0, +), kind.hasParent ? Int64(wanted.count) : 0,
                "... which sums count")
        }
    }
}
