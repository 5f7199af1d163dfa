import Foundation
import GRDB
import Router
import Testing

@testable import RouterTestKit
@testable import SQLiteStore

/// Folds in a database: of older forms, damaged, and of more customers than anybody looks at.
@Suite struct SnapshotStoreTests {
    private struct Silent: EngineObserver { func record(_ event: EngineEvent) {} }

    private func foldAll(_ store: SQLiteStore) async throws {
        let folding = SnapshotFolding(store: store, observer: Silent())
        while try await folding.step() != .idle {}
    }

    @Test func `an older database is folded from its first unit on`() async throws {
        let older = try OlderDatabase()
        let store = try await older.open()
        try await foldAll(store)
        let digest = try await store.snapshotDigest()
        #expect(digest.unreadable == 0)
        let kinds = digest.rows.map { Snapshot($0.key, $0.value) }.sums(by: \.kind)
        let payments = try #require(older.told["payments"]?.arrayValue)
        #expect(kinds[.payment]?[.accepted] == Int128(payments.count))
        #expect(
            kinds[.payment]?[.succeeded] == Int128(payments.count { $0["status"] == "succeeded" }))
        #expect(try await SnapshotComparing(store: store).run { _ in }.findings == [])
        for order in try await store.bookings(after: nil, limit: 100) where order.order.kind == .payment {
            let day = SnapshotDay(order.order.madeAt)
            #expect(digest.rows.contains { $0.key.day == day && $0.value[.accepted] > 0 }, "accepted on its day")
        }
        await store.close()
    }

    @Test func `a fold goes on where it was after a restart, and never twice`() async throws {
        let folder = try TemporaryFolder()
        var store = try await TestKeys.open(folder)
        let maker = HistoryMaker(RecordFactory(seed: 5))
        for amount in 1...6 as ClosedRange<Int64> {
            for unit in maker.succeeded(.payment, amount).units {
                #expect(await store.commit([unit], epoch: 1) == .committed)
            }
        }
        for _ in 0..<20 {
            let state = try await store.snapshotFold()
            guard state.lag > 0 else { break }
            var batch = SnapshotBatch()
            for step in try await store.snapshotSteps(after: state.unit, limit: 5) { batch.add(step) }
            #expect(try await store.fold(batch, into: state.fold, after: state.unit))
            #expect(try await !store.fold(batch, into: state.fold, after: state.unit))
            await store.close()
            store = try await TestKeys.reopen(folder)
        }
        let gross = try await store.snapshotDigest().rows.values.reduce(Int128(0)) { $0 + $1[.gross] }
        #expect(gross == 21)
        await store.close()
    }

    @Test func `a damaged unit is counted and told, and what comes after it is folded`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        let maker = HistoryMaker(RecordFactory(seed: 6))
        let (hurt, well) = (maker.succeeded(.payment, 100), maker.succeeded(.payment, 30))
        for unit in hurt.units + well.units { #expect(await store.commit([unit], epoch: 1) == .committed) }
        // Its last unit says that it has succeeded.
        try await TestKeys.change(
            folder,
            "UPDATE units SET sealed = x'00' WHERE n = (SELECT last_unit FROM orders WHERE id = '\(hurt.order.id)')")
        try await foldAll(store)
        let state = try await store.snapshotFold()
        #expect(state.unreadable == 1)
        #expect(state.lag == 0)
        let digest = try await store.snapshotDigest()
        #expect(digest.rows.values.reduce(Int128(0)) { $0 + $1[.gross] } == 30)
        #expect(digest.rows.values.reduce(Int128(0)) { $0 + $1[.accepted] } == 2)
        await store.close()
    }

    @Test func `a damaged row fails its fold and nobody beside it`() async throws {
        let folder = try TemporaryFolder()
        let first = try await TestKeys.open(folder)
        let maker = HistoryMaker(RecordFactory(seed: 7))
        let payment = maker.succeeded(.payment, 100)
        #expect(await first.commit([payment.units[0]], epoch: 1) == .committed)
        try await foldAll(first)
        await first.close()
        try await TestKeys.change(folder, "UPDATE snapshots SET figures = x'80'")
        let store = try await TestKeys.reopen(folder)
        let rest = payment.units.dropFirst()
        async let folded = SnapshotFolding(store: store, observer: Silent()).step()
        for unit in rest { #expect(await store.commit([unit], epoch: 1) == .committed) }
        _ = try? await folded
        await #expect(throws: StoreFailure.self) { try await foldAll(store) }
        _ = try await SnapshotFolding(store: store, observer: Silent()).rebuild { _ in }
        #expect(try await SnapshotComparing(store: store).run { _ in }.findings == [])
        await store.close()
    }

    @Test func `names and ids are sealed`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        var maker = SnapshotMaker(seed: 8, from: SnapshotDay(Samples.now))
        let line = LineItem(item: "item-of-a-secret", name: "Name of a secret", quantity: 1, unitAmount: 5)
        maker.pay(Money(5, .xof), to: RecordFactory(seed: 1).id(), by: "customer-of-a-secret", for: [line])
        _ = try await store.fold(maker.batch(0..<2), into: 1, after: 0)
        await store.close()
        for contents in try TestKeys.contents(folder) {
            for secret in ["item-of-a-secret", "Name of a secret", "customer-of-a-secret"] {
                #expect(contents.range(of: Data(secret.utf8)) == nil)
            }
        }
    }

    @Test func `among many the best of a span are found, and it is said whether they are the best`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        let (app, first): (AppID, SnapshotDay) = (
            RecordFactory(seed: 1).id(), try #require(SnapshotDay(text: "2026-01-01"))
        )
        var unit: Int64 = 0
        func pay(_ customers: [(String, Int)], on day: SnapshotDay) async throws {
            var maker = SnapshotMaker(seed: UInt64(unit + 1), from: day)
            for (customer, times) in customers {
                for _ in 0..<times { maker.pay(Money(10, .xof), to: app, by: customer) }
            }
            var batch = SnapshotBatch()
            for step in maker.steps {
                unit += 1
                batch.add(SnapshotStep(number: unit, at: step.at, content: step.content))
            }
            let state = try await store.snapshotFold()
            #expect(try await store.fold(batch, into: 1, after: state.unit))
        }
        let crowd = (0..<250).map { ("once-\($0)", 1) }
        for day in [10, 40] as [Int64] {
            try await pay(crowd + [("loyal", 9), ("often", 5)], on: first.advanced(by: day))
        }
        func ranking(_ from: Int64, _ to: Int64, _ limit: Int) async throws -> SalesRanking {
            try await store.sales(
                SalesQuery(
                    .customer, app: app, environment: .sandbox, from: first.advanced(by: from),
                    to: first.advanced(by: to), limit: limit))
        }
        let two = try await ranking(5, 45, 2)
        #expect(two.lines.map(\.id) == ["loyal", "often"])
        #expect(two.lines.map(\.figures.count) == [18, 10])
        #expect(two.isExact, "those who were not looked at have two at most")
        #expect(try await ranking(5, 45, 3).isExact, "nobody has more than two")
        #expect(try await ranking(5, 12, 2).lines.map(\.figures.count) == [9, 5])
        #expect(try await ranking(0, 30, 2).isExact, "a month is known exactly")
        // In each month two hundred others pay as often: who of them pays in both is not looked for.
        for day in [12, 42] as [Int64] {
            try await pay((0..<220).map { ("crowd-\(day)-\($0)", 8) }, on: first.advanced(by: day))
        }
        let hidden = try await ranking(5, 45, 3)
        #expect(hidden.lines.first?.id == "loyal")
        #expect(!hidden.isExact)
        await store.close()
    }
}
