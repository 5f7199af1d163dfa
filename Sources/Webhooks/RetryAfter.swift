package import Router
import WebText

/// Reads `Retry-After` as a client (RFC 9110, section 10.2.3).
package enum RetryAfter {
    /// How many seconds from now the other side wants to be left alone.
    ///
    /// - Parameters:
    ///   - values: The header's lines.
    ///   - now: For dates.
    /// - Returns: `nil` if there is no header, or it is to be ignored: negative, fractional, neither number nor date, or
    ///   two lines that differ. A date in the past is 0; a number too large for an integer is the largest.
    package static func seconds(_ values: [String], now: Moment) -> Int64? {
        let texts = Set(values.map(trimmed))
        guard texts.count == 1, let text = texts.first, !text.isEmpty else { return nil }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int64(text) ?? .max }
        guard let date = Moment(httpDate: text, now: now) else { return nil }
        return max(0, (date.milliseconds(since: now) + 999) / 1_000)
    }

    private static func trimmed(_ value: String) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let tail = value.utf8.drop(while: isSpace).reversed().drop(while: isSpace)
        return String(decoding: tail.reversed(), as: UTF8.self)
    }
}
