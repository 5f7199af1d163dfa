import HTTPListener
import Testing
import WebText

@Suite struct HTTPDateTests {
    @Test(
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
        ] as [(Int64, String)])
    func `a moment is written as RFC 9110 shows it, and read back`(_ seconds: Int64, _ text: String) {
        #expect(HTTPDate.text(seconds: seconds) == text)
        #expect(HTTPDate.seconds(text, now: 0) == seconds)
    }

    @Test func `the days of the week follow each other`() {
        let names = (0..<21).map { HTTPDate.text(seconds: -10 * 86_400 + $0 * 86_400).prefix(3) }
        let week: [Substring] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        #expect(names == week + week + week)
    }

    @Test func `the date of an answer is now, to the second`() throws {
        let read = try #require(HTTPDate.seconds(DateLine().now, now: 1_700_000_000))
        #expect(read > 1_700_000_000)
    }
}
