/// What differs on some days between the stored figures and those that follow from the orders' steps.
package struct SnapshotDifferences: Sendable, Hashable {
    /// A row that is not as the steps say it has to be.
    package struct Row: Sendable, Hashable {
        package let key: SnapshotKey
        /// As it is stored.
        package let before: SnapshotFigures
        /// As it follows from the steps.
        package let after: SnapshotFigures

        package init(_ key: SnapshotKey, before: SnapshotFigures, after: SnapshotFigures) {
            (self.key, self.before, self.after) = (key, before, after)
        }
    }

    package let days: ClosedRange<SnapshotDay>
    /// How many rows of these days were compared.
    package private(set) var compared = 0
    /// Those that differ, in their order.
    package private(set) var rows: [Row] = []
    /// How many more there are than are kept.
    package private(set) var omitted = 0
    /// How many sums of items and customers differ.
    package private(set) var sales = 0

    /// More are counted, and not kept.
    package static let rowsKept = 500

    /// Compares two folds that are equally far.
    package init(of days: ClosedRange<SnapshotDay>, _ stored: SnapshotDigest, _ anew: SnapshotDigest) {
        self.days = days
        for key in Set(stored.rows.keys).union(anew.rows.keys).sorted() where days.contains(key.day) {
            compared += 1
            let (before, after) = (stored.rows[key] ?? .init(), anew.rows[key] ?? .init())
            guard before != after else { continue }
            if rows.count < Self.rowsKept { rows.append(Row(key, before: before, after: after)) } else { omitted += 1 }
        }
        let spans = days.lowerBound.number...days.upperBound.number
        let groups = Set(stored.sales.keys).union(anew.sales.keys).filter { spans.contains($0.span) }
        sales = groups.count { (stored.sales[$0] ?? .init()) != (anew.sales[$0] ?? .init()) }
    }

    /// Whether everything is as it has to be.
    package var isNone: Bool { rows.isEmpty && sales == 0 }
}

extension SnapshotComparing {
    /// Folds everything anew in memory, and compares some days of it with what is stored.
    ///
    /// - Parameters:
    ///   - days: Which days.
    ///   - progress: Hears how far it is.
    /// - Returns: What differs.
    /// - Throws: ``StoreFailure`` if something could not be read, or if the task was cancelled.
    package func differences(
        on days: ClosedRange<SnapshotDay>, progress: @Sendable (SnapshotComparison) -> Void
    ) async throws(StoreFailure) -> SnapshotDifferences {
        let stored = try await store.snapshotDigest()
        var sofar = SnapshotComparison()
        sofar.unit = stored.unit
        let anew = try await anew(upTo: stored.unit) {
            sofar.units = $0.unit
            progress(sofar)
        }
        return SnapshotDifferences(of: days, stored, anew)
    }
}
