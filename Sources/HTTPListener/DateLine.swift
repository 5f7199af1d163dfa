import Glibc
import Synchronization
import WebText

/// The time as answers state it (RFC 9110, section 5.6.7), written once a second.
package final class DateLine: Sendable {
    private let newest = Mutex<(second: Int, text: String)>((.min, ""))

    package init() {}

    /// For instance `Sun, 06 Nov 1994 08:49:37 GMT`.
    package var now: String {
        let second = time(nil)
        return newest.withLock { newest in
            if newest.second != second { newest = (second, HTTPDate.text(seconds: Int64(second))) }
            return newest.text
        }
    }
}
