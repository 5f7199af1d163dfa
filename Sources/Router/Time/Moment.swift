/// A moment: milliseconds since 1970-01-01T00:00:00Z.
///
/// In one process moments come from ``TimeSource`` and never run backwards; across restarts they are wall time. They
/// stop new work and order records; they never prove what an operator did.
public struct Moment: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Milliseconds since the epoch.
    public var milliseconds: Int64

    /// Milliseconds since 1970-01-01T00:00:00Z; negative ones lie before.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Orders by time.
    public static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment `seconds` later; the end of time if there is no such moment.
    public func adding(seconds: Int64) -> Moment {
        let (span, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        return adding(milliseconds: overflow ? (seconds < 0 ? .min : .max) : span)
    }

    /// The moment `span` milliseconds later; the end of time if there is no such moment.
    public func adding(milliseconds span: Int64) -> Moment {
        let (sum, overflow) = milliseconds.addingReportingOverflow(span)
        return Moment(milliseconds: overflow ? (span < 0 ? .min : .max) : sum)
    }

    /// How long after `earlier` it is, in milliseconds; negative if it lies before.
    public func milliseconds(since earlier: Moment) -> Int64 { milliseconds - earlier.milliseconds }

    /// RFC 3339 in UTC with milliseconds, for instance `2026-11-21T09:30:00.000Z`.
    public var description: String {
        let date = CivilDate(daysSinceEpoch: milliseconds.flooredDivision(by: 86_400_000))
        let rest = milliseconds - date.daysSinceEpoch * 86_400_000
        guard (0...9_999).contains(date.year) else { return date.description + "T" + Self.time(rest) }
        return String(unsafeUninitializedCapacity: 24) { buffer in
            Self.form.withUTF8Buffer { form in _ = buffer.initialize(fromContentsOf: form) }
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
        return pad(hour, 2) + ":" + pad(minute, 2) + ":" + pad(second, 2) + "." + pad(milli, 3) + "Z"
    }
}

/// A day in the Gregorian calendar, UTC.
public struct CivilDate: Sendable, Hashable, CustomStringConvertible {
    /// Whole days since 1970-01-01 UTC; negative before.
    public let daysSinceEpoch: Int64
    /// The year, for instance 2026.
    public let year: Int64
    /// The month, 1 to 12.
    public let month: Int64
    /// The day of the month, 1 to 31.
    public let day: Int64

    /// The date of a day number, by the usual era arithmetic (400-year cycles starting in March).
    public init(daysSinceEpoch: Int64) {
        self.daysSinceEpoch = daysSinceEpoch
        let shifted = daysSinceEpoch + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `yyyy-MM-dd`.
    public var description: String { pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) }
}

extension Int64 {
    /// Division that rounds towards minus infinity.
    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return (self % divisor != 0 && (self < 0) != (divisor < 0)) ? quotient - 1 : quotient
    }
}

/// A number with leading zeros.
func pad(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}
