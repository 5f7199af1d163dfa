import RouterTestKit
import Testing

@testable import Router

/// Folding units into snapshots, whatever ends it half-way.
@Suite struct SnapshotFoldingTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `in whatever batches units are folded, the figures are the same`(_ seed: UInt64) async throws {
        let whole = try await FoldingBench(seed: seed)
        try await whole.fold(inBatchesOf: 100_000...100_000, seed: seed)
        let expected = try await whole.store.snapshotDigest()
        #expect(expected.figures.count > 5)
        for sizes in [1...1, 1...7, 3...60] {
            let bench = try await FoldingBench(seed: seed)
            try await bench.fold(inBatchesOf: sizes, seed: seed)
            let found = try await bench.store.snapshotDigest()
            #expect(found.figures == expected.figures)
            #expect(found.sales == expected.sales)
        }
        _ = try await whole.folding().rebuild { _ in }
        let rebuilt = try await whole.store.snapshotDigest()
        #expect(rebuilt.figures == expected.figures, "made anew, they are the same")
        #expect(rebuilt.sales == expected.sales)
        #expect(try await SnapshotComparing(store: whole.store).run { _ in }.findings == [])
    }

    @Test(arguments: [false, true])
    func `folding that dies at any of its steps neither loses nor counts twice`(_ isDone: Bool) async throws {
        let expected = try await Self.folded(4)
        var place = 0
        while true {
            place += 1
            let bench = try await FoldingBench(seed: 4, lives: 12)
            let dying = InterruptedStore(bench.store, dyingAt: place, afterwards: isDone)
            do throws(StoreFailure) {
                while try await bench.folding(dying).step() != .idle {}
                break
            } catch {}
            while try await bench.folding().step() != .idle {}
            #expect(try await bench.store.snapshotDigest().figures == expected.figures, "died at \(place)")
            #expect(try await bench.store.snapshotDigest().sales == expected.sales)
        }
        #expect(place > 12, "it died at each of its steps")
    }

    @Test(arguments: [false, true])
    func `rebuilding that dies leaves what was there, or what is right`(_ isDone: Bool) async throws {
        let expected = try await Self.folded(5)
        var place = 0
        while true {
            place += 1
            let bench = try await FoldingBench(seed: 5, lives: 12)
            while try await bench.folding().step() != .idle {}
            let dying = InterruptedStore(bench.store, dyingAt: place, afterwards: isDone)
            do throws(StoreFailure) {
                _ = try await bench.folding(dying).rebuild { _ in }
                break
            } catch {}
            #expect(try await bench.store.snapshotDigest().figures == expected.figures, "died at \(place)")
            _ = try await bench.folding().rebuild { _ in }
            while try await bench.store.forgetFolds(limit: 10) {}
            #expect(try await bench.store.snapshotDigest().figures == expected.figures)
            #expect(try await bench.store.snapshotDigest().sales == expected.sales)
        }
        #expect(place > 15, "it died at each of its steps")
    }

    private static func folded(_ seed: UInt64) async throws -> SnapshotDigest {
        let bench = try await FoldingBench(seed: seed, lives: 12)
        while try await bench.folding().step() != .idle {}
        return try await bench.store.snapshotDigest()
    }

    @Test func `two that fold at once count nothing twice`() async throws {
        let expected = try await Self.folded(6)
        let bench = try await FoldingBench(seed: 6, lives: 12)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask { while let step = try? await bench.folding().step(), step != .idle {} }
            }
        }
        #expect(try await bench.store.snapshotDigest().figures == expected.figures)
    }

    @Test func `rebuilding takes the place of a fold that went on meanwhile`() async throws {
        let bench = try await FoldingBench(seed: 7)
        try await bench.fold(inBatchesOf: 5...5, seed: 1)
        let maker = try await FoldingBench(seed: 8, lives: 4)
        let late = try await maker.store.snapshotSteps(after: 0, limit: 1)
        #expect(!late.isEmpty)
        let before = try await bench.store.snapshotFold()
        let made = try await bench.folding().rebuild { _ in }
        #expect(made.fold != before.fold)
        #expect(made.unit == before.newest)
    }

    @Test func `units that cannot be read stop nothing, and somebody is told`() async throws {
        let bench = try await FoldingBench(seed: 9, lives: 12)
        try await bench.store.damageUnit(3)
        while try await bench.folding().step() != .idle {}
        let state = try await bench.store.snapshotFold()
        #expect(state.lag == 0)
        #expect(state.unreadable == 1)
        #expect(
            bench.observer.alarms == [
                "snapshots_incomplete: 1 units are in no snapshot, because they cannot be read: unit 3: a planted fault"
            ])
        let comparison = try await SnapshotComparing(store: bench.store).run { _ in }
        #expect(comparison.unreadable == 1)
    }

    @Test func `readers fold what waits, if it is little, and say up to when they know`() async throws {
        let bench = try await FoldingBench(seed: 10, lives: 12)
        let clock = ManualClock(.start)
        let snapshots = Snapshots(store: bench.store, time: clock, observer: bench.observer)
        #expect(try await snapshots.standing().lag > 0)
        let day = SnapshotDay(Moment(milliseconds: 1_790_000_000_000))
        let summary = try await snapshots.summary(
            apps: nil, environment: .sandbox, from: day.advanced(by: -5), to: day.advanced(by: 5))
        #expect(summary.standing == .init(foldedTo: .start, lag: 0, unreadable: 0))
        let app = try #require(summary.rows.first?.key.app)
        #expect(summary.rows.sums(by: \.kind)[.payment]?[.gross] ?? 0 > 1_000)
        let sold = try await snapshots.mostSold(app: app, environment: .sandbox, from: day, to: day.advanced(by: 1))
        #expect(sold.lines.map(\.id) == ["salt"])
        #expect(sold.lines.first?.figures == SaleFigures(count: 15, amount: 1_500))
        let active = try await snapshots.mostActive(
            app: app, environment: .sandbox, from: day, to: day.advanced(by: 1), limit: 1)
        #expect(active.lines.map(\.id) == ["ama"])
        #expect(active.isExact)
    }

    @Test func `much that waits is left to the background`() async throws {
        let bench = try await FoldingBench(seed: 11, lives: 600)
        let snapshots = Snapshots(store: bench.store, time: ManualClock(.start), observer: bench.observer)
        let day = SnapshotDay(number: 0)
        let standing = try await snapshots.summary(apps: nil, environment: .sandbox, from: day, to: day).standing
        #expect(standing.lag > 1_000)
        #expect(standing.foldedTo == Moment(milliseconds: 0))
    }
}
