import Router
import RouterTestKit
import Synchronization

/// A store whose process dies at one of its operations: before it, or after it became durable.
///
/// What comes after never happens.
final class InterruptedStore: SnapshotStore {
    private let good: MemoryStore
    private let dies: (at: Int, isDone: Bool)
    private let count = Mutex(0)

    init(_ good: MemoryStore, dyingAt place: Int, afterwards isDone: Bool) {
        (self.good, dies) = (good, (place, isDone))
    }

    /// How many operations there were.
    var operations: Int { count.withLock { $0 } }

    private func perform<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(StoreFailure) -> Value {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number > dies.at || (number == dies.at && !dies.isDone) { throw StoreFailure(.closed, "the process died") }
        let value = try await body()
        if number == dies.at { throw StoreFailure(.closed, "the process died") }
        return value
    }

    func snapshotFold() async throws(StoreFailure) -> SnapshotFoldState {
        try await perform { () async throws(StoreFailure) in try await good.snapshotFold() }
    }

    func snapshotSteps(after unit: Int64, limit: Int) async throws(StoreFailure) -> [SnapshotStep] {
        try await perform { () async throws(StoreFailure) in
            try await good.snapshotSteps(after: unit, limit: min(limit, 9))
        }
    }

    func fold(_ batch: SnapshotBatch, into fold: Int64, after unit: Int64) async throws(StoreFailure) -> Bool {
        try await perform { () async throws(StoreFailure) in try await good.fold(batch, into: fold, after: unit) }
    }

    func snapshots(_ query: SnapshotQuery) async throws(StoreFailure) -> [Snapshot] {
        try await perform { () async throws(StoreFailure) in try await good.snapshots(query) }
    }

    func sales(_ query: SalesQuery) async throws(StoreFailure) -> SalesRanking {
        try await perform { () async throws(StoreFailure) in try await good.sales(query) }
    }

    func snapshotDigest() async throws(StoreFailure) -> SnapshotDigest {
        try await perform { () async throws(StoreFailure) in try await good.snapshotDigest() }
    }

    func bookings(after order: OrderID?, limit: Int) async throws(StoreFailure) -> [OrderBookings] {
        try await perform { () async throws(StoreFailure) in try await good.bookings(after: order, limit: limit) }
    }

    func beginFold() async throws(StoreFailure) -> Int64 {
        try await perform { () async throws(StoreFailure) in try await good.beginFold() }
    }

    func replaceFold(with fold: Int64) async throws(StoreFailure) -> Bool {
        try await perform { () async throws(StoreFailure) in try await good.replaceFold(with: fold) }
    }

    func forgetFolds(limit: Int) async throws(StoreFailure) -> Bool {
        try await perform { () async throws(StoreFailure) in try await good.forgetFolds(limit: limit) }
    }
}
