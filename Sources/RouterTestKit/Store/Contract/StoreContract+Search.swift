import Router

/// What lists of several kinds and apps show, what they are searched by, and how far they look.
extension StoreContractSuite {
    /// Orders of two apps and several kinds, with an attempt and an event each.
    private func searched(_ store: any Store, _ bench: inout Bench, _ apps: [AppID]) async -> [UnitOfWork] {
        let records = bench.records
        var units: [UnitOfWork] = []
        for index in 0..<24 {
            let id = records.id(OrderKind.allCases[index % 4])
            var request = records.request()
            request.amount = Money(Int64(1_000 + index % 5), index.isMultiple(of: 2) ? .xof : .eur)
            let order = records.order(
                app: apps[index % 2], environment: .sandbox, id: id, request: request, key: "key-\(index)",
                requestID: RequestID(at: id.madeAt, from: records.random))
            var unit = records.insert(order)
            unit.idempotencyRecord = records.idempotencyRecord(for: order)
            var attempt = records.attempt(
                of: order, state: .rejected, provider: index.isMultiple(of: 3) ? "a" : "b", reference: "ours-\(id)")
            attempt.operatorReference = "theirs-\(index % 7)"
            unit.newAttempts = [attempt]
            records.tell(["payment.created", "payment.processing"], in: &unit)
            await bench.commit(store, unit)
            units.append(unit)
        }
        return units
    }

    func search(_ store: any Store, _ bench: inout Bench) async throws {
        let apps: [AppID] = [bench.records.id(), bench.records.id()]
        let units = await searched(store, &bench, apps)
        for sample in units.prefix(4) {
            for scope in [nil, apps[0], apps[1]] {
                for (name, change, fits) in Self.searches(like: sample) {
                    var query = OrderQuery(app: scope, environment: nil, limit: 200)
                    query.kind = nil
                    change(&query)
                    let expected = units.filter { (scope == nil || $0.order.app == scope) && fits($0) }.map(\.order.id)
                        .sorted { $0.isNewer(than: $1) }
                    let seen = try await store.list(query).map(\.id)
                    bench.equal(seen, expected, "orders of every kind are found by \(name), newest first")
                    let counted = try await store.sums(query).map(\.count).reduce(0, +)
                    bench.equal(counted, Int64(expected.count), "... which sums count")
                }
            }
        }
    }

    /// A follow-up's own key has its payment's id before it; its caller knows only the rest.
    func searchedFollowUp(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let payment = records.order(environment: .sandbox, id: records.id(.payment), key: "pay-key")
        await bench.commit(store, records.insert(payment))
        for kind in [OrderKind.refund, .capture] {
            let order = records.order(
                app: payment.app, environment: .sandbox, id: records.id(kind), parent: payment.id,
                key: "\(payment.id)\u{1F}key of \(kind)")
            var unit = records.insert(order)
            unit.idempotencyRecord = records.idempotencyRecord(for: order)
            unit.idempotencyRecord?.key.key = "key of \(kind)"
            await bench.commit(store, unit)
            for scope in [nil, payment.app] {
                var query = OrderQuery(app: scope, environment: nil, limit: 9)
                (query.kind, query.idempotencyKey) = (kind, "key of \(kind)")
                bench.equal(try await store.list(query).map(\.id), [order.id], "a \(kind) is found by its caller's key")
                query.parent = payment.id
                bench.equal(try await store.list(query).map(\.id), [order.id], "... among those of its payment, too")
                query.idempotencyKey = "pay-key"
                bench.equal(try await store.list(query).map(\.id), [], "... and not by the payment's")
            }
        }
    }

    private typealias Search = (
        name: String, change: (inout OrderQuery) -> Void, fits: (UnitOfWork) -> Bool
    )

    private static func searches(like sample: UnitOfWork) -> [Search] {
        let order = sample.order
        let reference = sample.newAttempts.first?.reference
        let theirs = sample.newAttempts.first?.operatorReference
        let last = sample.events.last?.id
        return [
            ("nothing", { _ in }, { _ in true }),
            ("amount", { $0.amount = order.amount }, { $0.order.amount == order.amount }),
            ("request", { $0.requestID = order.requestID }, { $0.order.requestID == order.requestID }),
            (
                "our reference", { $0.attemptReference = reference },
                { $0.newAttempts.contains { $0.reference == reference } }
            ),
            (
                "the operator's reference", { $0.operatorReference = theirs },
                { $0.newAttempts.contains { $0.operatorReference == theirs } }
            ),
            ("an event", { $0.event = last }, { $0.events.contains { $0.id == last } }),
            (
                "key", { $0.idempotencyKey = order.idempotencyKey },
                { $0.order.idempotencyKey == order.idempotencyKey }
            ),
            (
                "order number", { $0.reference = order.request.reference },
                { order.request.reference == nil || $0.order.request.reference == order.request.reference }
            ),
            ("status", { $0.status = order.status }, { $0.order.status == order.status }),
        ]
    }

    func searchedApps(_ store: any Store, _ bench: inout Bench) async throws {
        let apps: [AppID] = [bench.records.id(), bench.records.id(), bench.records.id()]
        let units = await searched(store, &bench, apps) + (await searched(store, &bench, [apps[2], apps[2]]))
        let wanted: Set<AppID> = [apps[0], apps[2]]
        var query = OrderQuery(app: nil, environment: nil, limit: 5)
        (query.kind, query.apps) = (nil, wanted)
        let expected = units.map(\.order).filter { wanted.contains($0.app) }.map(\.id).sorted { $0.isNewer(than: $1) }
        var seen: [OrderID] = []
        while seen.count < 100 {
            let page = try await store.list(query).map(\.id)
            if page.isEmpty { break }
            seen += page
            query.after = page.last
        }
        bench.equal(seen, expected, "pages of several apps and kinds show each order once, newest first")
        (query.after, query.before) = (nil, expected.last)
        var back: [OrderID] = []
        while back.count < 100 {
            let page = try await store.list(query).map(\.id)
            if page.isEmpty { break }
            back = page + back
            query.before = page.first
        }
        bench.equal(back, Array(expected.dropLast()), "... and backward")
        (query.before, query.limit) = (nil, 200)
        query.amount = units[0].order.amount
        let counted = try await store.sums(query).map(\.count).reduce(0, +)
        bench.equal(counted, Int64(try await store.list(query).count), "sums count the apps that a list shows")
        query.apps = []
        bench.equal(try await store.list(query), [], "of no apps there are no orders")
    }

    /// What no condition leads to is looked for in a bounded number of orders at a time.
    func boundedLists(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        var wanted: [OrderID] = []
        var units: [UnitOfWork] = []
        for index in 0..<300 {
            let id = OrderID(
                index % 50 == 7 ? .payout : .payment, at: records.base.adding(seconds: Int64(index)),
                from: records.random)
            let amount = index < 3 ? Money(4_711, .xof) : Money(5_000, .xof)
            let order = records.order(
                app: app, environment: .sandbox, id: id, request: OrderRequest(amount: amount))
            if index < 3 { wanted.append(id) }
            units.append(records.insert(order))
        }
        bench.equal(await store.commit(units, epoch: 1), .committed, "many units are committed at once")
        wanted.sort { $0.isNewer(than: $1) }
        var query = OrderQuery(app: app, environment: nil, limit: 2)
        (query.kind, query.amount, query.mostRows) = (nil, Money(4_711, .xof), 100)
        for scope in [app, nil] {
            (query.app, query.after, query.before) = (scope, nil, nil)
            let first = try await store.page(query)
            bench.expect(first.orders.isEmpty && first.lookedTo != nil, "a list looks at a bounded number of orders")
            var (seen, pages): ([OrderID], Int) = ([], 0)
            while pages < 100 {
                let page = try await store.page(query)
                seen += page.orders.map(\.id)
                pages += 1
                guard let end = page.orders.count == 2 ? page.orders.last?.id : page.lookedTo else { break }
                bench.expect(
                    query.after.map { $0.isNewer(than: end) } ?? true, "a page goes on behind the one before it")
                query.after = end
            }
            bench.equal(seen, wanted, "what is found page by page is everything, once")
            bench.expect(pages > 2, "... in several looks")
        }
        (query.app, query.after, query.before) = (app, nil, wanted.last)
        var back: [OrderID] = []
        for _ in 0..<100 {
            let page = try await store.page(query)
            back = page.orders.map(\.id) + back
            guard let end = page.orders.count == 2 ? page.orders.first?.id : page.lookedTo else { break }
            query.before = end
        }
        bench.equal(back, Array(wanted.dropLast()), "... the other way, too")
    }
}
