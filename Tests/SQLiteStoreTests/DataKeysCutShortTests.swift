import Foundation
import GRDBSQLite
import Router
import SQLiteStore
import Testing

/// A database gets its keys whole or not at all, wherever the process dies or the disk fails.
@Suite struct DataKeysCutShortTests {
    /// The binding and the keys come together; then the database can be used, and keeps its keys.
    private func check(_ folder: TemporaryFolder, holding unit: UnitOfWork? = nil) async throws {
        let isBound = try await TestKeys.fact("master_key_id", folder) != nil
        let hasKeys = try await TestKeys.fact("data_keys", folder) != nil
        if unit == nil { #expect(isBound == hasKeys) }
        let store = try await TestKeys.reopen(folder)
        if let unit { #expect(try await store.orderAggregate(unit.order.id)?.order == unit.order) }
        let next = try Samples.unit()
        #expect(await store.commit([next], epoch: 1) == .committed)
        await store.close()
        let again = try await TestKeys.reopen(folder)
        #expect(differing(store.dataKeys, again.dataKeys) == [])
        #expect(try await again.orderAggregate(next.order.id)?.order == next.order)
        #expect(try await again.fullCheck() == [])
        await again.close()
    }

    @Test func `a new database on a disk that is full anywhere on the way`() async throws {
        var ends = 0
        for pages in 1..<400 {
            let folder = try TemporaryFolder()
            do {
                await (try TestKeys.open(folder) { $0.maximumPages = pages }).close()
                break
            } catch {
                ends += 1
                try await check(folder)
            }
        }
        #expect(ends > 20)
    }

    @Test(arguments: [FaultyDisk.Operation.write, .sync])
    func `a new database on a disk that fails at any moment`(_ operation: FaultyDisk.Operation) async throws {
        var ends = 0
        // The step that gives it its keys is more than three writes.
        for after in stride(from: 0, to: 2_000, by: operation == .write ? 3 : 1) {
            let folder = try TemporaryFolder()
            FaultyDisk.set(
                .init(operation: operation, code: SQLITE_IOERR, after: after, isPersistent: true), for: folder.path)
            do {
                let store = try await TestKeys.open(folder)
                FaultyDisk.set(nil, for: folder.path)
                await store.close()
                break
            } catch {
                ends += 1
                FaultyDisk.set(nil, for: folder.path)
                try await check(folder)
            }
        }
        #expect(ends > 2)
    }

    /// A closed database of before, with a payment in it.
    private func older() async throws -> (TemporaryFolder, UnitOfWork) {
        let folder = try TemporaryFolder()
        try await TestKeys.makeOlder(folder)
        let unit = try Samples.unit()
        let store = try await TestKeys.reopen(folder)
        #expect(await store.commit([unit], epoch: 1) == .committed)
        await store.close()
        try await TestKeys.forgetDataKeys(folder)
        return (folder, unit)
    }

    @Test(arguments: [FaultyDisk.Operation.write, .sync])
    func `a database of before on a disk that fails at any moment`(_ operation: FaultyDisk.Operation) async throws {
        var ends = 0
        for after in 0..<1_000 {
            let (folder, unit) = try await older()
            FaultyDisk.set(
                .init(operation: operation, code: SQLITE_IOERR, after: after, isPersistent: true), for: folder.path)
            do {
                let store = try await TestKeys.open(folder) { $0.copiesBeforeUpgrade = false }
                FaultyDisk.set(nil, for: folder.path)
                await store.close()
                break
            } catch {
                ends += 1
                FaultyDisk.set(nil, for: folder.path)
                try await check(folder, holding: unit)
            }
        }
        #expect(ends > 1)
    }

    /// As a process that is killed between the two: what it had written of the keys is gone with it.
    @Test func `without its keys a database is not bound either`() async throws {
        let folder = try TemporaryFolder()
        try await TestKeys.makeOlder(folder)
        try await TestKeys.change(
            folder,
            """
            DELETE FROM facts;
            CREATE TRIGGER cut BEFORE INSERT ON facts WHEN NEW.name = 'data_keys' BEGIN SELECT RAISE(ABORT, 'cut'); END;
            """)
        await #expect(throws: StoreFailure.self) { try await TestKeys.open(folder) }
        #expect(try await TestKeys.fact("master_key_id", folder) == nil)
        try await TestKeys.change(folder, "DROP TRIGGER cut")
        try await check(folder)
    }
}
