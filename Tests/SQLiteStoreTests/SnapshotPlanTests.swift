import GRDB
import Router
import RouterTestKit
import Testing

@testable import SQLiteStore

/// How SQLite finds what pages of figures show.
@Suite struct SnapshotPlanTests {
    @Test(arguments: [
        "page", "one app", "all apps", "a row", "the first", "a stretch", "a shelf", "a subject", "what is forgotten",
        "sales that are forgotten", "what was booked",
    ])
    func `nothing is walked through row by row`(_ what: String) async throws {
        let statements = [
            "page": SnapshotStepReader.page.sql, "one app": SnapshotRows.ofApp.sql, "all apps": SnapshotRows.ofDays.sql,
            "a row": SnapshotRows.get.sql, "the first": SaleRows.first.sql, "a stretch": SaleRows.stretch.sql,
            "a shelf": SaleRows.shelf.sql, "a subject": SaleRows.subject.sql,
            "what is forgotten": SnapshotFolds.forgetRows.sql,
            "sales that are forgotten": SnapshotFolds.forgetSales.sql, "what was booked": SQLiteStore.owners.sql,
        ]
        let sql = try #require(statements[what])
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        let steps = try await store.reader.read { connection in
            try connection.sql("EXPLAIN QUERY PLAN " + sql).all { $0.text(3) }
        }
        await store.close()
        #expect(!steps.isEmpty)
        for step in steps {
            #expect(!step.contains("SCAN"), "\(what): \(steps)")
            #expect(!step.contains("TEMP B-TREE"), "\(what): \(steps)")
        }
    }
}
