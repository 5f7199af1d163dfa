import Router

extension StoreContractSuite {
    func filters(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let apps: [AppID] = [records.id(), records.id()]
        var payments: [Order] = []
        for index in 0..<80 {
            var request = records.request()
            request.reference = records.sometimes("order-\(index % 5)")
            let order = records.changed(
                records.order(app: apps[index % 2], request: request, key: "key-\(index % 7)-\(index)"))
            payments.append(order)
            var unit = records.insert(order)
            unit.idempotencyRecord = records.idempotencyRecord(for: order)
            await bench.commit(store, unit)
        }
        for sample in payments.prefix(12) {
            for query in Self.queries(like: sample) {
                let expected = payments.filter { query.fits($0) }.sorted { $0.id.text > $1.id.text }
                let seen = try await store.list(query)
                bench.equal(seen.map(\.id), expected.map(\.id), "a list shows what fits, newest first: \(query.named)")
                bench.equal(seen, expected, "listed payments are whole")
                let counted = try await store.sums(query).map(\.count).reduce(0, +)
                bench.equal(counted, Int64(expected.count), "sums count what a list shows: \(query.named)")
            }
        }
        var everything = OrderQuery(app: nil, environment: nil, limit: 200)
        bench.equal(try await store.list(everything).count, 80, "without app and environment a list shows all")
        everything.limit = 0
        bench.equal(try await store.list(everything).count, 0, "a limit of zero shows none")
    }

    /// Queries with one filter each, and one with all of them.
    private static func queries(like sample: Order) -> [OrderQuery] {
        let filters: [(inout OrderQuery) -> Void] = [
            { _ in },
            { $0.status = sample.status },
            { $0.channel = sample.chosen?.channel },
            { $0.provider = sample.chosen?.provider },
            { $0.reference = sample.request.reference },
            { $0.phone = sample.request.customer.phone },
            { $0.idempotencyKey = sample.idempotencyKey },
            { $0.createdFrom = sample.createdAt },
            { $0.createdBefore = sample.createdAt },
            { $0.environment = nil },
        ]
        let base = OrderQuery(app: sample.app, environment: sample.environment, limit: 200)
        let single = filters.map { filter in
            var query = base
            filter(&query)
            return query
        }
        var all = base
        for filter in filters where all.createdBefore == nil { filter(&all) }
        all.createdBefore = sample.createdAt.adding(milliseconds: 1)
        var strange = base
        strange.idempotencyKey = "no such key"
        return single + [all, strange]
    }

    func paging(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        var ids: [OrderID] = []
        for _ in 0..<25 {
            let order = records.order(app: app, environment: .sandbox)
            ids.append(order.id)
            await bench.commit(store, records.insert(order))
        }
        ids.sort { $0.text > $1.text }
        var query = OrderQuery(app: app, environment: .sandbox, limit: 7)
        var seen: [OrderID] = []
        while seen.count < 100 {
            let page = try await store.list(query).map(\.id)
            if page.isEmpty { break }
            seen += page
            query.after = page.last
        }
        bench.equal(seen, ids, "pages forward show each payment once")
        query = OrderQuery(app: app, environment: .sandbox, limit: 7)
        query.before = ids[20]
        bench.equal(
            try await store.list(query).map(\.id), Array(ids[13..<20]), "a page backward ends just before its cursor")
        query.after = ids[15]
        bench.equal(try await store.list(query).map(\.id), Array(ids[16..<20]), "both cursors hold together")
    }

    func pagingUnderInserts(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        var old: [OrderID] = []
        for index in 0..<20 {
            let id = OrderID(at: records.base.adding(seconds: Int64(index)), from: records.random)
            old.append(id)
            await bench.commit(store, records.insert(records.order(app: app, environment: .sandbox, id: id)))
        }
        var query = OrderQuery(app: app, environment: .sandbox, limit: 6)
        var seen: [OrderID] = []
        while seen.count < 100 {
            let page = try await store.list(query).map(\.id)
            if page.isEmpty { break }
            seen += page
            query.after = page.last
            let newer = OrderID(at: records.base.adding(seconds: 1_000), from: records.random)
            await bench.commit(store, records.insert(records.order(app: app, environment: .sandbox, id: newer)))
        }
        bench.equal(seen, old.reversed(), "payments that come meanwhile move no page")
    }
}

extension OrderQuery {
    /// The filters in use, for messages.
    fileprivate var named: String {
        [
            status.map { "status \($0)" }, channel.map { "channel \($0)" }, provider.map { "provider \($0)" },
            reference.map { "reference \($0)" }, phone.map { "phone \($0)" }, idempotencyKey.map { "key \($0)" },
            createdFrom.map { "from \($0)" }, createdBefore.map { "before \($0)" },
        ].compactMap { $0 }.joined(separator: ", ")
    }

    /// The filters said once more, one by one, as the reference for what a list must show.
    fileprivate func fits(_ order: Order) -> Bool {
        if let app, order.app != app { return false }
        if let environment, order.environment != environment { return false }
        if let status, order.status != status { return false }
        if let channel, order.chosen?.channel != channel { return false }
        if let provider, order.chosen?.provider != provider { return false }
        if let reference, order.request.reference != reference { return false }
        if let phone, order.request.customer.phone != phone { return false }
        if let idempotencyKey, order.idempotencyKey != idempotencyKey { return false }
        if let createdFrom, order.createdAt < createdFrom { return false }
        if let createdBefore, order.createdAt >= createdBefore { return false }
        return true
    }
}
