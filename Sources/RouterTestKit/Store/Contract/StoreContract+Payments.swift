import Router

extension StoreContractSuite {
    func roundTrip(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        for _ in 0..<60 {
            let order = records.changed(records.order())
            var unit = records.insert(order)
            unit.newAttempts = deadAttempts(of: order, records) + [records.attempt(of: order, ordinal: 9)]
            await bench.commit(store, unit)
            let expected = OrderAggregate(stored: order, attempts: unit.newAttempts)
            bench.equal(try await store.orderAggregate(order.id), expected, "a payment comes back as it was written")
        }
        bench.equal(try await store.orderAggregate(records.id()), nil, "a payment that is not there is nil")
    }

    func updates(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        for _ in 0..<20 {
            var order = records.order()
            var attempts = deadAttempts(of: order, records) + [records.attempt(of: order, ordinal: 9)]
            var insert = records.insert(order)
            insert.newAttempts = attempts
            await bench.commit(store, insert)
            for _ in 0..<4 {
                let old = order.version
                order = records.changed(order)
                var unit = UnitOfWork(order: order, write: .update(expectedVersion: old))
                attempts[attempts.count - 1] = records.changed(
                    attempts[attempts.count - 1], of: order, state: records.pick(AttemptState.allCases))
                unit.attempts = attempts
                unit.changed = [attempts[attempts.count - 1].id]
                await bench.commit(store, unit)
                bench.equal(
                    try await store.orderAggregate(order.id), OrderAggregate(stored: order, attempts: attempts),
                    "an update replaces everything that may change")
            }
        }
    }

    func versions(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let order = records.order()
        let missing = await store.commit([records.update(order)], epoch: 1)
        bench.equal(missing, .conflict(index: 0, .version), "updating what is not there conflicts")
        await bench.commit(store, records.insert(order))
        let again = await store.commit([records.insert(order)], epoch: 1)
        bench.equal(again, .conflict(index: 0, .version), "inserting twice conflicts")
        let unit = records.update(order)
        await bench.commit(store, unit)
        let stale = await store.commit([unit], epoch: 1)
        bench.equal(stale, .conflict(index: 0, .version), "a stale version conflicts")
        bench.equal(try await store.orderAggregate(order.id)?.order.version, 2, "a conflict leaves the version")
    }

    /// A unit that breaks a rule in its last part leaves no trace of its first.
    func wholeUnits(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let first = records.order()
        var insert = records.insert(first)
        records.tell(in: &insert)
        let taken = insert.events[0]
        await bench.commit(store, insert)

        let second = records.order(app: first.app, environment: first.environment)
        var broken = records.insert(second)
        let attempt = records.attempt(of: second)
        broken.idempotencyRecord = records.idempotencyRecord(for: second)
        broken.newAttempts = [attempt]
        broken.evidence = [records.evidence(about: attempt.id)]
        broken.postings = posting(second.movement, records)
        records.tell(in: &broken)
        broken.events[0].id = taken.id
        let result = await store.commit([broken], epoch: 1)
        bench.equal(result, .refused(.event), "an event's id is used once")
        bench.equal(try await store.orderAggregate(second.id), nil, "a broken unit writes no payment")
        if let key = broken.idempotencyRecord?.key {
            bench.equal(try await store.idempotencyRecord(key), nil, "... and no binding")
        }
        bench.equal(try await store.evidence(second.id), [], "... and no evidence")
        bench.equal(try await store.postings(second.movement), [], "... and no postings")
        let found = try await store.order(provider: attempt.provider, reference: attempt.reference)
        bench.equal(found, nil, "... and no reference")
        broken.order.eventCount = 0
        records.tell(in: &broken)
        await bench.commit(store, broken)
    }

    func orderOfUnits(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (first, second, third) = (records.order(), records.order(), records.order())
        let next = records.update(first)
        await bench.commit(store, records.insert(first), next, records.update(next.order))
        bench.equal(try await store.orderAggregate(first.id)?.order.version, 3, "units build on each other in order")
        let result = await store.commit(
            [records.insert(second), records.update(first), records.insert(third)], epoch: 1)
        bench.equal(result, .conflict(index: 1, .version), "the conflict names the first unit that conflicts")
        bench.expect(try await store.orderAggregate(second.id) != nil, "units before the conflict are durable")
        bench.equal(try await store.orderAggregate(third.id), nil, "units after the conflict are not written")
        bench.equal(await store.commit([], epoch: 1), .committed, "no units are committed at once")
    }

    func idempotencyRecords(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let order = records.order(key: "key-1")
        var unit = records.insert(order)
        let idempotencyRecord = records.idempotencyRecord(for: order)
        unit.idempotencyRecord = idempotencyRecord
        bench.equal(try await store.idempotencyRecord(idempotencyRecord.key), nil, "a free key has no binding")
        await bench.commit(store, unit)
        bench.equal(
            try await store.idempotencyRecord(idempotencyRecord.key), idempotencyRecord,
            "a binding comes back as it was written")

        let other = records.order(app: order.app, environment: order.environment, key: "key-1")
        var rival = records.insert(other)
        rival.idempotencyRecord = records.idempotencyRecord(for: other)
        let result = await store.commit([rival], epoch: 1)
        bench.equal(
            result, .conflict(index: 0, .idempotencyRecord(idempotencyRecord)), "a taken key answers its binding")
        bench.equal(try await store.orderAggregate(other.id), nil, "a taken key stops the payment")

        for variant in variants(of: idempotencyRecord.key, records) {
            let order = records.order(app: variant.app, environment: variant.environment, key: variant.key)
            var unit = records.insert(order)
            unit.idempotencyRecord = records.idempotencyRecord(for: order, operation: variant.operation)
            await bench.commit(store, unit)
        }
        var confirm = records.update(order)
        confirm.idempotencyRecord = records.idempotencyRecord(for: order, operation: "payment.create")
        let taken = await store.commit([confirm], epoch: 1)
        bench.equal(
            taken, .conflict(index: 0, .idempotencyRecord(idempotencyRecord)), "an update takes no taken key either")
        try await store.setRecordedStatus(idempotencyRecord.key, 409)
        bench.equal(
            try await store.idempotencyRecord(idempotencyRecord.key)?.status, 409, "a binding's status can be set")
    }

    private func variants(of key: IdempotencyRecord.Key, _ records: RecordFactory) -> [IdempotencyRecord.Key] {
        let environment: PayEnvironment = key.environment == .sandbox ? .production : .sandbox
        return [
            IdempotencyRecord.Key(
                app: records.id(), environment: key.environment, operation: key.operation, key: key.key),
            IdempotencyRecord.Key(app: key.app, environment: environment, operation: key.operation, key: key.key),
            IdempotencyRecord.Key(
                app: key.app, environment: key.environment, operation: "payment.confirm:x", key: key.key),
            IdempotencyRecord.Key(app: key.app, environment: key.environment, operation: key.operation, key: "KEY-1"),
        ]
    }

    private func deadAttempts(of order: Order, _ records: RecordFactory) -> [Attempt] {
        let states: [AttemptState] = [.withdrawn, .notSent, .rejected, .notExecuted, .voided]
        return (0..<records.number(0...3)).map {
            records.attempt(of: order, state: records.pick(states), ordinal: $0 + 1)
        }
    }

    func posting(_ movement: MovementID, _ records: RecordFactory, kind: String = "collect") -> [Posting] {
        [
            Posting(
                movement, kind: kind, debit: "operator:tmoney-tg", credit: "app:x",
                amount: Money(records.pick([1, 5_000, 99_999_999]), records.pick([.xof, .tnd, .usd])),
                at: records.moment())
        ]
    }
}

extension CommitResult {
    /// Nothing was written, because the first unit breaks a constraint.
    static func refused(_ constraint: StoreConstraint) -> CommitResult { .conflict(index: 0, .constraint(constraint)) }
}
