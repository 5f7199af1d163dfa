import ArgumentParser
import Foundation
import Router
import Testing

@testable import Host

/// `payrouter snapshots`, beside a running router and without one.
@Suite struct SnapshotCommandTests {
    private func pay(_ router: RunningRouter) async throws {
        let paid = await router.call(
            "POST", "/v1/payments",
            [
                "amount": 5_000, "currency": "XOF", "channel": "tmoney",
                "customer": ["id": "ama", "phone": "+22890000001"],
                "line_items": [["item": "rice", "name": "Rice", "quantity": 2, "unit_amount": 2_500]],
            ], idempotencyKey: UUID().uuidString)
        #expect(paid.status == 201 || paid.status == 202, "\(paid.json)")
        #expect(paid.json["customer"]?["id"] == "ama")
        #expect(paid.json["line_items"]?.arrayValue?.first?["unit_amount"] == 2_500)
        let id = try #require(paid.json["id"]?.stringValue)
        let read = await router.call("GET", "/v1/payments/\(id)")
        #expect(read.json["line_items"] == paid.json["line_items"])
        let list = await router.call("GET", "/v1/payments")
        #expect(list.json["data"]?.arrayValue?.first?["customer"]?["id"] == "ama")
        let payouts = await router.call(
            "POST", "/v1/payouts",
            [
                "amount": 500, "currency": "XOF", "channel": "tmoney",
                "party": ["id": "ama", "phone": "+22890000001"],
            ], idempotencyKey: UUID().uuidString)
        #expect(payouts.status == 400, "only payments name customers")
    }

    private func compare(_ router: RunningRouter) async throws {
        try await SnapshotsCommand.Compare.parse(["--data", router.folder]).run()
    }

    /// Has the first step counted once too often; again if the router folded something at that moment.
    private func countTwice(_ store: any Store) async throws {
        let first = try #require(try await store.snapshotSteps(after: 0, limit: 1).first)
        while true {
            let state = try await store.snapshotFold()
            var batch = SnapshotBatch()
            batch.add(SnapshotStep(number: state.unit, at: first.at, content: first.content))
            if try await store.fold(batch, into: state.fold, after: state.unit) { return }
        }
    }

    @Test func `figures are listed, compared and made anew, beside the router and without it`() async throws {
        let router = try await RunningRouter()
        try await pay(router)
        let link = AdminLink(data: router.folder)
        let folding = SnapshotFolding(store: router.host.store, observer: router.host.telemetry)
        while try await folding.step() != .idle {}
        let list = try await link.call(.get, "/snapshots")
        let row = try #require(list["data"]?.arrayValue?.first { $0["kind"] == "payment" })
        #expect(row["accepted"] == 1 && row["currency"] == "XOF" && row["channel"] == "tmoney")
        try await SnapshotsCommand.List.parse(["--data", router.folder]).run()
        try await compare(router)
        try await SnapshotsCommand.Rebuild.parse(["--data", router.folder]).run()
        try await countTwice(router.host.store)
        await #expect(throws: ExitCode(1)) { try await compare(router) }
        await router.stop()

        await #expect(throws: ExitCode(1)) { try await compare(router) }
        try await SnapshotsCommand.Rebuild.parse(["--data", router.folder]).run()
        try await compare(router)
    }
}
