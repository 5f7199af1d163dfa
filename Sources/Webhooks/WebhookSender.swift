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
        /// Read already and not begun: reading them one by one would cost more than sending them.
        var waiting: [Delivery] = []
        var pace = EndpointPace()
    }

    /// Through here endpoints are changed while this sender runs.
    package let register: EndpointRegister
    let store: any WebhookStore
    let bills: any BillStore
    let transport: any Transport
    let time: any TimeSource
    let random: any RandomSource
    let observer: any EngineObserver
    /// Writes what is sent.
    package let body: EventBody
    /// Which addresses may be told.
    package let addresses: AddressPolicy
    private let queues = Mutex<[WebhookEndpointID: EndpointQueue]>([:])
    private let wakeup = Signal(WebhookWakeup.endpoints([]))
    let tests = TestsUnderWay()

    /// Makes a sender; it does nothing until ``run()``.
    ///
    /// With `.any` addresses it is in test mode: loopback addresses may be told, over plain http too.
    package init(
        store: any WebhookStore, bills: any BillStore, transport: any Transport, time: any TimeSource,
        random: any RandomSource,
        observer: any EngineObserver, body: EventBody, addresses: AddressPolicy
    ) {
        register = EndpointRegister(store: store)
        self.store = store
        self.bills = bills
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
        queues.withLock { queues in
            queues[endpoint]?.pace = EndpointPace()
            queues[endpoint]?.waiting = []
        }
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
            for endpoint in endpoints { try await fill(endpoint, &group) }
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
            try await fill(endpoint, &group)
        } catch { observer.record(.storeFailed(error)) }
    }

    /// Deliveries read at a time beside those that can begin at once.
    private static let readAhead = 64

    /// Begins as many due deliveries of an endpoint as its queue has room for: records all of their attempts in one step,
    /// then makes them.
    private func fill(
        _ endpoint: WebhookEndpoint, _ group: inout DiscardingTaskGroup
    ) async throws(StoreFailure) {
        let id = endpoint.id
        let chosen = try await choose(id)
        guard !chosen.isEmpty else { return }
        let begun = chosen.map { self.begun($0, at: time.now) }
        do throws(StoreFailure) { try await store.record(begun) } catch {
            queues.withLock { $0[id]?.underWay.subtract(chosen.map(\.event.id)) }
            // Whatever was recorded last decides when it is tried again; do not ask a failing store at once.
            pace(id) { $0.rest(1, at: time.now) }
            throw error
        }
        for delivery in begun {
            group.addTask {
                await self.deliver(delivery, to: endpoint)
                self.queues.withLock { _ = $0[id]?.underWay.remove(delivery.event.id) }
                self.wakeup.ring { $0.add(id) }
            }
        }
    }

    /// Takes as many due deliveries as there is room for; they count as under way from then on.
    private func choose(_ id: WebhookEndpointID) async throws(StoreFailure) -> [Delivery] {
        let now = time.now
        let queue = queues.withLock { queues in
            let queue = queues[id, default: EndpointQueue()]
            queues[id] = queue
            return queue
        }
        let room = queue.pace.width(at: now) - queue.underWay.count
        guard room > 0 else { return [] }
        if queue.waiting.isEmpty {
            // What is under way may still look due until its attempt is recorded.
            let due = try await store.dueDeliveries(
                id, before: now, limit: room + queue.underWay.count + Self.readAhead)
            queues.withLock { $0[id]?.waiting = due.filter { !queue.underWay.contains($0.event.id) } }
        }
        return queues.withLock { queues in
            guard var queue = queues[id] else { return [] }
            let chosen = Array(queue.waiting.prefix(room))
            queue.waiting.removeFirst(chosen.count)
            queue.underWay.formUnion(chosen.map(\.event.id))
            queues[id] = queue
            return chosen
        }
    }
}
