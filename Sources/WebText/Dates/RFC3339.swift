/// Dates with times as RFC 3339 writes them; moments are milliseconds since 1970-01-01T00:00:00Z.
public enum RFC3339 {
    /// A moment in UTC with milliseconds, for instance `2026-11-21T09:30:00.000Z`.
    public static func text(milliseconds: Int64) -> String {
        let date = CivilDate(milliseconds: milliseconds)
        let rest = milliseconds - date.daysSinceEpoch * 86_400_000
        guard (0...9_999).contains(date.year) else { return date.description + "T" + time(rest) }
        return String(unsafeUninitializedCapacity: 24) { buffer in
            form.withUTF8Buffer { form in _ = buffer.initialize(fromContentsOf: form) }
            func put(_ value: Int64, endingAt last: Int) {
                var (value, position) = (value, last)
                while value > 0 {
                    buffer[position] += UInt8(value % 10)
                    value /= 10
                    position -= 1
                }
            }
            put(date.year, endingAt: 3)
            put(date.month, endingAt: 6)
            put(date.day, endingAt: 9)
            put(rest / 3_600_000, endingAt: 12)
            put(rest / 60_000 % 60, endingAt: 15)
            put(rest / 1_000 % 60, endingAt: 18)
            put(rest % 1_000, endingAt: 22)
            return 24
        }
    }

    private static let form: StaticString = "0000-00-00T00:00:00.000Z"

    private static func time(_ rest: Int64) -> String {
        let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60)
        let (second, milli) = (rest / 1_000 % 60, rest % 1_000)
        let clock = [hour, minute, second].map { Digits.padded($0, 2) }.joined(separator: ":")
        return clock + "." + Digits.padded(milli, 3) + "Z"
    }

    /// The moment of a text in UTC or with an offset; fractions beyond milliseconds are cut.
    ///
    /// - Returns: `nil` if the text is not a valid RFC 3339 date-time.
    public static func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        func digits(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count else { return nil }
            return bytes[range].reduce(into: Int64?(0)) { sum, byte in
                guard let value = sum, (0x30...0x39).contains(byte) else { return sum = nil }
                sum = value * 10 + Int64(byte - 0x30)
            }
        }
        guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == 0x74, bytes[13] == 0x3A,
            bytes[16] == 0x3A,
            let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10),
            let hour = digits(11..<13), let minute = digits(14..<16), let second = digits(17..<19),
            hour < 24, minute < 60, second < 61, let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var position = 19
        var fraction: Int64 = 0
        if bytes[position] == 0x2E {
            position += 1
            var scale: Int64 = 100
            let first = position
            while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
                fraction += Int64(bytes[position] - 0x30) * scale
                scale /= 10
                position += 1
            }
            guard position > first, position < bytes.count else { return nil }
        }
        var offsetMinutes: Int64 = 0
        switch bytes[position] {
        case 0x5A, 0x7A: guard bytes.count == position + 1 else { return nil }
        case 0x2B, 0x2D:
            guard bytes.count == position + 6, bytes[position + 3] == 0x3A,
                let hours = digits(position + 1..<position + 3), let minutes = digits(position + 4..<position + 6),
                hours < 24, minutes < 60
            else { return nil }
            offsetMinutes = (hours * 60 + minutes) * (bytes[position] == 0x2D ? -1 : 1)
        default: return nil
        }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + (minute - offsetMinutes) * 60 + second
        return seconds * 1_000 + fraction
    }
}
