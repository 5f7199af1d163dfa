import GRDB
import Router
import RouterTestKit
import Testing

@testable import SQLiteStore

/// What went wrong in other ledgers, each once, on both engines.
@Suite struct LedgerFaultTests {
    enum Engine: String, CaseIterable, Sendable { case sqlite, memory }

    private func run(_ engine: Engine, _ body: (any Store, Wallet) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let store: any Store = engine == .memory ? MemoryStore() : try await TestKeys.open(folder)
        try await body(store, try await LedgerSamples.wallet(store, with: 100))
        await store.close()
    }

    private func figures(_ store: any Store, _ account: LedgerAccount) async throws -> [Int64] {
        let balance = try #require(try await store.balance(of: account, in: .xof))
        return [balance.posted, balance.held]
    }

    @Test(arguments: Engine.allCases)
    func `a transfer to oneself moves and makes nothing`(_ engine: Engine) async throws {
        try await run(engine) { (store, wallet) async throws in
            let unit = LedgerSamples.move(10, from: wallet.account, to: wallet.account, spends: true)
            #expect(await store.commit([unit], epoch: 1) == .conflict(index: 0, .constraint(.accounts)))
            #expect(try await figures(store, wallet.account) == [100, 0])
            #expect(try await store.postings(unit.order.movement) == [])
        }
    }

    @Test(arguments: Engine.allCases, [0, -1, -100, .min] as [Int64])
    func `nothing, and less than nothing, is no amount`(_ engine: Engine, _ amount: Int64) async throws {
        try await run(engine) { (store, wallet) async throws in
            let other = try await LedgerSamples.wallet(store, with: 7)
            for unit in [
                LedgerSamples.move(amount, from: wallet.account, to: other.account, spends: true),
                LedgerSamples.move(amount, from: "operator:a", to: "app:x"),
                LedgerSamples.hold(amount, of: wallet.account),
            ] {
                let result = await store.commit([unit], epoch: 1)
                #expect(result == .conflict(index: 0, .constraint(.amount)))
            }
            #expect(try await figures(store, wallet.account) == [100, 0])
            #expect(try await figures(store, other.account) == [7, 0])
        }
    }

    @Test(arguments: Engine.allCases)
    func `a line twice in one batch is written once or not at all`(_ engine: Engine) async throws {
        try await run(engine) { (store, wallet) async throws in
            var twice = LedgerSamples.move(10, from: wallet.account, to: "app:x", spends: true)
            twice.postings.append(twice.postings[0])
            #expect(await store.commit([twice], epoch: 1) == .conflict(index: 0, .constraint(.posting)))
            #expect(try await figures(store, wallet.account) == [100, 0])

            let first = LedgerSamples.move(10, from: wallet.account, to: "app:x", spends: true)
            let again = LedgerSamples.next(first, [], first.postings)
            #expect(
                await store.commit([first, again], epoch: 1) == .conflict(index: 1, .constraint(.posting)))
            #expect(try await figures(store, wallet.account) == [90, 0])
            #expect(try await store.postings(first.order.movement) == first.postings)
        }
    }

    @Test(arguments: Engine.allCases)
    func `of many that use a hold at once one does`(_ engine: Engine) async throws {
        try await run(engine) { (store, wallet) async throws in
            let hold = LedgerSamples.hold(60, of: wallet.account)
            #expect(await store.commit([hold], epoch: 1) == .committed)
            let results = await withTaskGroup(of: CommitResult.self) { group in
                for _ in 0..<40 {
                    var unit = LedgerSamples.unit(60)
                    unit.holds = [.post(hold.order.id, wallet.account)]
                    unit.postings = [LedgerSamples.line(unit.order, 60, from: wallet.account, to: "app:x")]
                    let use = unit
                    group.addTask { await store.commit([use], epoch: 1) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 == .committed } == 1)
            let ended = LedgerRefusal(wallet.account, .holdEnded)
            #expect(results.count { $0 == .conflict(index: 0, .ledger(ended)) } == 39)
            #expect(try await figures(store, wallet.account) == [40, 0])
        }
    }

    @Test(arguments: Engine.allCases)
    func `what was given back cannot be used`(_ engine: Engine) async throws {
        try await run(engine) { (store, wallet) async throws in
            let hold = LedgerSamples.hold(60, of: wallet.account)
            var void = LedgerSamples.next(hold, [.void(hold.order.id, wallet.account)])
            #expect(await store.commit([hold, void], epoch: 1) == .committed)
            void.order.version = 2
            let use = LedgerSamples.next(
                void, [.post(hold.order.id, wallet.account)],
                [LedgerSamples.line(hold.order, 60, from: wallet.account, to: "app:x")])
            let ended = LedgerRefusal(wallet.account, .holdEnded)
            #expect(await store.commit([use], epoch: 1) == .conflict(index: 0, .ledger(ended)))
            #expect(try await figures(store, wallet.account) == [100, 0])
            #expect(try await store.holds(of: hold.order.id).map(\.state) == [.voided])
        }
    }

    @Test(arguments: Engine.allCases)
    func `no more is set aside than there is`(_ engine: Engine) async throws {
        try await run(engine) { (store, wallet) async throws in
            let refusal = CommitResult.conflict(index: 0, .ledger(LedgerRefusal(wallet.account, .insufficient)))
            #expect(await store.commit([LedgerSamples.hold(101, of: wallet.account)], epoch: 1) == refusal)
            let results = await withTaskGroup(of: CommitResult.self) { group in
                for _ in 0..<40 {
                    group.addTask { await store.commit([LedgerSamples.hold(9, of: wallet.account)], epoch: 1) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 == .committed } == 11 && results.count { $0 == refusal } == 29)
            #expect(try await figures(store, wallet.account) == [100, 99])
        }
    }

    @Test(arguments: Engine.allCases)
    func `what is accepted is seen at once`(_ engine: Engine) async throws {
        try await run(engine) { (store, wallet) async throws in
            for index in 1...50 {
                let unit = LedgerSamples.move(1, from: wallet.account, to: "app:x", spends: true)
                #expect(await store.commit([unit], epoch: 1) == .committed)
                #expect(try await figures(store, wallet.account) == [Int64(100 - index), 0])
                #expect(try await store.wallet(wallet.id)?.balance.posted == Int64(100 - index))
                let newest = try await store.entries(of: wallet.account, in: .xof, before: nil, limit: 1)
                #expect(newest.map(\.posting) == unit.postings && newest[0].balance == Int64(100 - index))
            }
        }
    }

    /// Whoever hangs up while his commit waits for the lock neither stops it nor leaves the lock behind.
    @Test func `a caller who hangs up while a lock is held`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder) { $0.busyMilliseconds = 60_000 }
        let wallet = try await LedgerSamples.wallet(store, with: 100)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.database, configuration: configuration)
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        let units = (0..<8).map { _ in LedgerSamples.move(10, from: wallet.account, to: "app:x", spends: true) }
        let tasks = units.map { unit in Task { await store.commit([unit], epoch: 1) } }
        for task in tasks { task.cancel() }
        #expect(try await figures(store, wallet.account) == [100, 0], "nothing is written while the lock is held")
        try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try other.close()
        for task in tasks { #expect(await task.value == .committed) }
        #expect(try await figures(store, wallet.account) == [20, 0])
        let next = LedgerSamples.move(20, from: wallet.account, to: "app:x", spends: true)
        #expect(await store.commit([next], epoch: 1) == .committed)
        await store.close()
    }
}
