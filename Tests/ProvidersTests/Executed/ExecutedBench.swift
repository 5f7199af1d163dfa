import RouterTestKit
import Synchronization
import Testing

@testable import Router

/// Two providers of one kind behind a real engine, with the kind's own contract: would a second request go anywhere, it
/// would arrive here.
struct ExecutedBench {
    let engine: Engine
    let operators: PlayedOperators
    let clock = ManualClock(Sample.createdAt)
    private let configuration: String
    private static let requestID = RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR")

    init(_ configuration: String) async throws {
        self.configuration = configuration
        operators = PlayedOperators(configuration)
        engine = try await EngineBench.engine(configuration, on: operators, clock)
    }

    /// Makes an order of an operation whose money request is answered by `reply`.
    ///
    /// What has to be done before succeeds.
    func play(
        _ operation: MoneyOperation, answered reply: @escaping @Sendable (String) -> WireReply
    ) async throws
        -> OrderAggregate
    {
        switch operation {
        case .collect, .authorize, .payout:
            operators.answer(with: reply)
            return try await create(operation)
        case .refund, .capture, .void:
            let payment = try await paid(held: operation != .refund)
            operators.answer(with: reply)
            let result = await engine.follow(
                Engine.FollowUpCommand(
                    operation == .refund ? .refund : operation == .capture ? .capture : .void, of: payment.order.id,
                    idempotencyKey: "follow", fingerprint: [2], requestID: Self.requestID, respondsAsync: true))
            return try await ended(result)
        }
    }

    private func paid(held: Bool) async throws -> OrderAggregate {
        var aggregate = try await create(held ? .authorize : .collect)
        if aggregate.liveAttempt?.state == .pending {
            await engine.parts.dueWork.wake(aggregate.order.id, isForced: true)
            aggregate = try await self.aggregate(aggregate.order.id)
        }
        try #require(
            aggregate.attempts.first?.state == .succeeded, "the payment itself: \(aggregate.attempts.map(\.history))")
        return aggregate
    }

    private func create(_ operation: MoneyOperation) async throws -> OrderAggregate {
        let order = try Sample.order(for: configuration)
        var request = OrderRequest(
            // PromptPay has no refunds.
            amount: order.amount, channels: [order.channel == "promptpay" ? "truemoney" : order.channel],
            customer: order.customer, sourceToken: order.sourceToken,
            returnURLs: order.returnURLs)
        request.capturesLater = operation == .authorize
        let result = await engine.create(
            Engine.CreateCommand(
                kind: operation == .payout ? .payout : .payment, app: AppID(known: "app_01JD3K0000AAAAAAAAAAAAAAAA"),
                environment: .sandbox, request: request, idempotencyKey: "order", fingerprint: [1],
                requestID: Self.requestID, respondsAsync: true))
        let aggregate = try await ended(result)
        return aggregate.order.awaitsInput ? try await confirm(aggregate) : aggregate
    }

    private func confirm(_ aggregate: OrderAggregate) async throws -> OrderAggregate {
        let command = Engine.ConfirmCommand(
            aggregate: aggregate, confirmation: Confirmation(code: Secret("123456"), operatorPaymentID: "form-1"),
            idempotencyKey: "confirm", fingerprint: [3], requestID: Self.requestID)
        let isAnswered = Mutex(false)
        async let confirmed = {
            defer { isAnswered.withLock { $0 = true } }
            return await engine.confirm(command)
        }()
        while operators.sends.isEmpty { await Task.yield() }
        while engine.activeWork > 0 { await Task.yield() }
        clock.advance(seconds: 10)
        // Whoever began to wait only after that waits a moment longer.
        while !isAnswered.withLock({ $0 }) {
            for _ in 0..<100 { await Task.yield() }
            clock.advance(seconds: 1)
        }
        return try await ended(await confirmed)
    }

    func aggregate(_ id: OrderID) async throws -> OrderAggregate {
        try #require(try await engine.store.orderAggregate(id))
    }

    /// The order once nothing is under way any more.
    private func ended(_ result: Engine.CommandResult) async throws -> OrderAggregate {
        let aggregate = try #require(result.done, "not accepted: \(result)").aggregate
        while engine.activeWork > 0 { await Task.yield() }
        return try await self.aggregate(aggregate.order.id)
    }

    /// Lets time pass, and does what is due; nobody gets an answer to a question.
    func wait(_ id: OrderID, seconds: Int64) async throws -> OrderAggregate {
        operators.fallSilent()
        clock.advance(seconds: seconds)
        await engine.parts.dueWork.wake(id, isForced: true)
        while engine.activeWork > 0 { await Task.yield() }
        return try await aggregate(id)
    }
}
