import Glibc
import Synchronization

/// The time as answers state it (RFC 9110, section 5.6.7), written once a second.
package final class DateLine: Sendable {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private let newest = Mutex<(second: Int, text: String)>((.min, ""))

    package init() {}

    /// For instance `Sun, 06 Nov 1994 08:49:37 GMT`.
    package var now: String {
        let second = time(nil)
        return newest.withLock { newest in
            if newest.second != second { newest = (second, Self.text(second)) }
            return newest.text
        }
    }

    /// A moment, in seconds since 1970.
    package static func text(_ second: Int) -> String {
        var (second, parts) = (second, tm())
        gmtime_r(&second, &parts)
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { two($0) }.joined(separator: ":")
        let year = String(parts.tm_year + 1_900)
        return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(year) \(clock) GMT"
    }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
