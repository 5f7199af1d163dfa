import Testing

@testable import Router
@testable import RouterTestKit

/// Days, spans, and figures as bytes.
@Suite struct SnapshotValueTests {
    @Test func `a day is the day in UTC`() throws {
        let day = try #require(SnapshotDay(text: "2026-11-30"))
        #expect(SnapshotDay(day.start) == day)
        #expect(SnapshotDay(day.start.adding(milliseconds: -1)) == day.advanced(by: -1))
        #expect(SnapshotDay(day.end.adding(milliseconds: -1)) == day)
        #expect("\(day.end)" == "2026-12-01T00:00:00.000Z")
        #expect(SnapshotDay(Moment(milliseconds: -1)).description == "1969-12-31")
    }

    @Test(arguments: [
        "2026-11-31", "2026-13-01", "26-11-30", "2026-1-1", "2026-11-30T00", "", "2026/11/30", "+026-11-30",
    ])
    func `what is no day is refused`(_ text: String) { #expect(SnapshotDay(text: text) == nil) }

    @Test func `figures survive their bytes`() throws {
        let random = SeededRandom(5)
        for _ in 0..<200 {
            var figures = SnapshotFigures()
            for figure in SnapshotFigures.Figure.allCases where random.next().isMultiple(of: 2) {
                let wide = Int128(random.next()) << Int128(random.next() % 64) | Int128(random.next())
                figures[figure] = random.next().isMultiple(of: 2) ? wide : -wide
            }
            #expect(try SnapshotFigures(stored: figures.bytes) == figures)
        }
        #expect(SnapshotFigures().bytes == [])
        for extreme in [Int128.max, .min, -1, 1, 63, 64, -64, -65] {
            var figures = SnapshotFigures()
            figures[.disputed] = extreme
            #expect(try SnapshotFigures(stored: figures.bytes) == figures)
        }
        #expect(throws: RecordFault.self) { try SnapshotFigures(stored: [0x80]) }
        #expect(throws: RecordFault.self) { try SnapshotFigures(stored: Array(repeating: 0xFF, count: 30)) }
    }

    @Test func `a row of an older release lacks figures, one of a newer has more`() throws {
        #expect(try SnapshotFigures(stored: [2, 4]) == SnapshotFigures([.accepted: 1, .succeeded: 2]))
        let longer = WideNumbers.bytes(Array(repeating: 1, count: 40))
        #expect(try SnapshotFigures(stored: longer)[.disputed] == 1)
    }

    @Test func `sums stop at the largest number and never wrap`() {
        var figures = SnapshotFigures([.gross: .max])
        figures.add(SnapshotFigures([.gross: 5]))
        #expect(figures[.gross] == .max)
        #expect(Int128(Int64.max) * 3 == Int128(Int64.max).clampedSum(Int128(Int64.max) * 2))
        #expect((Int128(Int64.max) + 1).clamped == .max)
    }

    @Test(arguments: [
        ("2026-11-30", "2026-11-30", 1), ("2026-02-01", "2026-02-28", 1), ("2026-01-15", "2026-01-20", 1),
        ("2026-01-31", "2026-02-01", 1), ("2026-01-01", "2026-12-31", 1), ("2025-12-15", "2026-03-14", 3),
        ("2026-01-01", "2026-02-10", 2), ("2026-01-02", "2026-02-28", 2),
    ])
    func `a span is taken apart without gaps`(_ from: String, _ to: String, _ stretches: Int) throws {
        let (first, last) = (try #require(SnapshotDay(text: from)), try #require(SnapshotDay(text: to)))
        let spans = SaleSpans(from: first, to: last)
        #expect(spans.stretches.count == stretches)
        var days: [Int64] = []
        for number in spans.stretches.flatMap({ Array($0) }) {
            guard SaleSpan.isMonth(number) else {
                days.append(number)
                continue
            }
            var day = first
            while day <= last {
                if SaleSpan.month(SnapshotMonth(day)).number == number { days.append(day.number) }
                day = day.advanced(by: 1)
            }
        }
        #expect(days.sorted() == Array(first.number...last.number))
        #expect(spans.isOne == (from == to || (from == "2026-02-01")))
    }
}
