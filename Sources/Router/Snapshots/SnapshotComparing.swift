/// Makes snapshots anew in memory and compares them with those that are stored, and with the ledger.
package struct SnapshotComparing: Sendable {
    let store: any SnapshotStore

    package init(store: any SnapshotStore) { self.store = store }

    /// Takes minutes where there are millions of orders, and disturbs nobody who writes meanwhile.
    ///
    /// - Parameter progress: Hears how far it is.
    /// - Returns: What was compared, and what differs.
    /// - Throws: ``StoreFailure`` if something could not be read, or if the task was cancelled.
    package func run(
        progress: @Sendable (SnapshotComparison) -> Void
    ) async throws(StoreFailure) -> SnapshotComparison {
        let stored = try await store.snapshotDigest()
        var result = SnapshotComparison()
        result.unit = stored.unit
        let anew = try await anew(upTo: stored.unit) { sofar in
            result.units = sofar.unit
            result.unreadable = sofar.unreadable
            progress(result)
        }
        compare(stored, anew, &result)
        try await compareWithLedger(stored, &result, progress)
        return result
    }

    /// Everything up to a unit, folded once more.
    func anew(
        upTo unit: Int64, progress: (SnapshotDigest) -> Void
    ) async throws(StoreFailure) -> SnapshotDigest {
        var anew = SnapshotDigest()
        while anew.unit < unit {
            if Task.isCancelled { throw StoreFailure(.other, "the comparison was given up") }
            guard let batch = try await store.nextBatch(after: anew.unit, upTo: unit) else { break }
            anew.add(batch)
            progress(anew)
        }
        return anew
    }

    private func compare(_ stored: SnapshotDigest, _ anew: SnapshotDigest, _ result: inout SnapshotComparison) {
        for key in Set(stored.rows.keys).union(anew.rows.keys).sorted() {
            result.rows += 1
            let (found, right) = (stored.rows[key] ?? .init(), anew.rows[key] ?? .init())
            if let difference = SnapshotWords.difference(found, right) {
                result.record(
                    .init(.units, SnapshotWords.place(key), found: difference.found, expected: difference.expected))
            }
        }
        let groups = Set(stored.sales.keys).union(anew.sales.keys)
        result.rows += Int64(groups.count)
        let wrong = groups.filter { (stored.sales[$0] ?? .init()) != (anew.sales[$0] ?? .init()) }
        for group in wrong.sorted(by: { SnapshotWords.place($0) < SnapshotWords.place($1) }) {
            let (found, right) = (stored.sales[group] ?? .init(), anew.sales[group] ?? .init())
            let isHidden = found.figures == right.figures
            result.record(
                .init(
                    .units, SnapshotWords.place(group), found: SnapshotWords.sales(found.figures),
                    expected: SnapshotWords.sales(right.figures) + (isHidden ? ", each by its own id" : "")))
        }
        if stored.unreadable != anew.unreadable {
            result.record(
                .init(
                    .units, "unreadable units", found: "\(stored.unreadable)", expected: "\(anew.unreadable)"))
        }
    }

    private func compareWithLedger(
        _ stored: SnapshotDigest, _ result: inout SnapshotComparison, _ progress: @Sendable (SnapshotComparison) -> Void
    ) async throws(StoreFailure) {
        var books = SnapshotLedger()
        var last: OrderID?
        while true {
            if Task.isCancelled { throw StoreFailure(.other, "the comparison was given up") }
            let page = try await store.bookings(after: last, limit: 500)
            for order in page { books.add(order) }
            result.orders += Int64(page.count)
            progress(result)
            guard let next = page.last?.order else { break }
            last = next
        }
        for finding in books.findings(stored) { result.record(finding) }
    }
}

/// How comparisons name rows and figures.
enum SnapshotWords {
    static func place(_ key: SnapshotKey) -> String {
        let channel = key.channel.isEmpty ? "no channel" : key.channel
        let owner = "\(key.app) \(key.environment.rawValue), \(key.day)"
        return "\(owner), \(key.currency.code), \(channel), \(key.kind.rawValue)"
    }

    static func place(_ group: SnapshotDigest.SaleGroup) -> String {
        let isMonth = SaleSpan.isMonth(group.span)
        let span = isMonth ? "month \(group.span % 1_000_000_000)" : "\(SnapshotDay(number: group.span))"
        return
            "\(group.topic.rawValue)s of \(group.app) \(group.environment.rawValue), \(span), \(group.currency.code)"
    }

    static func sales(_ figures: SaleFigures) -> String { "count \(figures.count), amount \(figures.amount)" }

    /// The figures in which two rows differ; `nil` if they do not.
    static func difference(
        _ found: SnapshotFigures, _ expected: SnapshotFigures,
        among figures: [SnapshotFigures.Figure] = SnapshotFigures.Figure.allCases
    ) -> (found: String, expected: String)? {
        let wrong = figures.filter { found[$0] != expected[$0] }
        guard !wrong.isEmpty else { return nil }
        func words(_ row: SnapshotFigures) -> String {
            wrong.map { "\($0.rawValue) \(row[$0])" }.joined(separator: ", ")
        }
        return (words(found), words(expected))
    }
}
