import Router
import Testing

@testable import Host

/// Zones as this machine's database has them, and files that are none.
@Suite("Time zone files")
struct TimeZoneFileTests {
    private static func clock(_ zone: String, _ moment: String) throws -> Int64 {
        let rules = try #require(TimeZoneFiles.system.zone(zone))
        return rules.time(at: try #require(Moment(rfc3339: moment))).minuteOfDay
    }

    @Test(
        arguments: [
            ("Africa/Lome", "2026-07-01T12:00:00Z", 720), ("Asia/Bangkok", "2026-07-01T12:00:00Z", 19 * 60),
            ("Africa/Tunis", "2026-01-01T12:00:00Z", 13 * 60), ("Europe/Paris", "2026-03-29T00:59:59Z", 119),
            ("Europe/Paris", "2026-03-29T01:00:00Z", 180), ("Europe/Paris", "2026-10-25T00:59:59Z", 179),
            ("Europe/Paris", "2026-10-25T01:00:00Z", 120), ("Asia/Kolkata", "2026-01-01T00:00:00Z", 330),
            ("UTC", "2026-01-01T00:00:00Z", 0),
        ])
    func `clocks of the world`(_ zone: String, _ moment: String, _ minute: Int64) throws {
        #expect(try Self.clock(zone, moment) == minute)
    }

    @Test(arguments: [
        "", "Africa", "Africa/Atlantis", "../etc/passwd", "/etc/passwd", "Africa/../../passwd", "zone.tab",
        "Africa//Lome",
    ])
    func `other names are no zones`(_ name: String) { #expect(TimeZoneFiles.system.zone(name) == nil) }

    @Test func `a file that is cut anywhere is none`() throws {
        let bytes = try #require(Files.read(TimeZoneFiles.system.folder + "/Europe/Paris"))
        let whole = try #require(TimeZoneFile(bytes)?.rules("x"))
        var read = 0
        for length in stride(from: 0, to: bytes.count, by: 7) {
            guard let rules = TimeZoneFile(Array(bytes.prefix(length)))?.rules("x") else { continue }
            #expect(rules == whole, "what is behind the second block is for others")
            read += 1
        }
        #expect(read < bytes.count / 14)
    }
}
