import Router
import RouterTestKit

extension TestStore {
    func snapshotFold() async throws(StoreFailure) -> SnapshotFoldState {
        try await pass { store throws(StoreFailure) in try await store.snapshotFold() }
    }

    func snapshotSteps(after unit: Int64, limit: Int) async throws(StoreFailure) -> [SnapshotStep] {
        try await pass { store throws(StoreFailure) in try await store.snapshotSteps(after: unit, limit: limit) }
    }

    func fold(_ batch: SnapshotBatch, into fold: Int64, after unit: Int64) async throws(StoreFailure) -> Bool {
        try await pass { store throws(StoreFailure) in try await store.fold(batch, into: fold, after: unit) }
    }

    func snapshots(_ query: SnapshotQuery) async throws(StoreFailure) -> [Snapshot] {
        try await pass { store throws(StoreFailure) in try await store.snapshots(query) }
    }

    func sales(_ query: SalesQuery) async throws(StoreFailure) -> SalesRanking {
        try await pass { store throws(StoreFailure) in try await store.sales(query) }
    }

    func snapshotDigest() async throws(StoreFailure) -> SnapshotDigest {
        try await pass { store throws(StoreFailure) in try await store.snapshotDigest() }
    }

    func bookings(after order: OrderID?, limit: Int) async throws(StoreFailure) -> [OrderBookings] {
        try await pass { store throws(StoreFailure) in try await store.bookings(after: order, limit: limit) }
    }

    func beginFold() async throws(StoreFailure) -> Int64 {
        try await pass { store throws(StoreFailure) in try await store.beginFold() }
    }

    func replaceFold(with fold: Int64) async throws(StoreFailure) -> Bool {
        try await pass { store throws(StoreFailure) in try await store.replaceFold(with: fold) }
    }

    func forgetFolds(limit: Int) async throws(StoreFailure) -> Bool {
        try await pass { store throws(StoreFailure) in try await store.forgetFolds(limit: limit) }
    }
}
