import Router

/// What holds between orders of one order number.
extension StoreContractSuite {
    /// The list under a lock is written with the order, and only by who knows its version.
    func claims(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let maker = ClaimMaker(records)
        let (first, lock) = try maker.insert(nil)
        bench.equal(try await store.claim(lock), nil, "a lock that nobody took is not there")
        await bench.commit(store, first)
        bench.equal(
            try await store.claim(lock), StoredClaim(version: 1, orders: [first.order.id]), "the list is written")

        let (fresh, _) = try maker.insert(nil)
        bench.equal(
            await store.commit([fresh], epoch: 1), .conflict(index: 0, .claim), "a taken lock is not fresh any more")
        bench.equal(try await store.orderAggregate(fresh.order.id), nil, "... and the order is not written")
        bench.equal(try await store.claim(lock)?.version, 1, "... nor the list")

        let (second, _) = try maker.insert(1, after: [first.order.id])
        await bench.commit(store, second)
        let both = StoredClaim(version: 2, orders: [first.order.id, second.order.id])
        bench.equal(try await store.claim(lock), both, "who knows the version adds to the list, in order")
        let (stale, _) = try maker.insert(1, after: [first.order.id])
        bench.equal(await store.commit([stale], epoch: 1), .conflict(index: 0, .claim), "an old version is refused")
        let (future, _) = try maker.insert(3)
        bench.equal(await store.commit([future], epoch: 1), .conflict(index: 0, .claim), "... and one to come")
        bench.equal(try await store.claim(lock), both, "... and neither changes the list")

        // The same request again is no competitor of itself.
        var taken = second
        taken.idempotencyRecord = records.idempotencyRecord(for: second.order)
        let other = ClaimMaker(records)
        let (bound, otherLock) = try other.insert(nil)
        var withKey = bound
        withKey.idempotencyRecord = taken.idempotencyRecord
        await bench.commit(store, withKey)
        if let idempotencyRecord = taken.idempotencyRecord {
            var (repeated, _) = try other.insert(nil)
            repeated.idempotencyRecord = idempotencyRecord
            bench.equal(
                await store.commit([repeated], epoch: 1), .conflict(index: 0, .idempotencyRecord(idempotencyRecord)),
                "a taken key comes before a taken lock")
            let third = ClaimMaker(records)
            var (elsewhere, thirdLock) = try third.insert(nil)
            elsewhere.idempotencyRecord = idempotencyRecord
            bench.equal(
                await store.commit([elsewhere], epoch: 1), .conflict(index: 0, .idempotencyRecord(idempotencyRecord)),
                "a taken key refuses a fresh lock, too")
            bench.equal(try await store.claim(thirdLock), nil, "... and takes no lock")
        }
        bench.equal(try await store.claim(otherLock)?.orders, [bound.order.id], "locks do not know each other")

        // With a payment that gets its wish in the same commit.
        var (joined, _) = try maker.insert(2, after: [second.order.id])
        joined.joined = [records.update(first.order)]
        await bench.commit(store, joined)
        bench.equal(
            try await store.orderAggregate(first.order.id)?.order.version, 2, "a joined unit is written with it")
        var (late, _) = try maker.insert(2)
        late.joined = [records.update(second.order)]
        bench.equal(
            await store.commit([late], epoch: 1), .conflict(index: 0, .claim), "an old version refuses joined units")
        bench.equal(try await store.orderAggregate(second.order.id)?.order.version, 1, "... and undoes them")
        bench.equal(
            try await store.claim(lock), StoredClaim(version: 3, orders: [second.order.id, joined.order.id]),
            "an order that cannot hold any more is left out")
    }

    /// Of many that take a lock at once, from one version, exactly one does.
    func claimsAtOnce(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = ClaimMaker(bench.records)
        var orders: [OrderID] = []
        for round in 0..<3 {
            let expected: Int64? = round == 0 ? nil : Int64(round)
            var units: [UnitOfWork] = []
            for _ in 0..<16 { units.append(try maker.insert(expected, after: orders).0) }
            let results = await withTaskGroup(of: (OrderID, CommitResult).self) { group in
                for unit in units { group.addTask { (unit.order.id, await store.commit([unit], epoch: 1)) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let winners = results.filter { $0.1 == .committed }.map(\.0)
            bench.equal(winners.count, 1, "one of many takes the lock (round \(round))")
            let isClean = results.allSatisfy { $0.1 == .committed || $0.1 == .conflict(index: 0, .claim) }
            bench.expect(isClean, "... and the rest hear why")
            orders += winners
            bench.equal(
                try await store.claim(maker.lock()), StoredClaim(version: Int64(round + 1), orders: orders),
                "... and the list has the winners")
        }
    }

    /// Each order can be repeated once, by one that counts.
    func repeats(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let named = records.order(id: records.id(.payout))
        await bench.commit(store, records.insert(named))
        func repetition() -> Order {
            var request = records.request()
            request.repeatOf = named.id
            return records.order(id: records.id(.payout), request: request)
        }
        let first = repetition()
        await bench.commit(store, records.insert(first))
        let second = repetition()
        bench.equal(
            await store.commit([records.insert(second)], epoch: 1), .refused(.repetition),
            "what is repeated cannot be repeated again")
        bench.equal(try await store.orderAggregate(second.id), nil, "... and nothing is written")
        var executed = records.update(first)
        executed.order.status = .succeeded
        await bench.commit(store, executed)
        bench.equal(
            await store.commit([records.insert(second)], epoch: 1), .refused(.repetition),
            "... nor after that succeeded")

        let other = records.order(id: records.id(.payout))
        await bench.commit(store, records.insert(other))
        var request = records.request()
        request.repeatOf = other.id
        let dying = records.order(id: records.id(.payout), request: request)
        await bench.commit(store, records.insert(dying))
        var died = records.update(dying)
        died.order.status = .failed
        await bench.commit(store, died)
        await bench.commit(store, records.insert(records.order(id: records.id(.payout), request: request)))
        bench.equal(
            try await store.orderAggregate(dying.id)?.order.request.repeatOf, other.id,
            "what was asked for stays readable")
    }
}

/// Makes orders of one order number.
private struct ClaimMaker {
    let records: RecordFactory
    private let app: AppID
    private let request: OrderRequest

    init(_ records: RecordFactory) {
        self.records = records
        app = records.id()
        var request = records.request()
        request.reference = "cart-1"
        request.repeatOf = nil
        self.request = request
    }

    private func order() -> Order { records.order(app: app, environment: .sandbox, request: request) }

    func lock() throws -> OrderLock {
        guard let lock = order().lock else { throw StoreFailure(.other, "an order with an order number has a lock") }
        return lock
    }

    /// A unit that accepts a new order, from a version of the list.
    func insert(_ version: Int64?, after earlier: [OrderID] = []) throws -> (UnitOfWork, OrderLock) {
        let order = order()
        let lock = try lock()
        var unit = records.insert(order)
        unit.claim = OrderClaim(lock: lock, expectedVersion: version, orders: earlier + [order.id])
        return (unit, lock)
    }
}
