import Router
import RouterTestKit

@testable import Host
@testable import Webhooks

/// A running sender on a bench: clock, wire and store are the test's.
final class SenderBench: Sendable {
    let clock = ManualClock(.start)
    let transport: ScriptedTransport
    let store: ShelfStore
    let bills = MemoryStore()
    let notes = NotePad()
    let sender: WebhookSender

    init(
        store: ShelfStore = ShelfStore(), transport: ScriptedTransport = ScriptedTransport(),
        addresses: AddressPolicy = .publicOnly, publicURL: String = "https://pay.example"
    ) {
        self.store = store
        self.transport = transport
        let view = OrderView(publicURL: publicURL, pages: HostedPages(.fresh(MasterKey.random().key)))
        sender = WebhookSender(
            store: store, bills: bills, transport: transport, time: clock, random: SeededRandom(), observer: notes,
            body: EventBody(view), addresses: addresses)
    }

    /// Commits events and tells the sender, as the host does.
    func commit(_ events: Event...) async {
        for event in events { await store.commit(event) }
        sender.poke()
    }

    /// Runs the sender while the body runs, then stops it and waits until it has stopped.
    func running(_ body: () async throws -> Void) async throws {
        let task = Task { await sender.run() }
        do {
            try await body()
        } catch {
            task.cancel()
            await task.value
            throw error
        }
        task.cancel()
        await task.value
    }

    /// The delivery once an attempt was judged.
    func judged(_ endpoint: WebhookEndpoint, _ event: Event, tries: Int = 1) async throws -> Delivery {
        try await store.delivery(endpoint.id, event) { delivery in
            delivery.tries.count == tries && delivery.tries.last?.detail != "begun; no outcome recorded"
        }
    }
}

/// Lets others run for some turns; throws when the test is over its time.
func rest(_ turns: Int = 1) async throws {
    for _ in 0..<turns {
        try Task.checkCancellation()
        await Task.yield()
    }
}
