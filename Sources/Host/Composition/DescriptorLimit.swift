import CDescriptors
import Glibc

/// How many descriptors this process may have open: every connection, file and timer is one.
package enum DescriptorLimit {
    /// More than this is never asked for: some libraries walk over all that are possible.
    package static let highest: UInt64 = 1_048_576

    /// Raises the soft limit, which most shells and systemd set to 1 024, to the hard one.
    ///
    /// - Returns: The limit that is in force.
    @discardableResult
    package static func raise() -> Int {
        let (soft, hard) = limits
        _ = cdescriptors_set_limit(wanted(soft: soft, hard: hard))
        return current
    }

    /// How many descriptors this process may open, as the system says now.
    package static var current: Int { Int(clamping: limits.soft) }

    /// The soft limit to ask for; never less than there is.
    package static func wanted(soft: UInt64, hard: UInt64) -> UInt64 { max(soft, min(hard, highest)) }

    /// How many descriptors are open; `nil` if that cannot be found out, which is so when none is left.
    package static var open: Int? {
        let count = cdescriptors_open_count()
        return count < 0 ? nil : Int(count)
    }

    private static var limits: (soft: UInt64, hard: UInt64) {
        var (soft, hard): (UInt64, UInt64) = (0, 0)
        guard cdescriptors_limits(&soft, &hard) else { return (1_024, 1_024) }
        return (soft, hard)
    }
}
