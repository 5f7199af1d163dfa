/// What is read of snapshots: sums by day, and the best of a span.
///
/// Before it answers it folds what waits, if that is little, so that a payment of a moment ago is there.
package struct Snapshots: Sendable {
    /// The longest span, in days: ten years.
    package static let longestSpan: Int64 = 3_660
    /// The most lines of a ranking.
    package static let mostLines = 100
    /// Units that a reader folds first; more of them are the background's.
    static let fewUnits: Int64 = 1_000

    private let store: any SnapshotStore
    private let time: any TimeSource
    private let folding: SnapshotFolding

    package init(store: any SnapshotStore, time: any TimeSource, observer: any EngineObserver) {
        self.store = store
        self.time = time
        folding = SnapshotFolding(store: store, observer: observer)
    }

    /// Up to when answers are complete.
    package struct Standing: Sendable, Hashable {
        /// Everything that happened until then is in them.
        package var foldedTo: Moment
        /// Units that wait; zero if nothing does.
        package var lag: Int64
        /// Units that could not be read, and are in no answer.
        package var unreadable: Int64
    }

    /// Rows of a span, and up to when they are complete.
    package struct Summary: Sendable, Hashable {
        package var rows: [Snapshot]
        package var standing: Standing
    }

    /// A ranking of a span, and up to when it is complete.
    package struct Ranking: Sendable, Hashable {
        package var lines: [SalesRanking.Line]
        /// Whether nobody else can have more than the last line; see ``SalesRanking/isExact``.
        package var isExact: Bool
        package var standing: Standing
    }

    /// How far the present fold is.
    package func standing() async throws(StoreFailure) -> Standing {
        // What is written after this moment may be missing.
        let now = time.now
        let state = try await store.snapshotFold()
        return Standing(
            foldedTo: state.lag == 0 ? now : state.at, lag: state.lag, unreadable: state.unreadable)
    }

    /// The rows of a span by app, day, currency, channel and kind.
    ///
    /// - Parameters:
    ///   - apps: Whose; `nil` for all.
    ///   - environment: Of which money.
    ///   - from: The first day.
    ///   - to: The last day; of a longer span than ``longestSpan`` its end counts.
    /// - Returns: The rows, and up to when they are complete.
    /// - Throws: ``StoreFailure`` if they cannot be read.
    package func summary(
        apps: [AppID]?, environment: PayEnvironment, from: SnapshotDay, to: SnapshotDay
    ) async throws(StoreFailure) -> Summary {
        let standing = try await current()
        let query = SnapshotQuery(apps: apps, environment: environment, from: Self.bounded(from, to), to: to)
        return Summary(rows: try await store.snapshots(query), standing: standing)
    }

    /// The items of which most pieces were sold.
    package func mostSold(
        app: AppID, environment: PayEnvironment, from: SnapshotDay, to: SnapshotDay, limit: Int = 10
    ) async throws(StoreFailure) -> Ranking {
        try await ranking(.item, app, environment, from, to, limit)
    }

    /// The customers who paid most often.
    package func mostActive(
        app: AppID, environment: PayEnvironment, from: SnapshotDay, to: SnapshotDay, limit: Int = 10
    ) async throws(StoreFailure) -> Ranking {
        try await ranking(.customer, app, environment, from, to, limit)
    }

    private func ranking(
        _ topic: SaleTopic, _ app: AppID, _ environment: PayEnvironment, _ from: SnapshotDay, _ to: SnapshotDay,
        _ limit: Int
    ) async throws(StoreFailure) -> Ranking {
        let standing = try await current()
        let query = SalesQuery(
            topic, app: app, environment: environment, from: Self.bounded(from, to), to: to,
            limit: min(max(0, limit), Self.mostLines))
        let found = try await store.sales(query)
        return Ranking(lines: found.lines, isExact: found.isExact, standing: standing)
    }

    /// Folds what waits, if it is little.
    private func current() async throws(StoreFailure) -> Standing {
        let state = try await store.snapshotFold()
        if state.lag > 0, state.lag <= Self.fewUnits { try await folding.catchUp(most: 8) }
        return try await standing()
    }

    private static func bounded(_ from: SnapshotDay, _ to: SnapshotDay) -> SnapshotDay {
        max(from, to.advanced(by: -longestSpan + 1))
    }
}

extension [Snapshot] {
    /// The rows added up by what a caller makes of each, such as its day or its channel.
    package func sums<Group: Hashable>(by group: (SnapshotKey) -> Group) -> [Group: SnapshotFigures] {
        reduce(into: [:]) { sums, row in sums[group(row.key), default: SnapshotFigures()].add(row.figures) }
    }
}
