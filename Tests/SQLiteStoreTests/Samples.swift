import Router

/// Small records for tests that are not about records.
enum Samples {
    private static let random = SystemRandom()
    static let now = Moment(milliseconds: 1_790_000_000_000)

    static func order(phone: String = "+22890112233", token: String? = nil) throws -> Order {
        let request = OrderRequest(
            amount: Money(5_000, .xof), customer: Customer(phone: try MSISDN(parsing: phone), email: "ama@example.com"),
            sourceToken: token.map { Secret($0) }, description: "two bags of rice")
        var order = Order(
            id: OrderID(at: now, from: random), app: AppID(at: now, from: random), environment: .sandbox,
            request: request, idempotencyKey: "k", requestID: RequestID(at: now, from: random), createdAt: now,
            plan: [], explanation: .null,
            movement: MovementID(at: now, from: random))
        order.version = 1
        return order
    }

    static func unit() throws -> UnitOfWork { UnitOfWork(order: try order(), write: .insert) }

    /// A unit of about 4 KiB.
    static func largeUnit() throws -> UnitOfWork {
        var unit = try unit()
        unit.order.eventCount = 1
        unit.events = [event(of: unit.order, body: Array(repeating: 65, count: 4_000))]
        return unit
    }

    static func event(of order: Order, body: [UInt8]) -> Event {
        Event(
            id: EventID(at: now, from: random), app: order.app, environment: order.environment, order: order.id,
            sequence: 1, type: "payment.created", at: now, body: body)
    }

    static func attempt(of order: Order, body: String) -> Attempt {
        var attempt = Attempt(
            id: AttemptID(at: now, from: random), of: order, ordinal: 1, provider: "tmoney-tg",
            channel: "tmoney", scope: "main", reference: order.id.text, epoch: 1, at: now)
        attempt.request = WireRequest(.post, "https://operator.example/", body: Array(body.utf8))
        return attempt
    }
}
