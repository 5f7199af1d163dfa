import WebText

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
    public var description: String { RFC3339.text(milliseconds: milliseconds) }

    /// Parses RFC 3339 text in UTC or with an offset; fractions beyond milliseconds are cut.
    ///
    /// - Returns: `nil` if the text is not a valid RFC 3339 date-time.
    public init?(rfc3339 text: String) {
        guard let milliseconds = RFC3339.milliseconds(text) else { return nil }
        self.init(milliseconds: milliseconds)
    }

    /// The moment that an HTTP-date names, of any of its three forms (RFC 9110, section 5.6.7); `nil` if the text has none.
    ///
    /// - Parameters:
    ///   - text: For instance `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///   - now: The present, which decides the century of a year with two digits.
    public init?(httpDate text: String, now: Moment) {
        guard let seconds = HTTPDate.seconds(text, now: now.milliseconds / 1_000) else { return nil }
        self.init(milliseconds: seconds * 1_000)
    }
}
