package import Router

extension MemoryStore {
    package func snapshotFold() async throws(StoreFailure) -> SnapshotFoldState {
        try await perform(.snapshotFold) { $0.snapshots.state }
    }

    package func snapshotSteps(after unit: Int64, limit: Int) async throws(StoreFailure) -> [SnapshotStep] {
        try await perform(.snapshotSteps) { state in
            Array(state.snapshots.steps.dropFirst(Int(max(0, unit))).prefix(max(0, limit)))
        }
    }

    package func fold(
        _ batch: SnapshotBatch, into fold: Int64, after unit: Int64
    ) async throws(StoreFailure) -> Bool {
        try await perform(.foldSnapshots) { $0.snapshots.fold(batch, into: fold, after: unit) }
    }

    package func snapshots(_ query: SnapshotQuery) async throws(StoreFailure) -> [Router.Snapshot] {
        try await perform(.snapshots) { state in
            let rows = state.snapshots.shown.rows.filter { query.matches($0.key) }
            let sorted = rows.map { Router.Snapshot($0.key, $0.value) }.sorted { $0.key < $1.key }
            return Array(sorted.prefix(query.limit.map { max(0, $0) } ?? sorted.count))
        }
    }

    package func sales(_ query: SalesQuery) async throws(StoreFailure) -> SalesRanking {
        try await perform(.sales) { state in
            var lines: [SaleKey: SaleFigures] = [:]
            for (key, figures) in state.snapshots.shown.sales where query.matches(key) {
                var subject = key
                subject.day = query.from
                lines[subject, default: SaleFigures()].add(figures)
            }
            let ranked = lines.filter { !$0.value.isZero }.map { key, figures in
                SalesRanking.Line(
                    currency: key.currency, id: key.id, name: key.name(in: state.snapshots), figures: figures)
            }.sorted(by: SalesRanking.precedes)
            return SalesRanking(lines: Array(ranked.prefix(max(0, query.limit))), isExact: true)
        }
    }

    package func snapshotDigest() async throws(StoreFailure) -> SnapshotDigest {
        try await perform(.snapshotDigest) { state in
            let fold = state.snapshots.shown
            var digest = SnapshotDigest(unit: fold.unit, at: fold.at, unreadable: fold.unreadable)
            digest.rows = fold.rows
            for (key, figures) in fold.sales { digest.add(key, figures) }
            return digest
        }
    }

    package func bookings(after order: OrderID?, limit: Int) async throws(StoreFailure) -> [OrderBookings] {
        try await perform(.bookings) { state in
            let files = state.aggregates.values.filter { $0.order.id.text > order?.text ?? "" }
                .sorted { $0.order.id.text < $1.order.id.text }
            return files.prefix(max(0, limit)).map { file in
                OrderBookings(
                    order: file.order.id, parent: file.order.parent, app: file.order.app,
                    environment: file.order.environment, postings: file.postings)
            }
        }
    }

    package func beginFold() async throws(StoreFailure) -> Int64 {
        try await perform(.beginFold) { $0.snapshots.begin() }
    }

    package func replaceFold(with fold: Int64) async throws(StoreFailure) -> Bool {
        try await perform(.replaceFold) { $0.snapshots.replace(with: fold) }
    }

    package func forgetFolds(limit: Int) async throws(StoreFailure) -> Bool {
        try await perform(.forgetFolds) { $0.snapshots.forget() }
    }

    /// Has a unit be one that cannot be read, as records of a damaged database are.
    package func damageUnit(_ unit: Int64) async throws(StoreFailure) {
        try await perform(.commit) { $0.snapshots.damage(unit) }
    }

    /// Changes a row of the present fold by hand.
    package func changeSnapshot(
        _ key: SnapshotKey, _ body: @escaping @Sendable (inout SnapshotFigures) -> Void
    ) async throws(StoreFailure) {
        try await perform(.foldSnapshots) { $0.snapshots.change(key, body) }
    }
}
