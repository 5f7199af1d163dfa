import Router

/// Lists by metadata: new orders at once, older ones as the index gets to them.
extension StoreContractSuite {
    /// What the checks below need of an order.
    private func order(
        _ records: RecordFactory, _ app: AppID, _ metadata: [String: String], _ kind: OrderKind = .payment,
        seconds: Int = 0
    ) -> Order {
        var request = records.request()
        request.metadata = metadata
        let id = OrderID(kind, at: records.base.adding(seconds: Int64(seconds)), from: records.random)
        return records.order(app: app, environment: records.environment(), id: id, request: request)
    }

    private func found(
        _ store: any Store, _ app: AppID, _ terms: [MetadataTerm], _ kind: OrderKind = .payment
    ) async throws -> [OrderID] {
        var query = OrderQuery(app: app, environment: nil, limit: 200)
        query.kind = kind
        query.metadata = terms
        return try await store.list(query).map(\.id)
    }

    func metadata(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (app, other): (AppID, AppID) = (records.id(), records.id())
        bench.equal(try await store.metadataIndex(of: app), MetadataIndex(), "at first nothing is chosen")
        try await store.setMetadataIndex(["cart", "shop \"ü\""], of: app, from: records.base)
        try await store.setMetadataIndex(["cart"], of: other, from: records.base)
        let (cart, shop) = (MetadataTerm("cart", "17"), MetadataTerm("shop \"ü\"", ""))
        var (both, carts, refunds): ([OrderID], [OrderID], [OrderID]) = ([], [], [])
        for number in 0..<30 {
            var metadata = ["cart": number % 3 == 0 ? "17" : "170", "unlisted": "17"]
            if number.isMultiple(of: 2) { metadata[shop.name] = "" }
            let kind: OrderKind = number % 5 == 0 ? .refund : .payment
            let made = order(records, number % 7 == 6 ? other : app, metadata, kind, seconds: number)
            await bench.commit(store, records.insert(made))
            guard made.app == app, number % 3 == 0 else { continue }
            if kind == .refund {
                refunds.append(made.id)
            } else {
                carts.append(made.id)
                if number.isMultiple(of: 2) { both.append(made.id) }
            }
        }
        bench.equal(try await found(store, app, [cart]), carts.reversed(), "an order is found by its metadata at once")
        bench.equal(try await found(store, app, [cart], .refund), refunds.reversed(), "... those of one kind")
        bench.equal(try await found(store, app, [cart, shop]), both.reversed(), "several values must all hold")
        bench.equal(try await found(store, app, [shop, cart]), both.reversed(), "... in whatever order")
        bench.equal(try await found(store, app, [MetadataTerm("unlisted", "17")]), [], "by chosen names only")
        bench.equal(try await found(store, app, [MetadataTerm("cart", "1")]), [], "by whole values only")
        bench.expect(try await found(store, other, [cart]).allSatisfy { !carts.contains($0) }, "each app finds its own")
        var query = OrderQuery(app: app, environment: nil, limit: 3)
        query.metadata = [cart]
        var paged: [OrderID] = []
        while paged.count < 100 {
            let page = try await store.list(query).map(\.id)
            if page.isEmpty { break }
            paged += page
            query.after = page.last
        }
        bench.equal(paged, carts.reversed(), "pages by metadata show each order once")
        query.after = nil
        query.before = carts[1]
        bench.equal(try await store.list(query).map(\.id), Array(carts[2..<5].reversed()), "... backward, too")
        query.before = nil
        (query.createdFrom, query.limit) = (carts[2].madeAt, 100)
        query.createdBefore = carts[4].madeAt
        bench.equal(try await store.list(query).map(\.id), Array(carts[2..<4].reversed()), "... and within a time")
        let sums = try await store.sums(query)
        bench.equal(sums.map(\.count).reduce(0, +), 2, "sums count what the list shows")
        query.kind = .refund
        let within = refunds.count { carts[2].madeAt <= $0.madeAt && $0.madeAt < carts[4].madeAt }
        bench.equal(
            try await store.sums(query).map(\.count).reduce(0, +), Int64(within), "... of one kind")
    }

    func olderMetadata(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (app, cart): (AppID, MetadataTerm) = (records.id(), MetadataTerm("cart", "17"))
        var ids: [OrderID] = []
        for number in 0..<20 {
            let made = order(records, app, ["cart": number % 4 == 3 ? "18" : "17"], seconds: number)
            await bench.commit(store, records.insert(made))
            if number % 4 != 3 { ids.insert(made.id, at: 0) }
        }
        let payout = order(records, app, ["cart": "17"], .payout)
        await bench.commit(store, records.insert(payout))
        let start = records.base.adding(seconds: 100)
        try await store.setMetadataIndex(["cart", "b"], of: app, from: start)
        let begun = try await store.metadataIndex(of: app)
        bench.equal(begun.names.map(\.name), ["b", "cart"], "names come back in order")
        bench.equal(begun.completeFrom([cart], .payment), start, "what is chosen is complete from then on")
        bench.equal(try await found(store, app, [cart]), [], "older orders are not found yet")
        let late = order(records, app, ["cart": "17"], seconds: 1)
        await bench.commit(store, records.insert(late))
        bench.equal(
            try await found(store, app, [cart]), [late.id], "an order with an older identifier is found at once")
        ids.append(late.id)
        ids.sort { $0.text > $1.text }
        var (steps, last) = (0, start)
        while try await store.indexOlderMetadata(limit: 3), steps < 100 {
            steps += 1
            guard let from = try await store.metadataIndex(of: app).completeFrom([cart], .payment) else { continue }
            bench.expect(from <= last, "the index goes back in time")
            last = from
            let newer = ids.filter { $0.madeAt >= from }
            let seen = try await found(store, app, [cart])
            bench.expect(Set(newer).isSubset(of: seen), "what is newer than the index says is found")
        }
        bench.expect((7...60).contains(steps), "each call looks at no more orders than it was told: \(steps)")
        bench.equal(try await store.metadataIndex(of: app).names.map(\.completeFrom), [[:], [:]], "it ends")
        bench.equal(try await found(store, app, [cart]), ids, "... and finds everything")
        bench.equal(try await found(store, app, [cart], .payout), [payout.id], "... of every kind")
        try await store.setMetadataIndex(["cart", "b"], of: app, from: start)
        bench.expect(try await !store.indexOlderMetadata(limit: 3), "who chooses the same again changes nothing")
    }

    func leavingMetadata(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (app, cart): (AppID, MetadataTerm) = (records.id(), MetadataTerm("cart", "17"))
        func indexAll() async throws {
            var steps = 0
            while try await store.indexOlderMetadata(limit: 4), steps < 100 { steps += 1 }
        }
        try await store.setMetadataIndex(["cart"], of: app, from: records.base)
        try await indexAll()
        var ids: [OrderID] = []
        for number in 0..<10 {
            let made = order(records, app, ["cart": "17"], seconds: number)
            await bench.commit(store, records.insert(made))
            ids.insert(made.id, at: 0)
        }
        try await store.setMetadataIndex([], of: app, from: records.base)
        bench.equal(
            try await store.metadataIndex(of: app), MetadataIndex(leaving: ["cart"]), "a name left out is leaving")
        let after = order(records, app, ["cart": "17"], seconds: 20)
        await bench.commit(store, records.insert(after))
        bench.expect(try await store.indexOlderMetadata(limit: 4), "its rows go in the background")
        try await store.setMetadataIndex(["cart"], of: app, from: records.base)
        bench.equal(try await store.metadataIndex(of: app).leaving, [], "a name can come back meanwhile")
        try await indexAll()
        bench.equal(try await found(store, app, [cart]), [after.id] + ids, "... and then finds everything")
        try await store.setMetadataIndex([], of: app, from: records.base)
        try await indexAll()
        bench.equal(try await store.metadataIndex(of: app), MetadataIndex(), "in the end nothing is left of it")
        bench.equal(try await found(store, app, [cart]), [], "... and nothing is found by it")
    }

    func sums(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        bench.equal(try await store.sums(OrderQuery(app: app, environment: nil)), [], "of nothing there is no sum")
        var orders: [Order] = []
        for number in 0..<40 {
            var made = order(records, number % 4 == 0 ? records.id() : app, [:], seconds: number)
            made.status = records.pick([.processing, .succeeded, .failed])
            orders.append(made)
            await bench.commit(store, records.insert(made))
        }
        for environment in [PayEnvironment?.none, .sandbox] {
            var query = OrderQuery(app: app, environment: environment, limit: 2)
            query.after = orders.first?.id
            query.createdFrom = orders[10].createdAt
            let counted = orders.dropFirst(10).filter {
                $0.app == app && (environment ?? $0.environment) == $0.environment
            }
            let sums = try await store.sums(query)
            bench.equal(sums.map(\.count).reduce(0, +), Int64(counted.count), "sums count every page")
            for sum in sums {
                let alike = counted.filter {
                    $0.amount.currency.code == sum.currency && $0.status == sum.status
                }
                let total = alike.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
                bench.equal(sum.minorUnits, Int64(exactly: total), "a sum is exact, or none if it is too large")
                bench.equal(sum.count, Int64(alike.count), "... and counts what it adds")
            }
            let keys = sums.map { "\($0.currency) \($0.status.rawValue)" }
            bench.equal(keys, keys.sorted(), "sums come in the order of currency and status")
        }
    }
}
