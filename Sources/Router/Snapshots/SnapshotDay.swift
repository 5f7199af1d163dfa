package import WebText

/// A day in UTC, the span that snapshots count by.
///
/// One calendar for the whole installation: apps of several countries share it, and a day of 23 or 25 hours would make days
/// that cannot be compared.
package struct SnapshotDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Whole days since 1970-01-01.
    package let number: Int64

    /// The day with a number.
    package init(number: Int64) { self.number = number }

    /// The day on which a moment lies.
    package init(_ moment: Moment) {
        number = CivilDate(milliseconds: moment.milliseconds).daysSinceEpoch
    }

    /// Reads `yyyy-MM-dd`; `nil` if the text is no day of the calendar.
    package init?(text: String) {
        guard let date = CivilDate(text: text) else { return nil }
        number = date.daysSinceEpoch
    }

    /// The calendar's name of the day.
    package var date: CivilDate { CivilDate(daysSinceEpoch: number) }

    /// Its first moment.
    package var start: Moment { Moment(milliseconds: number * 86_400_000) }

    /// The first moment of the next day.
    package var end: Moment { advanced(by: 1).start }

    /// The day so many days later.
    package func advanced(by days: Int64) -> SnapshotDay { SnapshotDay(number: number + days) }

    package var description: String { date.description }

    package static func < (left: SnapshotDay, right: SnapshotDay) -> Bool { left.number < right.number }
}

/// A month of the calendar: sales are added up by month, too, so that long spans are read quickly.
package struct SnapshotMonth: Sendable, Hashable, Comparable {
    /// Twelve times the year, and the month counted from zero.
    package let number: Int64

    /// The month of a day.
    package init(_ day: SnapshotDay) { number = day.date.year * 12 + day.date.month - 1 }

    private init(number: Int64) { self.number = number }

    /// The month after it.
    package var next: SnapshotMonth { SnapshotMonth(number: number + 1) }

    /// Its first day.
    package var firstDay: SnapshotDay {
        let date = CivilDate(year: number / 12, month: number % 12 + 1, day: 1)
        return SnapshotDay(number: date?.daysSinceEpoch ?? 0)
    }

    /// Its last day.
    package var lastDay: SnapshotDay { next.firstDay.advanced(by: -1) }

    package static func < (left: SnapshotMonth, right: SnapshotMonth) -> Bool { left.number < right.number }
}
