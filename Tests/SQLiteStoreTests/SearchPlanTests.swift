import Foundation
import GRDB
import Router
import Testing

@testable import SQLiteStore

/// How SQLite finds what is searched by: nothing is sorted, and nothing is walked through that is not bounded.
@Suite struct SearchPlanTests {
    private static let app = AppID(at: Samples.now, from: SystemRandom())

    /// An order of the app in each environment, so that there is something in each place.
    private func fill(_ store: SQLiteStore) async throws {
        for environment in PayEnvironment.allCases {
            var request = OrderRequest(amount: Money(5_000, .xof))
            request.reference = "CMD-1"
            var order = Order(
                id: OrderID(at: Samples.now, from: SystemRandom()), app: Self.app, environment: environment,
                request: request, idempotencyKey: "k", requestID: RequestID(at: Samples.now, from: SystemRandom()),
                createdAt: Samples.now, plan: [], explanation: .null)
            order.version = 1
            #expect(await store.commit([UnitOfWork(order: order, write: .insert)], epoch: 1) == .committed)
        }
    }

    /// The steps of a page's identifiers, and of how far it may look.
    private func plans(_ change: (inout OrderQuery) -> Void) async throws -> [[String]] {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        try await fill(store)
        var query = OrderQuery(app: nil, environment: nil)
        change(&query)
        let (sealer, asked) = (store.sealer, query)
        let plans = try await store.reader.read { connection in
            try ListParts(asked, connection).queries.flatMap { part in
                var lists = [ListQuery(idsOf: part, upTo: nil, sealer: sealer)]
                if ListDriver(part).looksAtEach(part) {
                    lists.append(ListQuery(reachOf: part, rows: 100, sealer: sealer))
                }
                return try lists.map { list in
                    try connection.sql("EXPLAIN QUERY PLAN " + list.sql).all({ list.bind(&$0) }) { $0.text(3) }
                }
            }
        }
        await store.close()
        for steps in plans {
            for step in steps {
                #expect(!step.contains("TEMP B-TREE"), "\(steps)")
                // What is walked through is what a bounded or recursive part has given out.
                let isWalked =
                    step.contains("SCAN")
                    && !["SCAN (", "SCAN a", "SCAN p", "SCAN e", "SCAN CONSTANT"]
                        .contains { step.contains($0) }
                #expect(!isWalked, "\(steps)")
            }
        }
        return plans
    }

    @Test(arguments: [
        ("orders_phone (phone=? AND id>? AND id<?)", OrderKind?.some(.payment)), ("orders_phone (phone=?", nil),
    ])
    func `a phone number leads to its orders in order`(_ step: String, _ kind: OrderKind?) async throws {
        let plans = try await plans {
            $0.phone = MSISDN(callingCode: "228", countryCode: "TG", national: "90112233")
            $0.apps = [Self.app]
            $0.kind = kind
        }
        #expect(plans.allSatisfy { $0.contains { $0.contains(step) } }, "\(plans)")
    }

    @Test func `references, keys and events are looked up first`() async throws {
        let conditions: [((inout OrderQuery) -> Void, String)] = [
            ({ $0.attemptReference = "x" }, "attempts_reference (provider=? AND reference=?)"),
            ({ $0.operatorReference = "x" }, "attempts_operator_reference (provider=? AND operator_reference=?)"),
            ({ $0.idempotencyKey = "x" }, "PRIMARY KEY (app=? AND environment=? AND idempotency_key=?)"),
            (
                { $0.event = EventID(at: Samples.now, from: SystemRandom()) },
                "units_event (app=? AND environment=? AND event_id>? AND event_id<?)"
            ),
        ]
        for (change, step) in conditions {
            for apps in [nil, [Self.app]] as [Set<AppID>?] {
                let plans = try await plans {
                    change(&$0)
                    $0.apps = apps
                }
                #expect(plans.count == 1)
                #expect(plans.allSatisfy { $0.contains { $0.contains(step) } }, "\(plans)")
                #expect(plans.allSatisfy { $0.contains { $0.contains("SEARCH o USING PRIMARY KEY (id=?)") } })
            }
        }
    }

    @Test func `an amount is looked for in a stretch of orders`() async throws {
        func plans(of apps: Set<AppID>?) async throws -> [[String]] {
            try await self.plans {
                $0.amount = Money(5_000, .xof)
                $0.apps = apps
                $0.createdFrom = Samples.now
                $0.createdBefore = Samples.now.adding(seconds: 86_400)
            }
        }
        let all = try await plans(of: nil)
        #expect(all.count == 2)
        #expect(all.allSatisfy { $0.contains { $0.contains("PRIMARY KEY (id>? AND id<?)") } }, "\(all)")
        let own = try await plans(of: [Self.app])
        #expect(own.count == 4)
        #expect(
            own.allSatisfy { $0.contains { $0.contains("orders_app (app=? AND environment=? AND id>? AND id<?)") } })
    }

    @Test func `an order number leads to its orders in each app`() async throws {
        let plans = try await plans {
            $0.reference = "CMD-1"
            $0.apps = [Self.app]
            $0.kind = nil
        }
        #expect(plans.count == OrderKind.allCases.count * PayEnvironment.allCases.count)
        #expect(
            plans.allSatisfy {
                $0.first?.contains("orders_reference (app=? AND environment=? AND reference=? AND id>? AND id<?)")
                    == true
            }, "\(plans)")
    }

    @Test func `open reviews lie in order for each reason`() async throws {
        for review in [OrderQuery.ReviewFilter.any, .reason(.conflict)] {
            let plans = try await plans {
                $0.review = review
                $0.kind = nil
                $0.apps = [Self.app]
            }
            #expect(
                plans.allSatisfy { $0.contains { $0.contains("orders_review (review=? AND id>? AND id<?)") } },
                "\(plans)")
        }
    }

    @Test func `reviews of decisions are looked up first`() async throws {
        let plans = try await plans {
            $0.review = .any
            $0.findsByDecision = true
        }
        #expect(plans.allSatisfy { $0.contains { $0.contains("orders_review (review>?)") } }, "\(plans)")
    }

    @Test(arguments: [false, true], [OrderKind?.none, .payment])
    func `a list goes from one place to another and no further`(_ isReversed: Bool, _ kind: OrderKind?) async throws {
        let store = try await TestKeys.open(try TemporaryFolder())
        let far = OrderID(at: Samples.now, from: SystemRandom())
        var query = OrderQuery(app: nil, environment: nil)
        query.kind = kind
        query.createdFrom = Samples.now.adding(seconds: -60)
        query.createdBefore = Samples.now.adding(seconds: 60)
        if isReversed { query.before = OrderID(at: Samples.now.adding(seconds: -30), from: SystemRandom()) }
        let sql = ListQuery(idsOf: query, upTo: far, sealer: store.sealer).sql
        await store.close()
        // Of two bounds on one side SQLite would walk to the outer one.
        #expect(sql.components(separatedBy: "o.id <").count <= 2, "\(sql)")
        #expect(sql.components(separatedBy: "o.id >").count <= 2, "\(sql)")
        #expect(sql.contains(isReversed ? "o.id <=" : "o.id >="), "\(sql)")
    }
}
