import GRDB
import Router
import Testing

@testable import SQLiteStore

/// How SQLite finds what a list shows: what it would walk through row by row, a busy shop would wait for.
@Suite struct ListPlanTests {
    private static let app = AppID(at: Samples.now, from: SystemRandom())

    private func plan(
        sums: Bool = false, app: AppID? = ListPlanTests.app, environment: PayEnvironment? = .sandbox,
        _ change: (inout OrderQuery) -> Void
    ) async throws -> [String] {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        var query = OrderQuery(app: app, environment: environment)
        change(&query)
        let list =
            sums ? ListQuery(sumsOf: query, sealer: store.sealer) : ListQuery(query, sealer: store.sealer)
        let steps = try await store.reader.read { connection in
            try connection.sql("EXPLAIN QUERY PLAN " + list.sql).all({ list.bind(&$0) }) { $0.text(3) }
        }
        await store.close()
        for step in steps {
            #expect(!step.contains("SCAN"), "\(list.sql): \(steps)")
            if !sums { #expect(!step.contains("TEMP B-TREE"), "\(list.sql): \(steps)") }
        }
        return steps
    }

    private let day: (inout OrderQuery) -> Void = {
        $0.createdFrom = Samples.now
        $0.createdBefore = Samples.now.adding(seconds: 86_400)
    }

    @Test func `a time is a stretch of identifiers`() async throws {
        let own = try await plan(day)
        #expect(own.first?.contains("orders_app (app=? AND environment=? AND id>? AND id<?)") == true, "\(own)")
        let all = try await plan(app: nil, environment: nil, day)
        #expect(all.first?.contains("USING PRIMARY KEY (id>? AND id<?)") == true, "\(all)")
        let paged = try await plan {
            day(&$0)
            $0.after = OrderID(at: Samples.now.adding(seconds: 100), from: SystemRandom())
        }
        #expect(paged.first?.contains("id>? AND id<?") == true, "\(paged)")
        let failed = try await plan {
            day(&$0)
            $0.status = .failed
        }
        #expect(
            failed.first?.contains("orders_status (status=? AND app=? AND environment=? AND id>? AND id<?)") == true)
    }

    @Test func `the value of one name leads to its orders in order`() async throws {
        for terms in [[MetadataTerm("cart", "17")], [MetadataTerm("cart", "17"), MetadataTerm("shop", "x")]] {
            for environment in [PayEnvironment?.none, .sandbox] {
                let steps = try await plan(environment: environment) {
                    day(&$0)
                    $0.metadata = terms
                    $0.status = .succeeded
                }
                #expect(
                    steps.first?.contains("SEARCH x USING PRIMARY KEY (hash=? AND order_id>? AND order_id<?)") == true)
                #expect(steps.contains { $0.contains("SEARCH o USING PRIMARY KEY (id=?)") }, "\(steps)")
                #expect(
                    terms.count == 1
                        || steps.contains { $0.contains("SEARCH y USING PRIMARY KEY (hash=? AND order_id=?)") })
            }
        }
    }

    @Test func `sums look at their time only`() async throws {
        for environment in [PayEnvironment?.none, .sandbox] {
            let steps = try await plan(sums: true, environment: environment, day)
            #expect(
                steps.first?.contains("orders_app (app=? AND environment=? AND id>? AND id<?)") == true, "\(steps)")
        }
        let all = try await plan(sums: true, app: nil, environment: nil, day)
        #expect(all.first?.contains("USING PRIMARY KEY (id>? AND id<?)") == true, "\(all)")
        let found = try await plan(sums: true) {
            day(&$0)
            $0.metadata = [MetadataTerm("cart", "17")]
        }
        #expect(found.first?.contains("SEARCH x USING PRIMARY KEY (hash=? AND order_id>? AND order_id<?)") == true)
    }
}
