import Router
import RouterTestKit
import Synchronization

/// The webhook side of a ``MemoryStore``, with doors for tests: put events in, wait for a record, fail.
final class ShelfStore: WebhookStore {
    private struct Waiter: Sendable {
        var endpoint: WebhookEndpointID
        var event: EventID
        var isFit: @Sendable (Delivery) -> Bool
        var answer: AsyncStream<Delivery>.Continuation
    }

    /// Whether operations fail.
    private final class Fault: Sendable {
        let isBroken = Mutex(false)
    }

    private let memory: MemoryStore
    private let fault = Fault()
    private let waiters = Mutex<[Waiter]>([])

    init() {
        let fault = fault
        memory = MemoryStore { _ in
            fault.isBroken.withLock { $0 } ? .fail(StoreFailure(.inputOutput, "broken by the test")) : .proceed
        }
    }

    // MARK: Doors for tests

    /// Commits an event as the engine would, with a payment of its own.
    func commit(_ event: Event) async {
        let amount = Money(5_000, .xof)
        let payment = Order(
            id: event.order, app: event.app, environment: event.environment,
            request: OrderRequest(amount: amount, channels: [], expiresInSeconds: 900),
            idempotencyKey: event.order.text, requestID: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR"),
            createdAt: event.at, plan: [], explanation: .null,
            movement: MovementID(known: "mov_" + event.order.text.dropFirst(4)))
        var unit = UnitOfWork(order: payment, write: .insert)
        unit.events = [event]
        _ = await memory.commit([unit], epoch: 0)
    }

    /// Makes every operation fail, or work again.
    func setBroken(_ isBroken: Bool) { fault.isBroken.withLock { $0 = isBroken } }

    /// A delivery as it is now.
    func delivery(_ endpoint: WebhookEndpointID, _ event: Event) async -> Delivery? {
        let all = try? await memory.deliveries(endpoint, after: nil, limit: .max)
        return all?.first { $0.event.id == event.id }
    }

    /// A delivery as soon as it fits; throws when the test is over its time.
    func delivery(
        _ endpoint: WebhookEndpointID, _ event: Event, when isFit: @escaping @Sendable (Delivery) -> Bool
    ) async throws -> Delivery {
        let (stream, answer) = AsyncStream.makeStream(of: Delivery.self)
        let waiter = Waiter(endpoint: endpoint, event: event.id, isFit: isFit, answer: answer)
        waiters.withLock { $0.append(waiter) }
        // It may have been recorded before anybody waited.
        if let known = await delivery(endpoint, event) { tell(known) }
        for await delivery in stream { return delivery }
        throw CancellationError()
    }

    private func tell(_ delivery: Delivery) {
        let isMeant = { (waiter: Waiter) in
            waiter.endpoint == delivery.endpoint && waiter.event == delivery.event.id && waiter.isFit(delivery)
        }
        let fitting = waiters.withLock { waiters in
            let fitting = waiters.filter(isMeant)
            waiters.removeAll(where: isMeant)
            return fitting
        }
        for waiter in fitting { waiter.answer.yield(delivery) }
    }

    // MARK: WebhookStore

    func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) { try await memory.insert(endpoint) }
    func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) { try await memory.update(endpoint) }
    func delete(_ id: WebhookEndpointID) async throws(StoreFailure) { try await memory.delete(id) }

    func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? {
        try await memory.endpoint(id)
    }

    func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] { try await memory.endpoints(app: app) }

    func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        try await memory.fanOut(at: now, limit: limit)
    }

    func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try await memory.dueDeliveries(endpoint, before: moment, limit: limit)
    }

    func nextDelivery() async throws(StoreFailure) -> Moment? { try await memory.nextDelivery() }

    func record(_ deliveries: [Delivery]) async throws(StoreFailure) {
        try await memory.record(deliveries)
        deliveries.forEach(tell)
    }

    func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try await memory.deliveries(endpoint, after: after, limit: limit)
    }

    func delivery(of event: EventID, to endpoint: WebhookEndpointID) async throws(StoreFailure) -> Delivery? {
        try await memory.delivery(of: event, to: endpoint)
    }

    func replay(
        _ endpoint: WebhookEndpointID, since moment: Moment, after: EventID?, limit: Int, at now: Moment
    ) async throws(StoreFailure) -> ReplayedEvents {
        try await memory.replay(endpoint, since: moment, after: after, limit: limit, at: now)
    }

    func waiting(_ endpoint: WebhookEndpointID, since moment: Moment) async throws(StoreFailure) -> Int {
        try await memory.waiting(endpoint, since: moment)
    }

    func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int {
        try await memory.redeliver(endpoint, event: event, failedSince: failedSince, at: now)
    }
}
