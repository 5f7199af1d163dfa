/// Dates with times as HTTP writes them (RFC 9110, section 5.6.7); moments are seconds since 1970-01-01T00:00:00Z.
public enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// A moment in the form to be sent, for instance `Sun, 06 Nov 1994 08:49:37 GMT`.
    public static func text(seconds: Int64) -> String {
        let date = CivilDate(daysSinceEpoch: seconds.flooredDivision(by: 86_400))
        let rest = seconds - date.daysSinceEpoch * 86_400
        // 1970 began on a Thursday.
        let day = days[Int((date.daysSinceEpoch % 7 + 11) % 7)].prefix(3)
        let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map { Digits.padded($0, 2) }.joined(separator: ":")
        let civil = "\(Digits.padded(date.day, 2)) \(months[Int(date.month) - 1]) \(Digits.padded(date.year, 4))"
        return "\(day), \(civil) \(clock) GMT"
    }

    /// The moment that a text in one of the three forms names.
    ///
    /// - Parameters:
    ///   - text: For instance `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
    ///     `Sun Nov  6 08:49:37 1994`.
    ///   - now: The present in seconds; decides the century of a year with two digits: never more than 50 years ahead.
    /// - Returns: `nil` if the text has none of the three forms.
    public static func seconds(_ text: String, now: Int64) -> Int64? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        switch parts.count {
        case 6 where parts[0].hasSuffix(","):
            guard isDay(parts[0].dropLast(), short: true), parts[5] == "GMT", parts[3].utf8.count == 4 else {
                return nil
            }
            return moment(year: parts[3], month: parts[2], day: parts[1], time: parts[4])
        case 4:
            let date = parts[1].split(separator: "-", omittingEmptySubsequences: false)
            guard parts[0].hasSuffix(","), isDay(parts[0].dropLast(), short: false), parts[3] == "GMT", date.count == 3,
                let year = fullYear(date[2], now: now)
            else { return nil }
            return moment(year: year[...], month: date[1], day: date[0], time: parts[2])
        case 5, 6:
            // In the oldest form a day with one digit stands behind two spaces.
            let rest = parts.filter { !$0.isEmpty }
            guard rest.count == 5, isDay(rest[0], short: true), rest[4].utf8.count == 4,
                parts.count == 5 ? rest[2].utf8.count == 2 : parts[2].isEmpty && rest[2].utf8.count == 1
            else { return nil }
            return moment(
                year: rest[4], month: rest[1], day: rest[2].utf8.count == 1 ? "0" + rest[2] : rest[2], time: rest[3])
        default: return nil
        }
    }

    private static func isDay(_ text: Substring, short: Bool) -> Bool {
        days.contains { short ? $0.prefix(3) == text : $0[...] == text }
    }

    private static func fullYear(_ text: Substring, now: Int64) -> String? {
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let short = Int64(text) else {
            return nil
        }
        let present = CivilDate(daysSinceEpoch: now.flooredDivision(by: 86_400)).year
        let year = present / 100 * 100 + short
        return String(year > present + 50 ? year - 100 : year)
    }

    private static func moment(year: Substring, month: Substring, day: Substring, time: Substring) -> Int64? {
        guard let index = months.firstIndex(where: { $0[...] == month }) else { return nil }
        let number = Digits.padded(Int64(index) + 1, 2)
        return RFC3339.milliseconds("\(year)-\(number)-\(day)T\(time)Z").map { $0 / 1_000 }
    }
}
