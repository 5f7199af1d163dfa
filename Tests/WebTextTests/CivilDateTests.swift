import Testing
import WebText

@Suite struct CivilDateTests {
    @Test(
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (59, "1970-03-01"), (11_016, "2000-02-29"), (11_017, "2000-03-01"),
            (19_782, "2024-02-29"), (20_778, "2026-11-21"), (47_540, "2100-02-28"), (47_541, "2100-03-01"),
            (-25_509, "1900-02-28"),
            (-25_508, "1900-03-01"),
        ] as [(Int64, String)])
    func `knows the calendar`(_ day: Int64, _ text: String) {
        #expect(CivilDate(daysSinceEpoch: day).description == text)
    }

    @Test func `days follow each other for eight hundred years`() {
        var previous = CivilDate(daysSinceEpoch: -146_098)
        for day in Int64(-146_097)...146_097 {
            let date = CivilDate(daysSinceEpoch: day)
            let isNextDay = date.year == previous.year && date.month == previous.month && date.day == previous.day + 1
            let isNextMonth = date.year == previous.year && date.month == previous.month + 1 && date.day == 1
            let isNextYear = date.year == previous.year + 1 && date.month == 1 && date.day == 1 && previous.month == 12
            guard isNextDay || isNextMonth && previous.day >= 28 || isNextYear && previous.day == 31 else {
                Issue.record("\(date) does not follow \(previous)")
                return
            }
            previous = date
        }
    }

    @Test func `a day of the calendar is found again by its numbers`() {
        for day in stride(from: Int64(-146_097), through: 146_097, by: 37) {
            let date = CivilDate(daysSinceEpoch: day)
            #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
        }
    }

    @Test(arguments: [(2026, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0)])
    func `what no calendar has is no day`(_ year: Int64, _ month: Int64, _ day: Int64) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }
}
