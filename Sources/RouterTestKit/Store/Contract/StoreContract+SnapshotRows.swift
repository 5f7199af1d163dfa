import Router

/// What is read of a fold: rows by app and day, the best of a span, everything at once.
extension StoreContractSuite {
    func snapshotRows(_ store: any Store, _ bench: inout Bench) async throws {
        let first = SnapshotDay(bench.records.base)
        var maker = SnapshotMaker(bench.records, from: first)
        let apps: [AppID] = (0..<3).map { _ in bench.records.id() }
        var expected: [SnapshotKey: Int128] = [:]
        for number in 0..<60 {
            maker.day = first.advanced(by: Int64(number % 5))
            let (app, environment) = (apps[number % 3], number % 4 == 0 ? PayEnvironment.production : .sandbox)
            let money = Money(Int64(number + 1), number % 7 == 0 ? .tnd : .xof)
            let channel: PaymentChannel = number % 2 == 0 ? "tmoney" : "flooz"
            maker.pay(money, to: app, environment, channel: channel)
            let key = SnapshotKey(
                app: app, environment: environment, day: maker.day, currency: money.currency, channel: channel.text,
                kind: .payment)
            expected[key, default: 0] += Int128(money.minorUnits)
        }
        let fold = try await store.snapshotFold().fold
        for place in stride(from: 0, to: 120, by: 30) {
            _ = try await store.fold(maker.batch(place..<place + 30), into: fold, after: Int64(place))
        }
        func read(_ change: (inout SnapshotQuery) -> Void) async throws -> ([SnapshotKey], [SnapshotKey]) {
            var query = SnapshotQuery(from: SnapshotDay(number: 0), to: SnapshotDay(number: 100_000))
            change(&query)
            let rows = try await store.snapshots(query)
            bench.expect(
                rows.allSatisfy { $0.figures[.gross] == expected[$0.key] }, "rows add up what happened on their day")
            let right = expected.keys.filter { query.matches($0) }.sorted()
            return (rows.map(\.key), Array(right.prefix(query.limit ?? right.count)))
        }
        for (what, change) in Self.rowFilters(apps, first) {
            let (found, right) = try await read(change)
            bench.equal(found, right, "rows are found by \(what)")
        }
        var paged: [SnapshotKey] = []
        while paged.count < 200 {
            let (page, _) = try await read {
                $0.limit = 7
                $0.after = paged.last
            }
            if page.isEmpty { break }
            paged += page
        }
        bench.equal(paged, expected.keys.sorted(), "pages show each row once")
        let digest = try await store.snapshotDigest()
        bench.equal(digest.rows.mapValues { $0[.gross] }, expected, "a digest has every row")
        bench.equal(digest.unit, 120, "... and says how far they are")
        var large = SnapshotMaker(bench.records, from: first.advanced(by: 9))
        for _ in 0..<60 { large.pay(Money(.max, .xof), to: apps[0]) }
        let next = try await store.beginFold()
        _ = try await store.fold(large.batch(0..<60), into: next, after: 0)
        _ = try await store.fold(large.batch(60..<120), into: next, after: 60)
        _ = try await store.replaceFold(with: next)
        let sum = try await store.snapshotDigest().rows.values.first?[.gross]
        bench.equal(sum, Int128(Int64.max) * 60, "sums beyond 64 bits are exact")
    }

    private static func rowFilters(
        _ apps: [AppID], _ first: SnapshotDay
    ) -> [(String, (inout SnapshotQuery) -> Void)] {
        [
            ("nothing", { _ in }), ("one app", { $0.apps = [apps[1]] }),
            ("two apps", { $0.apps = [apps[2], apps[0]] }),
            ("no app", { $0.apps = [] }), ("environment", { $0.environment = .production }),
            ("first day", { $0.from = first.advanced(by: 2) }), ("last day", { $0.to = first.advanced(by: 1) }),
            (
                "everything together",
                {
                    $0.apps = [apps[0]]
                    $0.environment = .sandbox
                    ($0.from, $0.to) = (first.advanced(by: 1), first.advanced(by: 3))
                    $0.limit = 2
                }
            ),
        ]
    }

    func snapshotSales(_ store: any Store, _ bench: inout Bench) async throws {
        let first = SnapshotDay(bench.records.base)
        var maker = SnapshotMaker(bench.records, from: first)
        let (app, other): (AppID, AppID) = (bench.records.id(), bench.records.id())
        // Each day one item more, and each customer once more than the one before.
        for day in 0..<4 {
            maker.day = first.advanced(by: Int64(day * 40))
            for number in 0...day {
                let line = LineItem(
                    item: "item-\(number)", name: "Item \(number), day \(day)", quantity: Int64(10 * number + day + 1),
                    unitAmount: 3)
                for _ in 0...number {
                    maker.pay(Money(line.quantity * 3, .xof), to: app, by: "customer-\(number)", for: [line])
                }
                maker.pay(Money(line.quantity * 3, .xof), to: other, by: "else", for: [line])
                maker.pay(Money(1_000_000, .xof), to: app, .production, by: "real")
            }
        }
        let fold = try await store.snapshotFold().fold
        _ = try await store.fold(maker.batch(0..<maker.steps.count), into: fold, after: 0)
        func lines(_ topic: SaleTopic, _ from: Int64, _ to: Int64, _ limit: Int = 10) async throws -> [String] {
            let ranking = try await store.sales(
                SalesQuery(
                    topic, app: app, environment: .sandbox, from: first.advanced(by: from), to: first.advanced(by: to),
                    limit: limit))
            bench.expect(ranking.isExact, "what is little is ranked exactly")
            return ranking.lines.map { "\($0.id) \($0.name ?? "-") \($0.figures.count) \($0.figures.amount)" }
        }
        bench.equal(
            try await lines(.customer, 0, 120),
            ["customer-2 - 6 423", "customer-1 - 6 234", "customer-3 - 4 408", "customer-0 - 4 30"],
            "customers are ranked by how often they paid")
        bench.equal(
            try await lines(.item, 120, 120),
            [
                "item-3 Item 3, day 3 136 408", "item-2 Item 2, day 3 72 216", "item-1 Item 1, day 3 28 84",
                "item-0 Item 0, day 3 4 12",
            ], "items of a day are ranked by how many were sold")
        bench.equal(
            try await lines(.item, 1, 80),
            ["item-2 Item 2, day 3 69 207", "item-1 Item 1, day 3 50 150", "item-0 Item 0, day 3 5 15"],
            "... and of a span, by their newest names")
        bench.equal(try await lines(.item, 1, 80, 1), ["item-2 Item 2, day 3 69 207"], "... as many as are asked for")
        bench.equal(try await lines(.item, 1, 39), [], "a day without sales has none")
        let digest = try await store.snapshotDigest()
        var right = SnapshotDigest()
        right.add(maker.batch(0..<maker.steps.count))
        bench.equal(digest.sales, right.sales, "a digest has the sums of all sales")
    }
}
