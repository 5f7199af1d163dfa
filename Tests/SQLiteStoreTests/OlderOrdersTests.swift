import Foundation
import GRDB
import Router
import SQLiteStore
import Testing

/// What a program before units stored is told as before.
@Suite struct OlderOrdersTests {
    /// Everything the older program told of them is told again.
    private func check(_ store: SQLiteStore, _ older: OlderDatabase) async throws {
        #expect(try await store.fullCheck() == [])
        let payments = try #require(older.told["payments"]?.arrayValue)
        #expect(payments.count == 6)
        var app: AppID?
        for payment in payments {
            let id = try #require(payment["id"]?.stringValue.flatMap { OrderID($0) })
            let aggregate = try #require(try await store.orderAggregate(id))
            app = aggregate.order.app
            let shown = try StrictJSON.parse(older.view.bytes(aggregate), maximumDepth: 64)
            // What it did not know yet is told beside it.
            for member in try #require(shown.objectValue).members where member.name != "initiated_by" {
                #expect(payment[member.name] == member.value, "\(member.name) of \(id)")
            }
            let evidence = payment["timeline"]?.arrayValue?.filter { $0["what"] == "evidence" } ?? []
            #expect(try await store.evidence(id).map { JSONValue.string($0.claim) } == evidence.map { $0["claim"] })
        }
        let owner = try #require(app)
        let told = try #require(older.told["events"]?.arrayValue)
        let events = try await store.events(
            app: owner, environment: .sandbox, order: nil, type: nil, after: nil, limit: 100)
        #expect(events.count == 20 && events.count == told.count)
        let body = EventBody(older.view)
        for event in told {
            let id = try #require(event["id"]?.stringValue.flatMap { EventID($0) })
            let found = try #require(try await store.event(id, app: owner, environment: .sandbox))
            #expect(
                try StrictJSON.parse(JSONObjectWriter.object { body.write(found, to: &$0) }, maximumDepth: 64) == event)
        }
        let endpoint = try #require(try await store.endpoints(app: owner).first)
        let deliveries = try await store.deliveries(endpoint.id, after: nil, limit: 100)
        #expect(deliveries.count == 20 && deliveries.contains { !$0.tries.isEmpty })
        #expect(Set(deliveries.map(\.event)) == Set(events))
        #expect(try await store.fanOut(at: Samples.now, limit: 100) == 0, "nothing is told twice")
    }

    @Test func `what an older program stored is told as before`() async throws {
        let older = try OlderDatabase()
        let store = try await older.open()
        try await check(store, older)
        await store.close()
        let again = try await older.open()
        try await check(again, older)
        await again.close()
        let queue = try DatabaseQueue(path: older.folder.database)
        let left = try await queue.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE name LIKE '%older%'")
                + String.fetchAll(db, sql: "SELECT name FROM facts WHERE name LIKE 'older%'")
        }
        #expect(left == [])
        try queue.close()
    }

    /// A full disk ends it after any number of transactions, as a killed process would.
    @Test func `a conversion that was cut off goes on from there`() async throws {
        var ends = 0
        for pages in stride(from: 86, through: 400, by: 1) {
            let older = try OlderDatabase()
            do {
                let store = try await older.open { $0.maximumPages = pages }
                await store.close()
                break
            } catch {
                ends += 1
            }
            let store = try await older.open()
            try await check(store, older)
            await store.close()
        }
        #expect(ends > 10)
    }
}
