import Router
import Testing
import WebText

@testable import Host
@testable import Webhooks

/// `Retry-After` in each of its forms (RFC 9110, section 10.2.3), and what is none.
@Suite struct RetryAfterTests {
    /// Fri, 31 Dec 1999 23:58:00 GMT.
    private static let now = Moment(milliseconds: 946_684_680_000)

    @Test(
        arguments: [
            ("0", 0), ("120", 120), (" 120 ", 120), ("\t7", 7), ("007", 7), ("7200", 7_200),
            ("Fri, 31 Dec 1999 23:59:59 GMT", 119), ("Friday, 31-Dec-99 23:59:59 GMT", 119),
            ("Fri Dec 31 23:59:59 1999", 119), ("Sat Jan  1 00:00:00 2000", 120),
            ("Thu, 30 Dec 1999 23:59:59 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 0), ("Sun Nov  6 08:49:37 1994", 0),
        ] as [(String, Int64)])
    func `readable`(_ text: String, _ seconds: Int64) {
        #expect(RetryAfter.seconds([text], now: Self.now) == seconds)
    }

    @Test(arguments: [
        "-1", "1.5", "abc", "", " ", "+5", "1e3", "0x10", "１２０", "120 s", "120, 120", "Fri, 31 Dec 1999 23:59:59",
        "Fri, 31 Dec 1999 23:59:59 UTC", "Fri, 31 Foo 1999 23:59:59 GMT", "Fri, 32 Dec 1999 23:59:59 GMT",
        "Fri, 30 Feb 1999 23:59:59 GMT", "Fri, 31 Dec 1999 25:00:00 GMT", "Xyz, 31 Dec 1999 23:59:59 GMT",
        "Fri, 31 Dec 99 23:59:59 GMT", "Friday, 31-Dec-1999 23:59:59 GMT", "Fri 31 Dec 1999 23:59:59 GMT",
        "Sun Nov 6 08:49:37 1994", "2026-01-01T00:00:00Z",
    ])
    func `ignored`(_ text: String) {
        #expect(RetryAfter.seconds([text], now: Self.now) == nil)
    }

    @Test func `lines must agree`() {
        #expect(RetryAfter.seconds([], now: Self.now) == nil)
        #expect(RetryAfter.seconds(["5", "6"], now: Self.now) == nil)
        #expect(RetryAfter.seconds(["5", " 5"], now: Self.now) == 5)
    }

    @Test func `an enormous number is still late`() {
        #expect(RetryAfter.seconds(["99999999999999999999999"], now: Self.now) == .max)
    }

    @Test func `fractions of a second round up`() {
        let now = Self.now.adding(milliseconds: 1)
        #expect(RetryAfter.seconds(["Fri, 31 Dec 1999 23:59:59 GMT"], now: now) == 119)
    }

    @Test func `years of two digits lie at most50 years ahead`() {
        let now = Moment.start
        #expect(Moment(httpDate: "Thursday, 31-Dec-76 23:59:59 GMT", now: now)?.description.prefix(4) == "2076")
        #expect(Moment(httpDate: "Saturday, 31-Dec-77 23:59:59 GMT", now: now)?.description.prefix(4) == "1977")
    }
}
