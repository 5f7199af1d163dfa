import Router
import RouterTestKit
import Testing
import WebText

@Suite struct MomentTests {
    @Test func `agrees with the vectors`() throws {
        let rows = try Fixture.rows("moments.tsv")
        #expect(rows.count > 80)
        for row in rows {
            let milliseconds = try #require(Int64(row[1]))
            #expect(Moment(rfc3339: row[0])?.milliseconds == milliseconds, "\(row[0])")
            #expect(Moment(milliseconds: milliseconds).description == row[2], "\(row[0])")
        }
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T09:30:00", "2026-11-21 09:30:00Z", "2026-11-21T09:30Z", "2026-11-21T09:30:00.Z",
        "2026-11-21T09:30:00,5Z", "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:30:61Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "2026-11-21T09:30:00+1:00",
        "2026-11-21T09:30:00+0100", "2026-11-21T09:30:00+01", "2026-11-21T09:30:00+01:00Z", "2026-11-21T09:30:00ZZ",
        "+026-11-21T09:30:00Z", "2026-1-21T09:30:00Z0", "2026/11/21T09:30:00Z", "\u{FF12}026-11-21T09:30:00Z",
        "2026-11-21T09:30:00.5", "2026-11-21T09:30:00+24:00", "2026-11-21T09:30:00+00:60", "2026-11-21T09:30:00-99:99",
    ])
    func `refuses what is not RFC3339`(_ text: String) {
        #expect(Moment(rfc3339: text) == nil)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `every printed moment reads back`(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<2_000 {
            let moment = Moment(
                milliseconds: Int64.random(in: -62_000_000_000_000...253_000_000_000_000, using: &random))
            #expect(Moment(rfc3339: moment.description) == moment)
        }
    }

    /// Contracts say "for ever" with large numbers; that must not end the process.
    @Test(arguments: [Int64.max, Int64.max / 1_000, Int64.max - 600] as [Int64])
    func `never traps`(_ span: Int64) {
        #expect(Moment.start.adding(seconds: span) == Moment(milliseconds: .max))
        #expect(Moment.start.adding(seconds: -span).milliseconds < 0)
        #expect(Moment.start.adding(milliseconds: .max) == Moment(milliseconds: .max))
        #expect(Moment(milliseconds: -1).adding(milliseconds: .min) == Moment(milliseconds: .min))
    }

    @Test func `arithmetic is in milliseconds`() {
        let moment = Moment(milliseconds: 1_000)
        #expect(moment.adding(seconds: 2).milliseconds == 3_000)
        #expect(moment.adding(milliseconds: -1_500).milliseconds == -500)
        #expect(moment.adding(seconds: 2).milliseconds(since: moment) == 2_000)
        #expect(moment < moment.adding(milliseconds: 1))
        #expect(Moment(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    }
}
