import Router
import Synchronization

/// Webhook endpoints and deliveries in memory, with doors for tests: put events in, wait for a record, fail.
final class ShelfStore: WebhookStore {
    private struct Key: Hashable {
        var endpoint: WebhookEndpointID
        var event: EventID
    }

    private struct Waiter {
        var key: Key
        var isFit: @Sendable (Delivery) -> Bool
        var continuation: CheckedContinuation<Delivery, Never>
    }

    private struct State {
        var endpoints: [WebhookEndpointID: WebhookEndpoint] = [:]
        var events: [Event] = []
        var given: [WebhookEndpointID: Int] = [:]
        var deliveries: [Key: Delivery] = [:]
        var waiters: [Waiter] = []
        var isBroken = false

        func order(_ event: EventID) -> Int { events.firstIndex { $0.id == event } ?? .max }
    }

    private let state = Mutex(State())

    // MARK: Doors for tests

    /// Commits events as the engine would.
    func commit(_ events: Event...) { state.withLock { $0.events += events } }

    /// Makes every operation fail, or work again.
    func setBroken(_ isBroken: Bool) { state.withLock { $0.isBroken = isBroken } }

    /// A delivery as it is now.
    func delivery(_ endpoint: WebhookEndpointID, _ event: Event) -> Delivery? {
        state.withLock { $0.deliveries[Key(endpoint: endpoint, event: event.id)] }
    }

    /// A delivery as soon as it fits.
    func delivery(
        _ endpoint: WebhookEndpointID, _ event: Event, when isFit: @escaping @Sendable (Delivery) -> Bool
    ) async -> Delivery {
        await withCheckedContinuation { continuation in
            let key = Key(endpoint: endpoint, event: event.id)
            let known = state.withLock { state -> Delivery? in
                if let known = state.deliveries[key], isFit(known) { return known }
                state.waiters.append(Waiter(key: key, isFit: isFit, continuation: continuation))
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    // MARK: WebhookStore

    func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try work { state in
            state.endpoints[endpoint.id] = endpoint
            state.given[endpoint.id] = state.events.count
        }
    }

    func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try work { state in
            if state.endpoints[endpoint.id] != nil { state.endpoints[endpoint.id] = endpoint }
        }
    }

    func delete(_ id: WebhookEndpointID) async throws(StoreFailure) {
        try work { state in
            state.endpoints[id] = nil
            state.deliveries = state.deliveries.filter { $0.key.endpoint != id }
        }
    }

    func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? {
        try work { $0.endpoints[id] }
    }

    func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] {
        try work { state in
            state.endpoints.values.filter { app == nil || $0.app == app }.sorted { $0.id.text < $1.id.text }
        }
    }

    func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        try work { state in
            var made = 0
            for endpoint in state.endpoints.values where endpoint.isEnabled {
                for event in state.events.dropFirst(state.given[endpoint.id] ?? 0) where made < limit {
                    state.given[endpoint.id, default: 0] += 1
                    guard event.app == endpoint.app, event.environment == endpoint.environment,
                        endpoint.types.isEmpty || endpoint.types.contains(event.type)
                    else { continue }
                    made += 1
                    state.deliveries[Key(endpoint: endpoint.id, event: event.id)] = Delivery(
                        endpoint: endpoint.id, event: event, state: .pending, tries: [], dueAt: now)
                }
            }
            return made
        }
    }

    func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try work { state in
            let due = state.deliveries.values.filter { delivery in
                delivery.endpoint == endpoint && delivery.state == .pending
                    && delivery.dueAt.map { $0 <= moment } ?? false
            }
            return Array(due.sorted { state.order($0.event.id) < state.order($1.event.id) }.prefix(limit))
        }
    }

    func nextDelivery() async throws(StoreFailure) -> Moment? {
        try work { state in
            state.deliveries.values.filter { $0.state == .pending && state.endpoints[$0.endpoint]?.isEnabled == true }
                .compactMap(\.dueAt).min()
        }
    }

    func record(_ delivery: Delivery) async throws(StoreFailure) {
        let key = Key(endpoint: delivery.endpoint, event: delivery.event.id)
        let fitting = try work { state -> [Waiter] in
            guard state.deliveries[key] != nil else { return [] }
            state.deliveries[key] = delivery
            let fitting = state.waiters.filter { $0.key == key && $0.isFit(delivery) }
            state.waiters.removeAll { $0.key == key && $0.isFit(delivery) }
            return fitting
        }
        for waiter in fitting { waiter.continuation.resume(returning: delivery) }
    }

    func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try work { state in
            let end = after.map { state.order($0) } ?? .max
            let known = state.deliveries.values.filter { $0.endpoint == endpoint && state.order($0.event.id) < end }
            return Array(known.sorted { state.order($0.event.id) > state.order($1.event.id) }.prefix(limit))
        }
    }

    func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int {
        try work { state in
            var count = 0
            for (key, delivery) in state.deliveries where key.endpoint == endpoint {
                let isMeant = key.event == event
                let hasFailed = failedSince.map { since in
                    delivery.state != .delivered && delivery.tries.last.map { $0.at >= since } ?? false
                }
                guard isMeant || hasFailed == true else { continue }
                state.deliveries[key]?.state = .pending
                state.deliveries[key]?.dueAt = now
                count += 1
            }
            return count
        }
    }

    private func work<T: Sendable>(_ body: @Sendable (inout State) -> T) throws(StoreFailure) -> T {
        let result = state.withLock { state in state.isBroken ? nil : body(&state) }
        guard let result else { throw StoreFailure(.inputOutput, "broken by the test") }
        return result
    }
}
