import Router

/// The constraints behind the rules of the router.
extension StoreContractSuite {
    func oneLiveAttempt(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        for state in AttemptState.allCases {
            let order = records.order()
            var insert = records.insert(order)
            let first = records.attempt(of: order, state: state)
            insert.newAttempts = [first]
            await bench.commit(store, insert)
            var second = records.update(order, attempts: [first])
            second.newAttempts = [records.attempt(of: order, state: .prepared, ordinal: 2)]
            let result = await store.commit([second], epoch: 1)
            guard state.isLive else {
                bench.equal(result, .committed, "after a dead attempt (\(state)) another may start")
                continue
            }
            bench.equal(result, .refused(.liveAttempt), "beside a live attempt (\(state)) no other may start")
            let kept = try await store.orderAggregate(order.id)
            bench.equal(kept?.attempts, [first], "the refused attempt is not written")
            second.changedAttempts = [records.changed(first, of: order, state: .rejected)]
            second.newAttempts = [records.attempt(of: order, state: .rejected, ordinal: 2)]
            await bench.commit(store, second)
        }
        try await missingAttempt(store, &bench)
        try await takenIdentifiers(store, &bench)
    }

    /// An attempt's identifier is used once within its order, and an order that has ended keeps its end.
    private func takenIdentifiers(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let order = records.order()
        var insert = records.insert(order)
        let attempt = records.attempt(of: order, state: .rejected)
        insert.newAttempts = [attempt]
        await bench.commit(store, insert)
        var again = records.update(order, attempts: [attempt])
        again.newAttempts.append(records.attempt(of: order, state: .prepared, ordinal: 2, id: attempt.id))
        bench.equal(
            await store.commit([again], epoch: 1), .refused(.attempt), "an attempt's identifier is used once")
        bench.equal(
            try await store.orderAggregate(order.id)?.attempts, [attempt], "... and the first one stays as it was")
        var ended = order
        _ = ended.close(.succeeded)
        let end = records.update(ended, attempts: [attempt])
        await bench.commit(store, end)
        var reopened = records.update(order, attempts: [attempt])
        (reopened.order.version, reopened.write) = (3, .update(expectedVersion: 2))
        bench.equal(await store.commit([reopened], epoch: 1), .refused(.end), "an end is kept")
        bench.equal(try await store.orderAggregate(order.id)?.order, end.order, "... as it was")
    }

    private func missingAttempt(_ store: any Store, _ bench: inout Bench) async throws {
        let order = bench.records.order()
        await bench.commit(store, bench.records.insert(order))
        var unit = bench.records.update(order)
        unit.changedAttempts = [bench.records.attempt(of: order)]
        let result = await store.commit([unit], epoch: 1)
        bench.equal(result, .refused(.missingAttempt), "an attempt that is not there cannot be changed")
        bench.equal(try await store.orderAggregate(order.id)?.order.version, 1, "... and nothing else is written")
    }

    func references(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let order = records.order()
        var insert = records.insert(order)
        insert.newAttempts = [records.attempt(of: order, state: .rejected, provider: "a", scope: "s", reference: "r")]
        await bench.commit(store, insert)
        func tries(_ provider: ProviderID, _ scope: String, _ reference: String) async -> CommitResult {
            let other = records.order()
            var unit = records.insert(other)
            unit.newAttempts = [
                records.attempt(of: other, state: .prepared, provider: provider, scope: scope, reference: reference)
            ]
            return await store.commit([unit], epoch: 1)
        }
        let again = await tries("a", "s", "r")
        bench.equal(again, .refused(.reference), "a reference is used once per provider and scope")
        bench.equal(await tries("b", "s", "r"), .committed, "another provider may use it")
        bench.equal(await tries("a", "t", "r"), .committed, "another scope may use it")
        bench.equal(await tries("a", "s", "R"), .committed, "references differ by case")
    }

    func postings(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let order = records.order()
        var insert = records.insert(order)
        insert.postings = posting(order.movement, records) + posting(order.movement, records, kind: "late")
        await bench.commit(store, insert)
        let stored = try await store.postings(order.movement)
        bench.equal(stored, insert.postings, "postings come back by kind and number")
        var again = records.update(order)
        again.postings = posting(order.movement, records)
        let result = await store.commit([again], epoch: 1)
        bench.equal(result, .refused(.posting), "a posting is written once per movement, kind and number")
        bench.equal(try await store.postings(order.movement), stored, "postings never change")
        let other = records.order()
        var second = records.insert(other)
        second.postings = posting(other.movement, records)
        await bench.commit(store, second)
    }

    func eventNumbers(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let order = records.order()
        var insert = records.insert(order)
        records.tell(["payment.created", "payment.succeeded"], in: &insert)
        await bench.commit(store, insert)
        var again = records.update(order)
        again.order.eventCount = 1
        records.tell(in: &again)
        let result = await store.commit([again], epoch: 1)
        bench.equal(result, .refused(.eventNumber), "an event's number is used once per payment")
        again = records.update(insert.order)
        records.tell(in: &again)
        await bench.commit(store, again)
    }

    func epochs(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let first = try await store.takeEpoch()
        let second = try await store.takeEpoch()
        bench.expect(second > first, "epochs rise")
        let order = records.order()
        let stale = await store.commit([records.insert(order)], epoch: first)
        bench.equal(stale, .conflict(index: 0, .staleEpoch), "an older epoch writes nothing")
        bench.equal(try await store.orderAggregate(order.id), nil, "... really nothing")
        let fresh = await store.commit([records.insert(order)], epoch: second)
        bench.equal(fresh, .committed, "the newest epoch writes")
    }

    func facts(_ store: any Store, _ bench: inout Bench) async throws {
        bench.equal(try await store.fact("key"), nil, "a fact that was never set is nil")
        try await store.setFact("key", "one")
        try await store.setFact("other", bench.records.text())
        try await store.setFact("key", "two")
        bench.equal(try await store.fact("key"), "two", "a fact can be replaced")
    }
}
