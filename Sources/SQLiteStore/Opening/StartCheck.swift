import Foundation
import GRDB
import Router

/// What is looked at before traffic is taken.
///
/// Its time does not grow with the number of payments; `fullCheck` looks at
/// everything.
enum StartCheck {
    /// Small tables the router cannot start without; these are checked whole.
    private static let smallTables = ["facts", "epochs", "apps", "app_keys", "webhook_endpoints"]
    private static let newestRows = 20

    /// Refuses a database that is cut short, was changed by hand, or whose newest records cannot be read.
    static func run(_ db: Database, path: String, sealer: Sealer) throws {
        try checkLength(db, path: path)
        for table in smallTables {
            let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check('\(table)')")
            guard answer == "ok" else { throw corrupt("\(table): \(answer ?? "no answer")") }
        }
        try readNewest(db, sealer: sealer)
    }

    /// The file has exactly the pages its header counts.
    ///
    /// Only right while the log is empty.
    private static func checkLength(_ db: Database, path: String) throws {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        let length = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        let logLength = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        guard logLength == 0 || logLength == nil else { return }
        guard pages * size == length else { throw corrupt("the file has \(length) bytes instead of \(pages * size)") }
    }

    /// The newest records are those a crash, a full disk or a wrong key would have touched.
    private static func readNewest(_ db: Database, sealer: Sealer) throws {
        let connection = ReadConnection(db)
        _ = try connection.sql(Orders.select + " ORDER BY o.id DESC LIMIT \(newestRows)").all { row in
            try Orders.aggregate(row, sealer)
        }
        let units = "SELECT \(Events.columns) FROM units u \(Events.order) ORDER BY u.n DESC LIMIT \(newestRows)"
        _ = try connection.sql(units).all { row in
            _ = try Units.record(row.blob(8), sealer).evidence()
            if !row.isNull(1) { _ = try Events.events(row, sealer) }
        }
    }

    private static func corrupt(_ detail: String) -> StoreFailure {
        StoreFailure(.corrupt, "the database is damaged (\(detail)); restore it from a backup")
    }
}
