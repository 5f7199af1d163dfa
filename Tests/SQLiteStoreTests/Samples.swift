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
            plan: [], explanation: .null)
        order.version = 1
        return order
    }

    static func unit() throws -> UnitOfWork { UnitOfWork(order: try order(), write: .insert) }

    /// A unit of about 4 KiB.
    static func largeUnit() throws -> UnitOfWork {
        var unit = try unit()
        tell(Array(repeating: 65, count: 4_000), in: &unit)
        return unit
    }

    /// Has a unit tell of its making, in bytes like those of an older release.
    static func tell(_ body: [UInt8], in unit: inout UnitOfWork) {
        unit.order.eventCount = 1
        let order = unit.order
        unit.events = [
            Event(
                id: EventID(at: now, of: order.id, number: 1), app: order.app, environment: order.environment,
                order: order.id, sequence: 1, type: "payment.created", at: now, content: .written(body))
        ]
    }

    static func attempt(of order: Order, body: String) -> Attempt {
        var attempt = Attempt(
            id: AttemptID(at: now, from: random), of: order, ordinal: 1, provider: "tmoney-tg",
            channel: "tmoney", scope: "main", reference: order.id.text, epoch: 1, at: now)
        attempt.request = WireRequest(.post, "https://operator.example/", body: Array(body.utf8))
        return attempt
    }
}
