/// Folds units into snapshots, some at a time.
///
/// Where it is stands in the store and moves in the transaction that writes the figures: whatever ends it half-way, the next
/// one goes on there, and nothing is lost or counted twice. Two that work at once do no harm: one of them finds the fold moved on.
package struct SnapshotFolding: Sendable {
    /// Units read for one transaction.
    static let units = 200
    /// Rows after which no further unit is put into a transaction: payments wait behind it.
    static let rows = 300

    /// What one step did.
    package enum Step: Sendable, Hashable {
        /// There is nothing to fold.
        case idle
        /// Units were folded, or somebody else has; there may be more.
        case folded
    }

    private let store: any SnapshotStore
    private let observer: any EngineObserver

    package init(store: any SnapshotStore, observer: any EngineObserver) {
        (self.store, self.observer) = (store, observer)
    }

    /// Folds the next units into the present fold.
    package func step() async throws(StoreFailure) -> Step {
        let state = try await store.snapshotFold()
        guard state.lag > 0, let batch = try await store.nextBatch(after: state.unit) else { return .idle }
        let isFolded = try await store.fold(batch, into: state.fold, after: state.unit)
        if isFolded, let fault = batch.fault {
            observer.record(
                .alarm(
                    .snapshotsIncomplete, order: nil,
                    detail: "\(batch.unreadable) units are in no snapshot, because they cannot be read: \(fault)"))
        }
        return .folded
    }

    /// Folds what waits, if it is little; for whoever is about to read.
    ///
    /// - Parameter most: Transactions at most.
    /// - Throws: ``StoreFailure`` if something could not be read or written; what was folded is.
    package func catchUp(most: Int = 5) async throws(StoreFailure) {
        for _ in 0..<most where try await step() == .idle { return }
    }

    /// Makes everything anew from the first unit on, and puts it in the place of what is there.
    ///
    /// Readers see what was there until then; if it is given up half-way, it stays.
    ///
    /// - Parameter progress: Hears how far it is.
    /// - Returns: How far the new fold is.
    /// - Throws: ``StoreFailure`` if the store fails or the task is cancelled.
    package func rebuild(
        progress: @Sendable (SnapshotFoldState) -> Void
    ) async throws(StoreFailure) -> SnapshotFoldState {
        let fold = try await store.beginFold()
        var (unit, unreadable, reached): (Int64, Int64, Int64?) = (0, 0, nil)
        while true {
            if Task.isCancelled { throw StoreFailure(.other, "the rebuilding was given up") }
            if let batch = try await store.nextBatch(after: unit) {
                guard try await store.fold(batch, into: fold, after: unit) else {
                    throw StoreFailure(.other, "another rebuilding was begun meanwhile")
                }
                (unit, unreadable) = (batch.unit, unreadable + batch.unreadable)
                let newest = try await store.snapshotFold().newest
                progress(
                    SnapshotFoldState(fold: fold, unit: unit, at: batch.at, unreadable: unreadable, newest: newest))
                continue
            }
            if try await store.replaceFold(with: fold) { return try await store.snapshotFold() }
            // The present fold may have taken units that came in this moment: then there are more, and they are next.
            guard reached != unit else {
                throw StoreFailure(.other, "another rebuilding was begun meanwhile, or units are not there any more")
            }
            reached = unit
        }
    }
}

extension SnapshotStore {
    /// What the next units add, as many as are written quickly; `nil` if there is none.
    func nextBatch(after unit: Int64, upTo last: Int64 = .max) async throws(StoreFailure) -> SnapshotBatch? {
        var batch = SnapshotBatch()
        for step in try await snapshotSteps(after: unit, limit: SnapshotFolding.units) where step.number <= last {
            batch.add(step)
            if batch.size >= SnapshotFolding.rows { break }
        }
        return batch.unit > 0 ? batch : nil
    }
}
