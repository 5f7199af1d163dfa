import Router

/// Small records for tests that are not about records.
enum Samples {
    private static let random = SystemRandom()
    static let now = Moment(milliseconds: 1_790_000_000_000)

    static func payment(phone: String = "+22890112233", token: String? = nil) throws -> Payment {
        let request = PaymentRequest(
            amount: Money(5_000, .xof), customer: Customer(phone: try MSISDN(parsing: phone), email: "ama@example.com"),
            sourceToken: token.map { Secret($0) }, description: "two bags of rice")
        var payment = Payment(
            id: PaymentID(at: now, from: random), app: AppID(at: now, from: random), environment: .sandbox,
            request: request, idempotencyKey: "k", requestID: RequestID(at: now, from: random), createdAt: now,
            plan: [], explanation: .null,
            movement: Movement(id: MovementID(at: now, from: random), kind: .collect, amount: request.amount))
        payment.version = 1
        return payment
    }

    static func unit() throws -> UnitOfWork { UnitOfWork(payment: try payment(), write: .insert) }

    /// A unit of about 4 KiB.
    static func largeUnit() throws -> UnitOfWork {
        var unit = try unit()
        unit.payment.eventCount = 1
        unit.events = [event(of: unit.payment, body: Array(repeating: 65, count: 4_000))]
        return unit
    }

    static func event(of payment: Payment, body: [UInt8]) -> Event {
        Event(
            id: EventID(at: now, from: random), app: payment.app, environment: payment.environment, payment: payment.id,
            sequence: 1, type: "payment.created", at: now, body: body)
    }

    static func attempt(of payment: Payment, body: String) -> Attempt {
        var attempt = Attempt(
            id: AttemptID(at: now, from: random), movement: payment.movement.id, ordinal: 1, provider: "tmoney-tg",
            channel: "tmoney", scope: "main", reference: payment.id.text, amount: payment.movement.amount, epoch: 1,
            at: now)
        attempt.request = WireRequest(.post, "https://operator.example/", body: Array(body.utf8))
        return attempt
    }
}
