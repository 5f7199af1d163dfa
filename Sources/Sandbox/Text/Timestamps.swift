/// Writes and checks the two spellings of time that the sandbox uses.
///
/// Times are milliseconds since 1970, UTC.
enum Timestamps {
    /// RFC 3339 with milliseconds, such as `2026-11-21T08:15:30.250Z`.
    static func rfc3339(_ milliseconds: Int64) -> String {
        let parts = split(milliseconds)
        return "\(parts.date)T\(parts.time).\(padded(floorRemainder(milliseconds, 1000), 3))Z"
    }

    /// `yyyy-MM-dd HH:mm:ss`, the spelling of the TMoney partner interface (UTC, as in Togo).
    static func plain(_ milliseconds: Int64) -> String {
        let parts = split(milliseconds)
        return "\(parts.date) \(parts.time)"
    }

    /// Whether the text is a possible time in the spelling of ``plain(_:)``.
    static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 19 else { return false }
        let marks: [Int: UInt8] = [4: 0x2D, 7: 0x2D, 10: 0x20, 13: 0x3A, 16: 0x3A]
        for (index, byte) in bytes.enumerated() {
            if let mark = marks[index] {
                guard byte == mark else { return false }
            } else {
                guard (0x30...0x39).contains(byte) else { return false }
            }
        }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 0x30 } }
        return (1...12).contains(number(5..<7)) && (1...31).contains(number(8..<10))
            && number(11..<13) < 24 && number(14..<16) < 60 && number(17..<19) < 60
    }

    static func yearAndMonth(_ milliseconds: Int64) -> (year: Int64, month: Int64) {
        let seconds = (milliseconds - floorRemainder(milliseconds, 1000)) / 1000
        let (year, month, _) = civil(days: (seconds - floorRemainder(seconds, 86_400)) / 86_400)
        return (year, month)
    }

    private static func split(_ milliseconds: Int64) -> (date: String, time: String) {
        let seconds = (milliseconds - floorRemainder(milliseconds, 1000)) / 1000
        let ofDay = floorRemainder(seconds, 86_400)
        let (year, month, day) = civil(days: (seconds - ofDay) / 86_400)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        return (date, "\(padded(ofDay / 3600, 2)):\(padded(ofDay / 60 % 60, 2)):\(padded(ofDay % 60, 2))")
    }

    /// Days since 1970 as a date of the Gregorian calendar, counted in 400-year eras that begin in March.
    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let ofEra = floorRemainder(shifted, 146_097)
        let era = (shifted - ofEra) / 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * ofYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * march + 2) / 5 + 1)
    }

    private static func floorRemainder(_ value: Int64, _ divisor: Int64) -> Int64 {
        let remainder = value % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
