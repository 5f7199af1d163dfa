package import Router

/// Statements and rows of the audit trail.
enum AuditTrail {
    static let newest = Statement("SELECT n, digest FROM audit ORDER BY n DESC LIMIT 1")
    static let insert = Statement(
        "INSERT INTO audit (n, at, actor, subject, app, sealed, digest) VALUES ($1, $2, $3, $4, $5, $6, $7)")
    static let all = Statement("SELECT n, sealed, digest FROM audit ORDER BY n")

    /// A page: before a number, then what ``AuditQuery`` names in the order of its members, then how many.
    static func page(_ query: AuditQuery) -> String {
        let wanted = [("actor", query.actor != nil), ("subject", query.subject != nil), ("app", query.app != nil)]
        let conditions = ["n < ?"] + wanted.filter(\.1).map { "\($0.0) = ?" }
        return
            "SELECT n, sealed, digest FROM audit WHERE \(conditions.joined(separator: " AND ")) ORDER BY n DESC LIMIT ?"
    }

    static func subject(_ subject: AuditEntry.Subject) -> String { "\(subject.kind.rawValue) \(subject.id)" }

    /// What a line's digest is made of, beside the one before: its place and what it says.
    static func link(_ number: Int64, _ record: [UInt8]) -> [UInt8] { Array("\(number)\u{1F}".utf8) + record }

    static func record(_ row: StatementRow, _ sealer: Sealer) throws -> AuditRecord {
        AuditRecord(
            number: row.integer(0), entry: try AuditCoding.entry(sealer.opened(row.blob(1))), digest: row.blob(2))
    }
}

extension WriterConnection {
    /// Adds a line behind the newest.
    func append(_ entry: AuditEntry) throws {
        let newest = try self(AuditTrail.newest).first { (number: $0.integer(0), digest: $0.blob(1)) }
        let number = (newest?.number ?? 0) + 1
        let record = AuditCoding.record(entry)
        let sealed = try sealer.sealed(record)
        let digest = sealer.chained(newest?.digest ?? [], AuditTrail.link(number, record))
        try self(AuditTrail.insert).run {
            $0.integer(number)
            $0.integer(entry.at.milliseconds)
            $0.text(entry.actor.name)
            $0.text(AuditTrail.subject(entry.subject))
            $0.text(entry.app?.text)
            $0.blob(sealed)
            $0.blob(digest)
        }
    }
}

extension SQLiteStore {
    package func audit(_ query: AuditQuery) async throws(StoreFailure) -> [AuditRecord] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection.sql(AuditTrail.page(query)).all({
                $0.integer(query.before ?? .max)
                if let actor = query.actor { $0.text(actor) }
                if let subject = query.subject { $0.text(AuditTrail.subject(subject)) }
                if let app = query.app { $0.text(app.text) }
                $0.integer(Int64(max(0, query.limit)))
            }) { try AuditTrail.record($0, sealer) }
        }
    }

    package func verifyAudit() async throws(StoreFailure) -> AuditVerdict {
        let sealer = sealer
        return try await reader.read { connection in
            var (expected, digest): (Int64, [UInt8]) = (1, [])
            var broken: Int64?
            try connection(AuditTrail.all).each { row in
                guard row.integer(0) == expected, let record = try? sealer.opened(row.blob(1)),
                    row.blob(2) == sealer.chained(digest, AuditTrail.link(expected, record))
                else {
                    broken = min(expected, row.integer(0))
                    return false
                }
                (expected, digest) = (expected + 1, row.blob(2))
                return true
            }
            return broken.map { .broken(at: $0) } ?? .whole(count: expected - 1, digest: digest)
        }
    }
}
