extension Moment {
    /// Parses RFC 3339 text in UTC or with an offset; fractions beyond milliseconds are cut.
    ///
    /// - Returns: `nil` if the text is not a valid RFC 3339 date-time.
    public init?(rfc3339 text: String) {
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
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
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
        let days = Moment.days(year: year, month: month, day: day)
        guard CivilDate(daysSinceEpoch: days).day == day else { return nil }
        let seconds = days * 86_400 + hour * 3_600 + (minute - offsetMinutes) * 60 + second
        self.init(milliseconds: seconds * 1_000 + fraction)
    }

    /// Days since the epoch of a Gregorian date.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredDivision(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
