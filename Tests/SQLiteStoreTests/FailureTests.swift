import Foundation
import GRDB
import GRDBSQLite
import Router
import RouterTestKit
import SQLiteStore
import Testing

@Suite struct FailureTests {
    @Test func `a full database fails the group and recovers when there is room`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder) { $0.maximumPages = 120 }
        var (stored, failures): ([OrderID], Int) = ([], 0)
        for _ in 0..<60 where failures < 3 {
            let unit = try Samples.largeUnit()
            switch await store.commit([unit], epoch: 1) {
            case .committed: stored.append(unit.order.id)
            case .failed(let failure):
                #expect(failure.kind == .diskFull)
                failures += 1
                #expect(try await store.orderAggregate(unit.order.id) == nil)
            case .conflict(_, let conflict): Issue.record("\(conflict)")
            }
        }
        #expect(failures == 3)
        for id in stored { #expect(try await store.orderAggregate(id) != nil) }
        await store.close()
        let roomy = try await TestKeys.open(folder)
        #expect(await roomy.commit([try Samples.largeUnit()], epoch: 1) == .committed)
        for id in stored { #expect(try await roomy.orderAggregate(id) != nil) }
        #expect(try await roomy.fullCheck() == [])
        await roomy.close()
    }

    @Test func `a full disk fails the group and the same store goes on when there is space`() async throws {
        let folder = try TemporaryFolder()
        FaultyDisk.set(nil, for: folder.path)
        let store = try await TestKeys.open(folder)
        let before = try Samples.unit()
        #expect(await store.commit([before], epoch: 1) == .committed)
        FaultyDisk.set(.init(operation: .write, code: SQLITE_FULL, isPersistent: true), for: folder.path)
        let lost = try Samples.unit()
        for _ in 0..<3 {
            let failure = try #require(await store.commit([lost], epoch: 1).failed, "it was committed without space")
            #expect(failure.kind == .diskFull)
        }
        await #expect(throws: StoreFailure.self) { try await store.setFact("a", "b") }
        #expect(try await store.orderAggregate(before.order.id) != nil)
        #expect(try await store.orderAggregate(lost.order.id) == nil)
        FaultyDisk.set(nil, for: folder.path)
        #expect(await store.commit([lost], epoch: 1) == .committed)
        await store.close()
    }

    @Test func `a failed flush ends the store for good`() async throws {
        let folder = try TemporaryFolder()
        FaultyDisk.set(nil, for: folder.path)
        let store = try await TestKeys.open(folder)
        let before = try Samples.unit()
        #expect(await store.commit([before], epoch: 1) == .committed)
        FaultyDisk.set(.init(operation: .sync, code: SQLITE_IOERR | 4 << 8), for: folder.path)
        let failure = try #require(
            await store.commit([try Samples.unit()], epoch: 1).failed, "a failed flush was taken for success")
        #expect(failure.kind == .inputOutput)
        let flushes = FaultyDisk.count(folder.path)
        FaultyDisk.set(.init(operation: .sync, code: SQLITE_OK, after: 1_000), for: folder.path)
        for _ in 0..<3 {
            let failure = try #require(
                await store.commit([try Samples.unit()], epoch: 1).failed, "the store went on after a failed flush")
            #expect(failure.kind == .closed)
        }
        #expect(try await store.orderAggregate(before.order.id) != nil)
        await store.close()
        #expect(FaultyDisk.count(folder.path) == flushes)
        FaultyDisk.set(nil, for: folder.path)
    }

    @Test func `every write error in turn leaves no false state`() async throws {
        let folder = try TemporaryFolder()
        FaultyDisk.set(nil, for: folder.path)
        let store = try await TestKeys.open(folder) { $0.checkpointPages = 4 }
        var committed: [OrderID] = []
        var refused: [OrderID] = []
        for index in 0..<60 {
            FaultyDisk.set(
                .init(operation: .write, code: SQLITE_IOERR | 3 << 8, after: index), for: folder.path)
            let unit = try Samples.unit()
            switch await store.commit([unit], epoch: 1) {
            case .committed: committed.append(unit.order.id)
            case .failed: refused.append(unit.order.id)
            case .conflict(_, let conflict): Issue.record("\(conflict)")
            }
        }
        FaultyDisk.set(nil, for: folder.path)
        #expect(!refused.isEmpty && !committed.isEmpty)
        for id in committed { #expect(try await store.orderAggregate(id) != nil) }
        for id in refused { #expect(try await store.orderAggregate(id) == nil) }
        #expect(await store.commit([try Samples.unit()], epoch: 1) == .committed)
        #expect(try await store.fullCheck() == [])
        await store.close()
    }

    @Test func `somebody elses lock is busy and nothing is half done`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder) { $0.busyMilliseconds = 50 }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.database, configuration: configuration)
        let unit = try Samples.unit()
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        let failure = try #require(
            await store.commit([unit], epoch: 1).failed, "it was committed beside another writer")
        #expect(failure.kind == .busy)
        try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        #expect(await store.commit([unit], epoch: 1) == .committed)
        try other.close()
        await store.close()
    }

    @Test func `a deleted database is noticed before anything is acknowledged`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        #expect(await store.commit([try Samples.unit()], epoch: 1) == .committed)
        try FileManager.default.removeItem(atPath: folder.path)
        let failure = try #require(
            await store.commit([try Samples.unit()], epoch: 1).failed, "it was committed into a deleted file")
        #expect(failure.kind == .inputOutput)
        try #require(
            await store.commit([try Samples.unit()], epoch: 1).failed != nil, "it was committed into a deleted file")
        await store.close()
    }

    @Test func `a folder that is not there is refused`() async throws {
        await #expect(throws: StoreFailure.self) {
            try await SQLiteStore.open(path: "/nowhere/at/all/router.sqlite", master: TestKeys.master())
        }
    }
}
