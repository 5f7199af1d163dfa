import Foundation
import GRDBSQLite
import Router
import SQLiteStore
import Testing

/// Long logs are copied into the database while writers go on.
@Suite struct CheckpointTests {
    private func open(_ folder: TemporaryFolder) async throws -> SQLiteStore {
        try await TestKeys.open(folder) { $0.checkpointPages = 1_000 }
    }

    private func size(_ path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }

    @Test func `the log begins anew although somebody always writes`() async throws {
        let folder = try TemporaryFolder()
        let store = try await open(folder)
        let ids = await withTaskGroup(of: [OrderID].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var ids: [OrderID] = []
                    for _ in 0..<250 {
                        guard let unit = try? Samples.largeUnit() else { continue }
                        if await store.commit([unit], epoch: 1) == .committed { ids.append(unit.order.id) }
                    }
                    return ids
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(ids.count == 2_000)
        #expect(try size(folder.database) > 1_000 * 4_096, "nothing was copied")
        #expect(try size(folder.database + "-wal") < 9 * 1_000 * 4_096, "the log grew as if nobody copied it")
        #expect(try await store.fullCheck() == [])
        await store.close()
        let again = try await TestKeys.open(folder) { $0.recentOrders = 0 }
        for id in ids { #expect(try await again.orderAggregate(id) != nil) }
        await again.close()
    }

    /// What was acknowledged stands in the log, which was flushed; nothing more is.
    @Test func `a flush that fails while the log is copied ends the store`() async throws {
        let folder = try TemporaryFolder()
        FaultyDisk.set(nil, for: folder.path)
        let store = try await open(folder)
        var fault = FaultyDisk.Fault(operation: .sync, code: SQLITE_IOERR | 4 << 8)
        (fault.isPersistent, fault.sparesLog) = (true, true)
        FaultyDisk.set(fault, for: folder.path)
        var committed: [OrderID] = []
        var failure: StoreFailure?
        for _ in 0..<20_000 where failure == nil {
            let unit = try Samples.largeUnit()
            switch await store.commit([unit], epoch: 1) {
            case .committed: committed.append(unit.order.id)
            case .failed(let found): failure = found
            case .conflict(_, let conflict): Issue.record("\(conflict)")
            }
        }
        #expect(failure?.kind == .closed)
        #expect(failure?.detail.contains("a flush failed") == true)
        await store.close()
        FaultyDisk.set(nil, for: folder.path)
        // As another process would find it.
        let copy = try TemporaryFolder()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: folder.database + suffix, toPath: copy.database + suffix)
        }
        let again = try await TestKeys.open(copy) { $0.recentOrders = 0 }
        for id in committed { #expect(try await again.orderAggregate(id) != nil) }
        #expect(try await again.fullCheck() == [])
        await again.close()
    }
}
