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
        let payments = try connection.sql(Orders.select + " ORDER BY o.id DESC LIMIT \(newestRows)").all { row in
            try Orders.order(row, sealer)
        }
        for order in payments {
            _ = try connection(Attempts.ofPayment).all({ $0.text(order.id.text) }) {
                try Attempts.attempt(of: order, $0, sealer)
            }
            _ = try connection(EvidenceRows.ofOrder).all({ $0.text(order.id.text) }) {
                try EvidenceRows.evidence($0, sealer)
            }
        }
        let events = "SELECT \(Events.columns) FROM events e ORDER BY e.seq DESC LIMIT \(newestRows)"
        _ = try connection.sql(events).all { try Events.event($0, sealer) }
    }

    private static func corrupt(_ detail: String) -> StoreFailure {
        StoreFailure(.corrupt, "the database is damaged (\(detail)); restore it from a backup")
    }
}
