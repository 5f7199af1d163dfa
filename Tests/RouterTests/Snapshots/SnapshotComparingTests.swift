import Testing

@testable import Router
@testable import RouterTestKit

/// What a comparison finds.
@Suite struct SnapshotComparingTests {
    @Test func `a planted difference is found where it is`() async throws {
        let bench = try await FoldingBench(seed: 21)
        while try await bench.folding().step() != .idle {}
        let rows = try await bench.store.snapshotDigest().rows
        let key = try #require(rows.keys.sorted().first { rows[$0]?[.gross] ?? 0 > 0 })
        let right = rows[key]?[.gross] ?? 0
        try await bench.store.changeSnapshot(key) {
            $0[.gross] += 5
            $0[.succeeded] -= 1
        }
        let found = try await SnapshotComparing(store: bench.store).run { _ in }
        let finding = try #require(found.findings.first)
        #expect(finding.source == .units)
        #expect(finding.place == SnapshotWords.place(key))
        #expect(finding.found.contains("gross \(right + 5)"))
        #expect(finding.expected.contains("gross \(right)"))
        #expect(!finding.found.contains("failed"), "only what differs is said")
        _ = try await bench.folding().rebuild { _ in }
        #expect(try await SnapshotComparing(store: bench.store).run { _ in }.findings == [])
    }

    @Test func `the ledger is asked of days that are over`() throws {
        let app: AppID = RecordFactory(seed: 1).id()
        let day = SnapshotDay(.start)
        let booked = Self.booking(app, 100, at: day.start.adding(seconds: 60))
        let key = Self.key(app, day)
        func findings(_ gross: Int128, foldedTo: Moment) -> [String] {
            var digest = SnapshotDigest(unit: 9, at: foldedTo)
            digest.rows[key] = SnapshotFigures([.gross: gross])
            var ledger = SnapshotLedger()
            ledger.add(booked)
            return ledger.findings(digest).map { "\($0.found) \($0.expected)" }
        }
        #expect(findings(100, foldedTo: day.end.adding(seconds: 7_200)) == [])
        #expect(findings(99, foldedTo: day.end.adding(seconds: 7_200)) == ["gross 99 gross 100"])
        #expect(findings(99, foldedTo: day.end.adding(seconds: 60)) == [], "something of it may be under way")
    }

    @Test func `what was booked in the last moments of a day may count on the next one`() {
        let app: AppID = RecordFactory(seed: 1).id()
        let day = SnapshotDay(.start)
        func findings(bookedAt moment: Moment, _ second: Int128) -> Int {
            var digest = SnapshotDigest(unit: 9, at: day.advanced(by: 5).start)
            digest.rows[Self.key(app, day)] = SnapshotFigures([.accepted: 1])
            digest.rows[Self.key(app, day.advanced(by: 1))] = SnapshotFigures([.gross: second])
            var ledger = SnapshotLedger()
            ledger.add(Self.booking(app, 100, at: moment))
            return ledger.findings(digest).count
        }
        #expect(findings(bookedAt: day.end.adding(milliseconds: -2), 100) == 0)
        #expect(findings(bookedAt: day.end.adding(seconds: -61), 100) == 2)
        #expect(findings(bookedAt: day.end.adding(milliseconds: -2), 90) == 2)
    }

    private static func key(_ app: AppID, _ day: SnapshotDay) -> SnapshotKey {
        SnapshotKey(app: app, environment: .sandbox, day: day, currency: .xof, channel: "tmoney", kind: .payment)
    }

    private static func booking(_ app: AppID, _ amount: Int64, at moment: Moment) -> OrderBookings {
        let id = OrderID(.payment, at: .start, from: FixedRandom())
        return OrderBookings(
            order: id, parent: nil, app: app, environment: .sandbox,
            postings: [
                Posting(
                    MovementID(of: id), kind: PostingTemplate.collect.rawValue, debit: .provider("tmoney-tg"),
                    credit: .app(app), amount: Money(amount, .xof), at: moment)
            ])
    }
}
