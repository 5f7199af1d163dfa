import Foundation
import GRDBSQLite
import Router
import RouterTestKit
import SQLiteStore
import Testing

/// When the disk fails, balances and postings change together or not at all.
@Suite struct LedgerFailureTests {
    /// Every commit of a run, and what it may have left behind.
    private struct Run {
        let folder: TemporaryFolder
        var store: SQLiteStore
        let wallet: Wallet
        var balance: Int64 = 1_000_000
        var held: Int64 = 0

        init(_ change: (inout SQLiteStore.Options) -> Void = { _ in }) async throws {
            folder = try TemporaryFolder()
            FaultyDisk.set(nil, for: folder.path)
            store = try await TestKeys.open(folder, change)
            wallet = try await LedgerSamples.wallet(store, with: 1_000_000)
        }

        /// A unit that spends, holds, and carries a body that fills pages.
        func unit() throws -> UnitOfWork {
            var unit = try Samples.largeUnit()
            let order = unit.order
            unit.spends = [wallet.account]
            unit.postings = [
                LedgerSamples.line(order, 10, from: wallet.account, to: "app:x"),
                LedgerSamples.line(order, 1, from: wallet.account, to: .fees, kind: "fee"),
            ]
            unit.holds = [
                .place(Hold(order: order.id, account: wallet.account, amount: Money(3, .xof), at: Samples.now))
            ]
            return unit
        }

        /// Whether a unit is there as a whole; records an issue if a part of it is.
        func isThere(_ unit: UnitOfWork) async throws -> Bool {
            let isThere = try await store.orderAggregate(unit.order.id) != nil
            #expect(try await store.postings(unit.order.movement).count == (isThere ? 2 : 0))
            #expect(try await store.holds(of: unit.order.id).count == (isThere ? 1 : 0))
            return isThere
        }

        mutating func wrote() { (balance, held) = (balance - 11, held + 3) }

        func expectBooks() async throws {
            let found = try #require(try await store.balance(of: wallet.account, in: .xof))
            #expect([found.posted, found.held] == [balance, held])
            let written = (1_000_000 - balance) / 11
            #expect(try await store.balance(of: .fees, in: .xof)?.posted ?? 0 == written)
            #expect(try await store.balance(of: "app:x", in: .xof)?.posted ?? 0 == written * 10)
            #expect(try await store.entries(of: .fees, in: .xof, before: nil, limit: 999).count == Int(written))
            #expect(try await store.fullCheck() == [])
        }
    }

    @Test func `a full disk leaves both or neither`() async throws {
        var run = try await Run { $0.maximumPages = 130 }
        var failures = 0
        for _ in 0..<60 where failures < 3 {
            let unit = try run.unit()
            let result = await run.store.commit([unit], epoch: 1)
            let isThere = try await run.isThere(unit)
            #expect(isThere == (result == .committed))
            if isThere { run.wrote() } else { failures += 1 }
            if !isThere { #expect(result.failed?.kind == .diskFull) }
        }
        #expect(failures == 3 && run.held > 0)
        try await run.expectBooks()
        await run.store.close()
        run.store = try await TestKeys.reopen(run.folder)
        #expect(await run.store.commit([try run.unit()], epoch: 1) == .committed)
        run.wrote()
        try await run.expectBooks()
        await run.store.close()
    }

    @Test func `every write error in turn leaves both or neither`() async throws {
        var run = try await Run { $0.checkpointPages = 4 }
        var (failures, successes) = (0, 0)
        for index in 0..<60 {
            FaultyDisk.set(
                .init(operation: .write, code: SQLITE_IOERR | 3 << 8, after: index), for: run.folder.path)
            let unit = try run.unit()
            let result = await run.store.commit([unit], epoch: 1)
            FaultyDisk.set(nil, for: run.folder.path)
            let isThere = try await run.isThere(unit)
            #expect(isThere == (result == .committed), "a failed commit is not there")
            if isThere { run.wrote() }
            (failures, successes) = isThere ? (failures, successes + 1) : (failures + 1, successes)
        }
        #expect(failures > 2 && successes > 5)
        try await run.expectBooks()
        await run.store.close()
    }

    /// After a failed flush nobody knows; whatever is there after the next start is there as a whole.
    @Test(arguments: 0..<3)
    func `a failed flush leaves both or neither`(_ after: Int) async throws {
        var run = try await Run { $0.checkpointPages = 4 }
        FaultyDisk.set(.init(operation: .sync, code: SQLITE_IOERR | 4 << 8, after: after), for: run.folder.path)
        var units: [UnitOfWork] = []
        for _ in 0..<8 {
            units.append(try run.unit())
            let result = await run.store.commit([units[units.count - 1]], epoch: 1)
            guard result == .committed else {
                #expect(result.failed?.kind == .inputOutput || result.failed?.kind == .closed)
                break
            }
        }
        let refused = await run.store.commit([try run.unit()], epoch: 1)
        #expect(refused.failed?.kind == .closed, "nothing is written after a failed flush")
        await run.store.close()
        FaultyDisk.set(nil, for: run.folder.path)
        // Its files stay locked until the process ends: the next one finds them as they are now.
        let next = try TemporaryFolder()
        for end in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: run.folder.database + end, toPath: next.database + end)
        }
        run.store = try await TestKeys.open(next)
        for unit in units where try await run.isThere(unit) { run.wrote() }
        try await run.expectBooks()
        await run.store.close()
    }
}
