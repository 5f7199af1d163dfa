import Router
import RouterTestKit

extension BrokenStore {
    func snapshotFold() async throws(StoreFailure) -> SnapshotFoldState {
        guard !isIdle(.snapshotFold) else {
            return SnapshotFoldState(fold: 1, unit: 0, at: Moment(milliseconds: 0), unreadable: 0, newest: 0)
        }
        return try await good.snapshotFold()
    }

    func snapshotSteps(after unit: Int64, limit: Int) async throws(StoreFailure) -> [SnapshotStep] {
        if isIdle(.snapshotSteps) { return [] }
        let steps = try await good.snapshotSteps(
            after: has(.stepsFromTheStart) ? 0 : unit, limit: has(.stepsWithoutLimit) ? .max : limit)
        guard has(.forgetsWhatWasBefore) else { return steps.reversed(if: has(.stepsBackwards)) }
        return steps.map { step in
            var step = step
            if case .change(_, let after) = step.content { step.content = .change(before: nil, after: after) }
            return step
        }
    }

    func fold(_ batch: SnapshotBatch, into fold: Int64, after unit: Int64) async throws(StoreFailure) -> Bool {
        if isIdle(.foldSnapshots) { return true }
        let place = has(.foldsTwice) ? try await good.snapshotFold().unit : unit
        return try await good.fold(batch, into: fold, after: place)
    }

    func snapshots(_ query: SnapshotQuery) async throws(StoreFailure) -> [Snapshot] {
        if isIdle(.snapshots) { return [] }
        var query = query
        if case .ignores(let condition, .snapshots) = fault { LeftOut.snapshotConditions[condition]?(&query) }
        return try await good.snapshots(query).reversed(if: has(.snapshotsBackwards))
    }

    func sales(_ query: SalesQuery) async throws(StoreFailure) -> SalesRanking {
        if isIdle(.sales) { return SalesRanking(lines: [], isExact: true) }
        var query = query
        if case .ignores(let condition, .sales) = fault { LeftOut.salesConditions[condition]?(&query) }
        let ranking = try await good.sales(query)
        return SalesRanking(lines: ranking.lines.reversed(if: has(.salesBackwards)), isExact: ranking.isExact)
    }

    func snapshotDigest() async throws(StoreFailure) -> SnapshotDigest {
        isIdle(.snapshotDigest) ? SnapshotDigest() : try await good.snapshotDigest()
    }

    func bookings(after order: OrderID?, limit: Int) async throws(StoreFailure) -> [OrderBookings] {
        if isIdle(.bookings) { return [] }
        return try await good.bookings(
            after: has(.bookingsFromTheStart) ? nil : order, limit: has(.bookingsWithoutLimit) ? .max : limit
        ).reversed(if: has(.bookingsBackwards))
    }

    func beginFold() async throws(StoreFailure) -> Int64 {
        isIdle(.beginFold) ? 99 : try await good.beginFold()
    }

    func replaceFold(with fold: Int64) async throws(StoreFailure) -> Bool {
        isIdle(.replaceFold) ? true : try await good.replaceFold(with: fold)
    }

    func forgetFolds(limit: Int) async throws(StoreFailure) -> Bool {
        isIdle(.forgetFolds) ? false : try await good.forgetFolds(limit: limit)
    }
}
