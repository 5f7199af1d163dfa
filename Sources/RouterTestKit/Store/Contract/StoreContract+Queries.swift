import Router

/// What is looked up to drive payments on.
extension StoreContractSuite {
    func lookups(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (first, second) = (records.order(), records.order())
        for order in [first, second] {
            var unit = records.insert(order)
            var attempt = records.attempt(of: order, state: .pending, provider: "a", reference: order.id.text)
            attempt.operatorReference = "op-\(order.id)"
            unit.newAttempts = [attempt]
            await bench.commit(store, unit)
        }
        let ours = try await store.order(provider: "a", reference: second.id.text)
        bench.equal(ours, second.id, "an attempt is found by our reference")
        let theirs = try await store.order(provider: "a", operatorReference: "op-\(first.id)")
        bench.equal(theirs, first.id, "an attempt is found by the operator's reference")
        bench.equal(try await store.order(provider: "b", reference: second.id.text), nil, "... of its provider only")
        let other = try await store.order(provider: "b", operatorReference: "op-\(first.id)")
        bench.equal(other, nil, "... of its provider only")

        var late = records.update(first)
        let known = try await store.orderAggregate(first.id)?.attempts ?? []
        late.changedAttempts = known.map { old in
            var attempt = records.changed(old, of: first, state: .succeeded)
            attempt.operatorReference = "corrected"
            return attempt
        }
        await bench.commit(store, late)
        let corrected = try await store.order(provider: "a", operatorReference: "corrected")
        bench.equal(corrected, first.id, "an operator's reference may come later")
        let former = try await store.order(provider: "a", operatorReference: "op-\(first.id)")
        bench.equal(former, nil, "a replaced operator's reference finds nothing")
    }

    func timers(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let queues: [TimerQueue] = [.engine, .provider("a"), .provider("engine")]
        var expected: [TimerQueue: [(Moment, OrderID)]] = [:]
        for index in 0..<30 {
            var order = records.order()
            let due = TimerEntry(at: records.base.adding(milliseconds: Int64(index * 7 % 10)), queue: queues[index % 3])
            order.due = due
            await bench.commit(store, records.insert(order))
            expected[due.queue, default: []].append((due.at, order.id))
        }
        for queue in queues {
            let sorted = (expected[queue] ?? []).sorted { ($0.0, $0.1.text) < ($1.0, $1.1.text) }
            let all = try await store.due(queue, before: records.base.adding(milliseconds: 100), limit: 100)
            bench.equal(all, sorted.map(\.1), "due payments come most overdue first, of one lane")
            let cut = records.base.adding(milliseconds: 4)
            let some = try await store.due(queue, before: cut, limit: 100)
            bench.equal(some, sorted.filter { $0.0 <= cut }.map(\.1), "what is due at the moment itself counts")
            let few = try await store.due(queue, before: cut, limit: 3)
            bench.equal(few, Array(some.prefix(3)), "the limit holds")
            bench.equal(try await store.nextDue(queue), sorted.first?.0, "the next moment is the earliest")
        }
        bench.equal(try await store.nextDue(.provider("none")), nil, "a lane without timers has no next moment")
        guard let (_, id) = expected[.engine]?.first, let aggregate = try await store.orderAggregate(id) else { return }
        var unit = records.update(aggregate.order)
        unit.order.due = nil
        await bench.commit(store, unit)
        let rest = try await store.due(.engine, before: records.base.adding(seconds: 9), limit: 100)
        bench.expect(!rest.contains(id), "a timer that was taken away is gone")
        unit = records.update(unit.order)
        unit.order.due = TimerEntry(at: records.base.adding(seconds: -9), queue: .provider("a"))
        await bench.commit(store, unit)
        let moved = try await store.due(.provider("a"), before: records.base, limit: 1)
        bench.equal(moved, [id], "a timer that was moved is in its new place")
    }

    func sending(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        var expected: [OrderID] = []
        for state in AttemptState.allCases + [.sending, .sending] {
            let order = records.order()
            var unit = records.insert(order)
            unit.newAttempts = [records.attempt(of: order, state: state)]
            await bench.commit(store, unit)
            if state == .sending { expected.append(order.id) }
        }
        let found = try await store.sending()
        bench.equal(Set(found), Set(expected), "exactly the payments with an attempt in SENDING are found")
        bench.equal(found.count, expected.count, "... each once")
        guard let first = expected.first, let aggregate = try await store.orderAggregate(first) else { return }
        var unit = records.update(aggregate.order)
        unit.changedAttempts = aggregate.attempts.map { records.changed($0, of: aggregate.order, state: .unknown) }
        await bench.commit(store, unit)
        bench.expect(!(try await store.sending()).contains(first), "an attempt that left SENDING is not found")
    }

    func evidence(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let order = records.order()
        let attempt = records.attempt(of: order)
        var unit = records.insert(order)
        unit.newAttempts = [attempt]
        var (evidence, discrepancies): ([Evidence], [Discrepancy]) = ([], [])
        var steps: [OrderStep] = []
        for number in 0..<10 {
            unit.evidence = records.several(0...4) { records.evidence(about: attempt.id) }
            unit.discrepancies = records.several(0...2) { records.discrepancy(about: attempt, of: order.id) }
            if number % 3 == 1 { records.tell(["payment.created", "payment.succeeded"], in: &unit) }
            steps.append(OrderStep(unit))
            evidence += unit.evidence
            discrepancies += unit.discrepancies
            await bench.commit(store, unit)
            unit = records.update(unit.order, attempts: [attempt])
        }
        bench.equal(try await store.evidence(order.id), evidence, "evidence comes back whole, oldest first")
        bench.equal(try await store.discrepancies(order.id), discrepancies, "discrepancies come back oldest first")
        bench.equal(
            try await store.steps(of: order.id), steps, "steps come back with what they told and saw, oldest first")
        bench.equal(try await store.evidence(records.id()), [], "another payment has none")
        bench.equal(try await store.steps(of: records.id()), [], "... and no steps")
    }

    func totals(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        bench.equal(try await store.totals(), StoreTotals(), "an empty store counts nothing")
        var expected = StoreTotals(timers: 3, underReview: 2, reviews: [.conflict: 2, .discrepancy: 1])
        for index in 0..<6 {
            let request = OrderRequest(amount: Money(Int64(index), .xof))
            var order = records.order(request: request)
            order = records.changed(order)
            order.due = index < 3 ? TimerEntry(at: records.moment(), queue: .engine) : nil
            order.review = index < 3 ? Review(reason: index < 2 ? .conflict : .discrepancy, since: records.base) : nil
            order.status = index % 3 == 0 ? .underReview : .processing
            var unit = records.insert(order)
            var attempt = Attempt(
                id: records.id(), of: order, ordinal: 1, provider: index < 4 ? "a" : "b",
                channel: "card", scope: "s", reference: order.id.text,
                createdAt: records.base.adding(seconds: 100), epoch: 1, state: index == 3 ? .pending : .unknown,
                history: [])
            attempt.openSince = index == 1 ? records.base : nil
            unit.newAttempts = [attempt]
            await bench.commit(store, unit)
        }
        expected.unknown = [
            .init(provider: "a", currency: "XOF", count: 3, minorUnits: 3, oldest: records.base),
            .init(provider: "b", currency: "XOF", count: 2, minorUnits: 9, oldest: records.base.adding(seconds: 100)),
        ]
        _ = try await store.receive(records.message(trust: .listed), limit: 9)
        _ = try await store.receive(records.message(state: .applied), limit: 9)
        expected.inbox = 1
        expected.inboxByTrust = [.listed: 1]
        for (provider, isKnown) in [("a", true), ("b", true), ("c", false), ("", false)] {
            bench.equal(
                try await store.hasAttempts(provider: ProviderID(provider)), isKnown, "whether anything was tried there"
            )
        }
        bench.equal(try await store.totals(), expected, "totals count what is open")
        bench.equal(try await store.unknownAttempts(), expected.unknown, "... and what is not known, by itself")
    }
}
