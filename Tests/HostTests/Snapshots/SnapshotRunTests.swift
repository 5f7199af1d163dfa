import Router
import Testing

@testable import Host
@testable import RouterTestKit

/// Daily figures made anew, with what was wrong with some days of them.
@Suite("Rebuilding snapshots") struct SnapshotRunTests {
    private struct Deaf: EngineObserver { func record(_ event: EngineEvent) {} }

    private static let moment = Moment(milliseconds: 1_790_000_000_000)
    private let today = SnapshotDay(Self.moment)

    /// A store with one order, folded, and the key of its row.
    private func folded() async throws -> (store: MemoryStore, key: SnapshotKey) {
        let store = MemoryStore()
        let order = Order(
            id: OrderID(.payment, at: Self.moment, from: SystemRandom()), app: CallBench.app, environment: .sandbox,
            request: OrderRequest(amount: Money(5_000, .xof)), idempotencyKey: "key",
            requestID: RequestID(at: Self.moment, from: SystemRandom()), createdAt: Self.moment, plan: [],
            explanation: .null)
        _ = await store.commit([UnitOfWork(order: order, write: .insert)], epoch: 1)
        while try await SnapshotFolding(store: store, observer: Deaf()).step() != .idle {}
        return (store, try #require(try await store.snapshotDigest().rows.keys.first))
    }

    @Test func `what was wrong on the days is told, as it was and as it is, and is right afterwards`() async throws {
        let (store, key) = try await folded()
        try await store.changeSnapshot(key) { $0[.gross] += 70 }
        let run = SnapshotRun(store, Deaf())
        #expect(run.begin(.rebuilding, comparing: today...today))
        await run.ended()
        let report = run.report
        #expect(report.progress == .done && report.failure == nil)
        let row = try #require(report.differences?.rows.first)
        #expect(row.key == key && row.before[.gross] == 70 && row.after[.gross] == 0)
        #expect(report.differences?.rows.count == 1 && report.differences?.sales == 0)
        #expect(try await store.snapshotDigest().rows[key] == row.after)
        let shown = try #require(RebuildBlocks(visit: Self.visit).blocks(report).first?.table?.rows)
        #expect(shown.count == 1, "only what differs is shown")
        let amounts = [70, 0].map { Self.visit.amount(Money($0, .xof)) }
        #expect(shown[0].map(\.text).suffix(3) == ["collected"] + amounts)
    }

    @Test func `other days are made anew, too, and not told of`() async throws {
        let (store, key) = try await folded()
        try await store.changeSnapshot(key) { $0[.accepted] += 1 }
        let run = SnapshotRun(store, Deaf())
        let yesterday = today.advanced(by: -1)
        #expect(run.begin(.rebuilding, comparing: yesterday...yesterday))
        await run.ended()
        #expect(run.report.differences?.isNone == true && run.report.differences?.compared == 0)
        #expect(try await store.snapshotDigest().rows[key]?[.accepted] == 1)
    }

    @Test func `nothing else begins while one goes on`() async throws {
        let (gate, entered) = (Promise<Void>(), Promise<Void>())
        let store = MemoryStore { operation in
            guard operation == .snapshotDigest else { return .proceed }
            entered.keep(())
            await gate.value
            return .proceed
        }
        let run = SnapshotRun(store, Deaf())
        #expect(run.begin(.rebuilding, comparing: today...today))
        await entered.value
        #expect(run.report.progress == .running)
        let other = today.advanced(by: -1)
        #expect(!run.begin(.rebuilding, comparing: other...other) && !run.begin(.comparison))
        #expect(run.begin(.rebuilding, comparing: today...today), "the same is under way already")
        gate.keep(())
        await run.ended()
        #expect(run.report.progress == .done)
    }

    private static var visit: ConsoleVisit {
        ConsoleVisit(
            APIRequest(
                method: "GET", path: "/console/snapshots", query: "", headers: [], body: [],
                id: RequestID(at: moment, from: SystemRandom())), ConsoleVisitor())
    }
}
