package import WebText

/// A time zone: how far its clocks are ahead of UTC, and since when.
package struct TimeZoneRules: Sendable, Hashable {
    /// A change of the clocks.
    package struct Shift: Sendable, Hashable {
        /// From when on.
        package var from: Moment
        /// How far ahead of UTC, in seconds.
        package var offsetSeconds: Int64

        package init(from: Moment, offsetSeconds: Int64) {
            self.from = from
            self.offsetSeconds = offsetSeconds
        }
    }

    /// As the time zone database names it, for instance `Africa/Lome`.
    package let name: String
    private let first: Int64
    private let shifts: [Shift]

    package static let utc = TimeZoneRules("UTC", offsetSeconds: 0)

    /// A zone from its parts.
    ///
    /// - Parameters:
    ///   - name: As the time zone database names it.
    ///   - offsetSeconds: How far ahead of UTC its clocks are before the first change.
    ///   - shifts: The changes, in any order.
    package init(_ name: String, offsetSeconds: Int64, shifts: [Shift] = []) {
        self.name = name
        first = offsetSeconds
        self.shifts = shifts.sorted { $0.from < $1.from }
    }

    /// What its clocks and calendars show at a moment.
    package func time(at moment: Moment) -> LocalTime {
        var (low, high) = (0, shifts.count)
        while low < high {
            let middle = (low + high) / 2
            if shifts[middle].from <= moment { low = middle + 1 } else { high = middle }
        }
        let offset = low == 0 ? first : shifts[low - 1].offsetSeconds
        return LocalTime(milliseconds: moment.adding(seconds: offset).milliseconds)
    }
}

/// What clocks and calendars show somewhere.
package struct LocalTime: Sendable, Hashable {
    /// Whole days since 1970-01-01 there.
    package let day: Int64
    /// Minutes since midnight there.
    package let minuteOfDay: Int64
    /// Milliseconds since 1970-01-01T00:00 there.
    package let milliseconds: Int64

    /// From the milliseconds since 1970-01-01T00:00 there.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
        day = CivilDate.dayNumber(milliseconds: milliseconds)
        minuteOfDay = (milliseconds - day * 86_400_000) / 60_000
    }

    /// The day of the week.
    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        let index = Int((day % 7 + 10) % 7)
        return Weekday.allCases[index]
    }
}

/// A day of the week.
package enum Weekday: String, Sendable, Hashable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// Days on which people do not work, by a name.
package struct HolidayList: Sendable, Hashable {
    package let name: String
    /// Whole days since 1970-01-01.
    private let days: Set<Int64>

    /// Whole days since 1970-01-01, in order.
    package var allDays: [Int64] { days.sorted() }

    package init(_ name: String, _ days: [CivilDate]) {
        self.name = name
        self.days = Set(days.map(\.daysSinceEpoch))
    }

    /// Whether a day is one of them.
    package func contains(day: Int64) -> Bool { days.contains(day) }
}
