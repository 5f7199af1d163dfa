/// When a provider is not to be used, as it is configured.
package enum MaintenanceWindow: Sendable, Hashable {
    /// From a moment up to, and without, another one.
    case once(from: Moment, until: Moment)
    /// Every week, for so many minutes.
    case weekly(WeeklyTime, minutes: Int)

    /// A time of the week where people live.
    package struct WeeklyTime: Sendable, Hashable {
        /// 1 is Monday, 7 is Sunday.
        package let weekday: Int
        /// Minutes since midnight.
        package let minute: Int

        /// - Returns: `nil` if there is no such day, or no such minute.
        package init?(weekday: Int, minute: Int) {
            guard (1...7).contains(weekday), (0..<1_440).contains(minute) else { return nil }
            self.weekday = weekday
            self.minute = minute
        }
    }

    /// When the window that a moment lies in is over.
    ///
    /// - Parameters:
    ///   - now: The moment.
    ///   - offset: How many seconds clocks there are ahead of UTC at a moment. Where clocks change within the window, its end is off by
    ///     that hour at most.
    /// - Returns: `nil` if it lies in none.
    package func end(at now: Moment, offset: (Moment) -> Int64) -> Moment? {
        switch self {
        case .once(let from, let until): return now >= from && now < until ? until : nil
        case .weekly(let time, let minutes):
            let length = Int128(min(max(0, minutes), Self.minutesOfWeek)) * 60_000
            let local = Int128(now.milliseconds) + Int128(offset(now)) * 1_000
            // 1 January 1970 was a Thursday.
            let week = Int128(Self.minutesOfWeek) * 60_000
            let start = Int128((time.weekday + 3) % 7 * 1_440 + time.minute) * 60_000
            let into = ((local - start) % week + week) % week
            guard into < length else { return nil }
            return now.adding(milliseconds: Int64(clamping: length - into))
        }
    }

    private static let minutesOfWeek = 10_080
}
