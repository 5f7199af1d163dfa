/// A line of the audit trail as it is kept: its place, and the digest that ties it to the line before.
package struct AuditRecord: Sendable, Hashable {
    /// From 1 on, without gaps.
    package var number: Int64
    package var entry: AuditEntry
    /// Keyed, over the digest of the line before, the number and the line.
    package var digest: [UInt8]

    package init(number: Int64, entry: AuditEntry, digest: [UInt8]) {
        self.number = number
        self.entry = entry
        self.digest = digest
    }
}

/// Which lines of the audit trail are wanted, newest first.
package struct AuditQuery: Sendable, Hashable {
    /// Lines before this number; `nil` begins with the newest.
    package var before: Int64?
    package var limit: Int
    package var actor: String?
    package var subject: AuditEntry.Subject?
    package var app: AppID?

    package init(before: Int64? = nil, limit: Int) {
        self.before = before
        self.limit = limit
    }
}

/// What reading the whole audit trail has found.
package enum AuditVerdict: Sendable, Hashable {
    /// Every line is as it was written, and none is missing before the newest.
    ///
    /// The newest line's digest, kept elsewhere, shows later that none was taken off the end.
    case whole(count: Int64, digest: [UInt8])
    /// The first line that is changed, missing, or out of its order.
    case broken(at: Int64)
}
