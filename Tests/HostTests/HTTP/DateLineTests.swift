import HTTPListener
import Host
import Router
import Testing

@Suite struct DateLineTests {
    @Test func `the date of an answer has the form that RFC 9110 shows`() {
        #expect(DateLine.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(DateLine.text(951_782_400) == "Tue, 29 Feb 2000 00:00:00 GMT")
    }

    @Test func `what is written now is read back as now, to the second`() throws {
        let line = DateLine()
        let text = line.now
        let moment = try #require(HTTPDate.parse(text, now: Moment(milliseconds: 1_700_000_000_000)))
        #expect(DateLine.text(Int(moment.milliseconds / 1_000)) == text)
        #expect(moment > Moment(milliseconds: 1_700_000_000_000))
    }
}
