package import Router
import Synchronization

/// Tells apps what happened: gives events to endpoints and delivers them, at least once, until the schedule is used up.
///
/// Each endpoint has a queue of its own, so that a slow or dead one delays nobody else. Within a queue the oldest event
/// goes first, but one that fails does not hold up later ones: order is promised by the `sequence` in each event, not by
/// arrival. Everything that must survive is in the store; an attempt is recorded before it is made, so that after a
/// crash it is made again under the same id.
package final class WebhookSender: Sendable {
    /// How long the sender sleeps at most, in milliseconds.
    static let idleMilliseconds: Int64 = 250
    /// Events given to endpoints in one transaction.
    static let fanOutLimit = 500

    private struct EndpointQueue: Sendable {
        var underWay: Set<EventID> = []
        var pace = EndpointPace()
    }

    /// Through here endpoints are changed while this sender runs.
    package let register: EndpointRegister
    let store: any WebhookStore
    let transport: any Transport
    let time: any TimeSource
    let random: any RandomSource
    let observer: any EngineObserver
    let body: EventBody
    /// Which addresses may be told.
    package let addresses: AddressPolicy
    private let queues = Mutex<[WebhookEndpointID: EndpointQueue]>([:])
    private let wakeup = Signal(WebhookWakeup.endpoints([]))
    let tests = TestsUnderWay()

    /// Makes a sender; it does nothing until ``run()``.
    ///
    /// With `.any` addresses it is in test mode: loopback addresses may be told, over plain http too.
    package init(
        store: any WebhookStore, transport: any Transport, time: any TimeSource, random: any RandomSource,
        observer: any EngineObserver, body: EventBody, addresses: AddressPolicy
    ) {
        register = EndpointRegister(store: store)
        self.store = store
        self.transport = transport
        self.time = time
        self.random = random
        self.observer = observer
        self.body = body
        self.addresses = addresses
    }

    /// Tells that an event was committed; quick, never blocks.
    package func poke() { wakeup.ring { $0 = .everything } }

    /// Forgets how an endpoint behaved, after its owner changed it or asked for a repetition.
    package func forget(_ endpoint: WebhookEndpointID) {
        pace(endpoint) { $0 = EndpointPace() }
        poke()
    }

    /// Changes how hard an endpoint is pressed from now on.
    func pace(_ endpoint: WebhookEndpointID, _ change: (inout EndpointPace) -> Void) {
        queues.withLock { queues in
            guard var queue = queues[endpoint] else { return }
            change(&queue.pace)
            queues[endpoint] = queue
        }
    }

    /// Delivers until the task is cancelled; then ends what is under way and returns.
    ///
    /// Run it once at a time.
    package func run() async {
        await withDiscardingTaskGroup { group in
            var wake = WebhookWakeup.everything
            var allDue = time.now
            while !Task.isCancelled {
                if wake == .everything || allDue <= time.now {
                    allDue = await lookAtAll(&group)
                } else if case .endpoints(let ids) = wake {
                    for id in ids { await look(at: id, &group) }
                }
                wake = await wakeup.wait(until: allDue, time) ?? .everything
            }
        }
    }

    /// Gives out new events and looks at every endpoint if anything is due.
    ///
    /// - Returns: When to do so again.
    private func lookAtAll(_ group: inout DiscardingTaskGroup) async -> Moment {
        let now = time.now
        let idle = now.adding(milliseconds: Self.idleMilliseconds)
        do throws(StoreFailure) {
            let given = try await store.fanOut(at: now, limit: Self.fanOutLimit)
            if given >= Self.fanOutLimit { poke() }
            guard let due = try await store.nextDelivery() else { return idle }
            guard due <= now else { return min(due, idle) }
            let endpoints = try await store.endpoints(app: nil).filter(\.isEnabled)
            let known = Set(endpoints.map(\.id))
            queues.withLock { $0 = $0.filter { known.contains($0.key) || !$0.value.underWay.isEmpty } }
            for endpoint in endpoints { try await fill(endpoint.id, &group) }
            guard let next = try await store.nextDelivery(), next > now else { return idle }
            return min(next, idle)
        } catch {
            observer.record(.storeFailed(error))
            return idle
        }
    }

    private func look(at id: WebhookEndpointID, _ group: inout DiscardingTaskGroup) async {
        do throws(StoreFailure) {
            guard let endpoint = try await store.endpoint(id), endpoint.isEnabled else { return }
            try await fill(id, &group)
        } catch { observer.record(.storeFailed(error)) }
    }

    /// Begins as many due deliveries of an endpoint as its queue has room for.
    private func fill(_ id: WebhookEndpointID, _ group: inout DiscardingTaskGroup) async throws(StoreFailure) {
        let now = time.now
        let queue = queues.withLock { $0[id, default: EndpointQueue()] }
        let room = queue.pace.width(at: now) - queue.underWay.count
        guard room > 0 else { return }
        // What is under way may still look due until its attempt is recorded.
        let due = try await store.dueDeliveries(id, before: now, limit: room + queue.underWay.count)
        let chosen = due.filter { !queue.underWay.contains($0.event.id) }.prefix(room)
        queues.withLock { $0[id, default: EndpointQueue()].underWay.formUnion(chosen.map(\.event.id)) }
        for delivery in chosen {
            group.addTask {
                await self.deliver(delivery)
                self.queues.withLock { _ = $0[id]?.underWay.remove(delivery.event.id) }
                self.wakeup.ring { $0.add(id) }
            }
        }
    }
}
