import GRDB
import Router

/// The database's form, as numbered steps of plain SQL.
///
/// A step that was ever released never changes; new ones follow.
///
/// Another engine could share the text but for two words, which each spells its own way: `ROW_KEY` (a rising number
/// given by the engine) and `CLUSTERED` (rows lie in key order).
enum Schema {
    static let steps: [(name: String, sql: String)] = [
        ("001-foundation", foundation), ("002-orders", orders), ("003-reviews", reviews),
        ("004-order-claims", orderClaims), ("005-inbox", inbox), ("006-acceptance", acceptance),
        ("007-default-country", defaultCountry), ("008-app-names", appNames),
        ("009-metadata-index", metadataIndex), ("010-page-end", pageEnd),
        ("011-units", units),
    ]

    /// Marks a file as ours: "PAYR".
    static let applicationID: Int32 = 0x5041_5952

    /// Refuses a database that this program must not touch, and marks an empty one as ours.
    ///
    /// - Throws: ``StoreFailure`` if a newer program wrote it, or if it is another program's.
    static func claim(_ queue: DatabaseQueue) throws {
        let migrator = self.migrator
        try queue.inDatabase { db in
            guard try !migrator.hasBeenSuperseded(db) else {
                throw StoreFailure(.other, "the database was written by a newer version of this program")
            }
            let owner = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
            guard owner == applicationID || isEmpty else {
                throw StoreFailure(.corrupt, "the file is a database of another program")
            }
            if isEmpty { try db.execute(sql: "PRAGMA application_id = \(applicationID)") }
        }
    }

    /// The steps that a database still lacks, in order; `nil` for one that is empty.
    static func missingSteps(_ queue: DatabaseQueue) throws -> [String]? {
        let known = try queue.inDatabase { try migrator.appliedIdentifiers($0) }
        return known.isEmpty ? nil : steps.map(\.name).filter { !known.contains($0) }
    }

    /// Brings a database to the newest form, each step whole or not at all.
    ///
    /// What a step takes out of a row is overwritten in the file as well.
    static func migrate(_ queue: DatabaseQueue) throws {
        try queue.inDatabase { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        try migrator.migrate(queue)
        try queue.inDatabase { try $0.execute(sql: "PRAGMA secure_delete = OFF") }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for step in steps {
            migrator.registerMigration(step.name, foreignKeyChecks: .immediate) { db in
                try db.execute(sql: spelled(step.sql))
            }
        }
        return migrator
    }

    private static func spelled(_ sql: String) -> String {
        sql.replacing("ROW_KEY", with: "INTEGER PRIMARY KEY")
            .replacing(") CLUSTERED", with: ") WITHOUT ROWID")
    }
}
