import Router
import RouterTestKit
import Synchronization
import Testing

@testable import Host

/// Everything that is known of an order, as people see it.
@Suite struct TrailReaderTests {
    private static let now = TrailSamples.now

    /// A store with one payment that was sent, answered, notified and booked, with a refund, a webhook and a hint.
    private static func filled(_ store: MemoryStore) async throws -> OrderID {
        let aggregate = TrailSamples.aggregate(.payment, .succeeded, attempt: .succeeded) { order in
            order.eventCount = 2
            order.followUps = [TrailSamples.followUp(.refund, .processing, .unknown)]
        }
        let order = aggregate.order
        let attempt = aggregate.attempts[0]
        try await store.insert(App(id: TrailSamples.app, name: "Shop", isEnabled: true, createdAt: now))
        var endpoint = WebhookEndpoint(
            id: WebhookEndpointID(known: "whe_01JD3K0000WWWWWWWWWWWW1001"), app: TrailSamples.app,
            environment: .sandbox,
            url: "https://shop.example/hooks?key=s3cret", types: [], secrets: [Secret("whsec_x")], isEnabled: true,
            createdAt: now)
        endpoint.types = ["payment.succeeded"]
        try await store.insert(endpoint)
        var unit = UnitOfWork(order: order, write: .insert)
        unit.newAttempts = [attempt]
        unit.evidence = [
            Evidence(
                attempt: attempt.id, source: .callback, strength: .strong, claim: "executed", stated: order.amount,
                operatorReference: "TM1", raw: Array(#"{"status":"OK","msisdn":"22890112233","token":"x"}"#.utf8),
                at: now.adding(seconds: 5))
        ]
        unit.events = ["payment.created", "payment.succeeded"].enumerated().map { index, type in
            Event(aggregate, sequence: Int64(index + 1), type: type, at: now)
        }
        unit.postings = [
            Posting(
                order.movement, kind: "collect", debit: .provider("tmoney-tg"), credit: .app(TrailSamples.app),
                amount: order.amount, at: now.adding(seconds: 6))
        ]
        #expect(await store.commit([unit], epoch: 1) == .committed)
        _ = try await store.fanOut(at: now, limit: 10)
        let callback = InboundCallback(
            method: "POST", headers: [.init("authorization", "Bearer x")], body: Array("status=OK&pin=1".utf8),
            peer: "192.0.2.1")
        let hint = InboxMessage(
            id: InboxID(at: now, from: SeededRandom(8)), provider: "tmoney-tg", dedupKey: "h", trust: .stranger,
            attempt: attempt.id, callback: callback, receivedAt: now.adding(seconds: 3), state: .applied)
        try await store.keep(hint, newest: 10)
        return order.id
    }

    @Test func `what the payer chose later stands beside what was decided first`() throws {
        let wallet = try #require(WalletID("wal_01JD3K0000WWWWWWWWWWWW1001"))
        let read = TrailSamples.aggregate(.payment, .succeeded, attempt: .succeeded) { order in
            var choice = PayerChoice(plan: [Candidate(provider: "wallets", channel: "wallet")], phone: nil)
            choice.wallet = wallet
            order.choice = choice
        }
        let choice = TrailRoute.Choice(try #require(read.order.choice), read.attempts)
        let first: JSONValue = ["plan": [], "candidates": [["provider": "wallets", "kept": false]]]
        let route = try #require(TrailRoute(first, choice: choice))
        #expect(route.plan.isEmpty && route.choice?.plan == ["wallets wallet"])
        let at = try #require(read.attempts.first?.createdAt)
        let lines = TraceText.route(route.json).joined(separator: "\n")
        #expect(lines.contains("to be tried: wallets wallet"))
        #expect(lines.contains("the payer chose later, at \(at)") && lines.contains(wallet.text))
        let trail = ["en", "fr"].compactMap { PayLanguage(rawValue: $0) }.map { ConsoleTexts.of($0)["routeChosenAt"] }
        #expect(trail.allSatisfy { $0.contains("{what}") && $0.contains("{time}") })
    }

    @Test func `a trail has every part, in order, masked`() async throws {
        let store = MemoryStore()
        let id = try await Self.filled(store)
        let trail = try #require(await TrailReader(store: store).trail(of: id))
        let summary = try #require(trail.summary.value)
        #expect(summary.appName == "Shop")
        #expect(summary.party?.phone == "+228******33")
        #expect(summary.whereabouts.text.contains("was collected by tmoney-tg"))
        #expect(trail.attempts.map(\.reference) == ["ours-\(id)"])
        #expect(
            trail.timeline.map(\.what.name) == [
                "accepted", "attempt_state", "event", "event", "hint", "evidence", "posting",
            ])
        #expect(trail.books.value?.effects.map(\.change.minorUnits) == [5_000, 5_000])
        #expect(trail.relatives.map(\.role) == [.followUp])
        #expect(trail.webhooks.value?.map(\.type) == ["payment.succeeded"])
        #expect(trail.webhooks.value?.first?.address == "https://shop.example/hooks")
        #expect(trail.unreadable.isEmpty)
        let text = trail.json.jsonText
        for secret in ["22890112233", "90112233", "s3cret", "Bearer x", "\"pin = 1\""] {
            #expect(!text.contains(secret), "\(secret)")
        }
        #expect(text.contains("msisdn = +228******33"))
    }

    @Test func `full numbers are given to whoever asks for them by name, and to nobody else`() async throws {
        let store = MemoryStore()
        let id = try await Self.filled(store)
        let reader = TrailReader(store: store)
        #expect(try await reader.phoneNumbers(of: id) == ["+22890112233"])
        #expect(try await reader.phoneNumbers(of: id, in: .apps([TrailSamples.otherApp])) == nil)
    }

    @Test func `another app's order is as if it were not there`() async throws {
        let store = MemoryStore()
        let id = try await Self.filled(store)
        let reader = TrailReader(store: store)
        #expect(await reader.trail(of: id, in: .apps([TrailSamples.otherApp])) == nil)
        #expect(await reader.trail(of: id, in: .apps([TrailSamples.app])) != nil)
        #expect(await reader.trail(of: TrailSamples.id(.payment, 77)) == nil)
    }

    @Test(arguments: [
        StoreOperation.orderAggregate, .steps, .postings, .discrepancies, .hints, .delivery, .endpoints, .app, .holds,
    ])
    func `a part that cannot be read says so, and the rest is shown`(_ operation: StoreOperation) async throws {
        let broken = Broken()
        let store = MemoryStore { step in
            broken.operation.withLock { $0 == step } ? .fail(StoreFailure(.corrupt, "damaged")) : .proceed
        }
        let id = try await Self.filled(store)
        let whole = try #require(await TrailReader(store: store).trail(of: id))
        broken.operation.withLock { $0 = operation }
        let trail = try #require(await TrailReader(store: store).trail(of: id))
        #expect(trail != whole)
        let readable = [
            trail.summary.value != nil, trail.books.value != nil, trail.webhooks.value != nil,
            trail.discrepancies.value != nil,
        ]
        #expect(readable.count { !$0 } <= 1)
        #expect(!TraceText.whole(trail.json).isEmpty)
        // What says which app an order is of is enough to keep it from others.
        #expect(await TrailReader(store: store).trail(of: id, in: .apps([TrailSamples.otherApp])) == nil)
    }

    private final class Broken: Sendable { let operation = Mutex<StoreOperation?>(nil) }

    @Test func `a trail is read at eighty columns`() async throws {
        let store = MemoryStore()
        let id = try await Self.filled(store)
        let trail = try #require(await TrailReader(store: store).trail(of: id))
        let lines = TraceText.whole(trail.json).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines.filter { $0.count > 80 })")
        #expect(lines.first?.hasPrefix(id.text) == true)
        #expect(lines.contains("what happened"))
    }
}
