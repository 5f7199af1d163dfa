import Foundation
import GRDB
import Router

/// Brings the lines of an older ledger into pairs, and makes balances of them.
enum LedgerConversion {
    /// Runs the step that makes the new tables of the old one, and drops the old one if nothing is lost.
    ///
    /// - Throws: `corrupt` if a line has no counterpart: then the old form stays.
    static func run(_ db: Database, sql: String) throws {
        let bytes = DatabaseFunction("movement_bytes", argumentCount: 1, pure: true) { values in
            guard let text = String.fromDatabaseValue(values[0]), let movement = MovementID(text) else { return nil }
            return Data(movement.bytes)
        }
        db.add(function: bytes)
        defer { db.remove(function: bytes) }
        try db.execute(sql: sql)
        let lines = try Int.fetchOne(db, sql: "SELECT count(*) FROM postings") ?? 0
        let pairs = try Int.fetchOne(db, sql: "SELECT count(*) FROM entries") ?? 0
        guard lines == 2 * pairs else {
            throw StoreFailure(
                .corrupt,
                "the ledger has \(lines) lines, of which \(lines - 2 * pairs) have no counterpart of the same amount; "
                    + "restore the database from a backup")
        }
        try db.execute(sql: "DROP TABLE postings")
    }
}
