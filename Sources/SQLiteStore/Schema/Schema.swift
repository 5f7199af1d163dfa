import GRDB
import Router

/// The database's form, as numbered steps: plain SQL, and the one that gives it the keys of its data.
///
/// A step that was ever released never changes; new ones follow.
///
/// Another engine could share the text but for two words, which each spells its own way: `ROW_KEY` (a rising number
/// given by the engine) and `CLUSTERED` (rows lie in key order).
enum Schema {
    static let steps: [(name: String, change: Change)] = [
        ("001-foundation", .sql(foundation)), ("002-orders", .sql(orders)), ("003-reviews", .sql(reviews)),
        ("004-order-claims", .sql(orderClaims)), ("005-inbox", .sql(inbox)), ("006-acceptance", .sql(acceptance)),
        ("007-default-country", .sql(defaultCountry)), ("008-app-names", .sql(appNames)),
        ("009-metadata-index", .sql(metadataIndex)), ("010-page-end", .sql(pageEnd)),
        ("011-units", .sql(units)), (dataKeysStep, .dataKeys),
        ("013-ledger", .ledger), ("014-people", .sql(peopleTables)),
        ("015-unmatched", .sql(unmatched)), ("016-snapshots", .sql(snapshots)), ("018-platform", .sql(platform)),
        ("019-configurations", .sql(configurations)),
    ]

    /// What a step does.
    enum Change: Sendable {
        case sql(String)
        /// The database gets the keys of its data, see ``KeyBinding``.
        case dataKeys
        /// The ledger gets balances, and its lines the form of pairs, see ``LedgerConversion``.
        case ledger
    }

    /// Once it is done a database has keys of its own: a program that does not know them refuses it, and one that does
    /// refuses it without them.
    static let dataKeysStep = "012-data-keys"

    /// Marks a file as ours: "PAYR".
    static let applicationID: Int32 = 0x5041_5952

    /// Refuses a database that this program must not touch, and marks an empty one as ours.
    ///
    /// - Throws: ``StoreFailure`` if a newer program wrote it, or if it is another program's.
    static func claim(_ queue: DatabaseQueue, _ binding: KeyBinding) throws {
        let migrator = migrator(binding)
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
    static func missingSteps(_ queue: DatabaseQueue, _ binding: KeyBinding) throws -> [String]? {
        let known = try queue.inDatabase { try migrator(binding).appliedIdentifiers($0) }
        return known.isEmpty ? nil : steps.map(\.name).filter { !known.contains($0) }
    }

    /// Brings a database to the newest form, each step whole or not at all.
    ///
    /// What a step takes out of a row is overwritten in the file as well.
    static func migrate(_ queue: DatabaseQueue, _ binding: KeyBinding) throws {
        try queue.inDatabase { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        try migrator(binding).migrate(queue)
        try queue.inDatabase { try $0.execute(sql: "PRAGMA secure_delete = OFF") }
    }

    private static func migrator(_ binding: KeyBinding) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for step in steps {
            migrator.registerMigration(step.name, foreignKeyChecks: .immediate) { db in
                switch step.change {
                case .sql(let sql): try db.execute(sql: spelled(sql))
                case .dataKeys: try binding.bind(db)
                case .ledger: try LedgerConversion.run(db, sql: spelled(ledger))
                }
            }
        }
        return migrator
    }

    private static func spelled(_ sql: String) -> String {
        sql.replacing("ROW_KEY", with: "INTEGER PRIMARY KEY")
            .replacing(") CLUSTERED", with: ") WITHOUT ROWID")
    }
}
