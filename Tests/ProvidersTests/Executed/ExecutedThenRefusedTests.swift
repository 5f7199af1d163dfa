import Router
import Testing

@testable import Providers

/// An operator executes and then says 4xx, in every operation of every kind: the attempt must not end dead, and nothing
/// may go out a second time.
@Suite("Executed, then refused", .timeLimit(.minutes(10)))
struct ExecutedThenRefusedTests {
    struct Case: Sendable, CustomStringConvertible {
        let configuration: String
        let operation: MoneyOperation
        var description: String { "\(configuration) \(operation.rawValue)" }
    }

    static let cases: [Case] = Sample.configurations.flatMap { row in
        guard let provider = try? Sample.configured(row.name, as: (any PaymentProvider).self) else { return [Case]() }
        return MoneyOperation.allCases
            .filter { provider.can($0) && sendsMoney(row.name, $0) }
            .map { Case(configuration: row.name, operation: $0) }
    }

    /// Pages and codes have no money request of ours; there is nothing to refuse.
    private static func sendsMoney(_ name: String, _ operation: MoneyOperation) -> Bool {
        guard [.collect, .authorize].contains(operation) else { return true }
        return !["page", "redirect", "qr", "online"].contains { name.contains($0) }
    }

    /// Replies that a document of the operator proves to precede execution, with the document.
    ///
    /// Only these may end an attempt.
    private static func proof(_ name: String, _ status: Int, _ body: JSONValue) -> String? {
        guard name.hasPrefix("card"), let error = body["error"] else { return nil }
        switch (status, error["type"]?.stringValue, error["code"]?.stringValue) {
        case (401, _, _), (429, _, _):
            return "docs.stripe.com/error-low-level: limiters and keys come before the idempotency layer"
        case (403, _, _): return "docs.stripe.com/api/errors: the key has no permission for the request"
        case (404, _, "resource_missing"?) where name == "card charges":
            return "docs.stripe.com/api/errors: what a charge is made of does not exist"
        default: return nil
        }
    }

    @Test(arguments: cases)
    func `no 4xx ends it, and nothing is sent again`(_ tried: Case) async throws {
        for status in ErrorReplies.statuses {
            for reply in ErrorReplies.all(tried.configuration, tried.operation, status) {
                let body = JSONValue(objectIn: reply.make("x").body) ?? .null
                guard Self.proof(tried.configuration, status, body) == nil else { continue }
                try await judge(tried, reply)
            }
        }
    }

    private func judge(_ tried: Case, _ reply: ErrorReplies.Reply) async throws {
        let bench = try await ExecutedBench(tried.configuration)
        var aggregate = try await bench.play(tried.operation, answered: reply.make)
        // While a resend would be allowed, and when the undeclared day is over.
        for seconds: Int64 in [0, 60, 90_000] {
            if seconds > 0 { aggregate = try await bench.wait(aggregate.order.id, seconds: seconds) }
            #expect(
                aggregate.attempts.map(\.state) == [.unknown],
                "\(tried), \(reply.name), after \(seconds) s: \(aggregate.order.status)")
            #expect(bench.operators.sends.count == 1, "\(tried), \(reply.name), after \(seconds) s")
            #expect(![.failed, .cancelled].contains(aggregate.order.status))
        }
    }

    @Test
    func `what its operator's documents prove to precede execution may end it`() async throws {
        let listed: [(String, Int, JSONValue)] = [
            ("card intents", 401, ["error": ["type": "invalid_request_error"]]),
            ("card charges", 429, ["error": ["type": "invalid_request_error", "code": "rate_limit"]]),
            ("card intents", 402, ["error": ["type": "card_error", "code": "card_declined"]]),
            ("card charges", 402, ["error": ["type": "card_error", "code": "expired_card"]]),
            ("card intents", 400, ["error": ["type": "invalid_request_error", "code": "parameter_missing"]]),
            ("card charges", 400, ["error": ["type": "invalid_request_error", "code": "amount_too_small"]]),
        ]
        for (name, status, body) in listed {
            let bench = try await ExecutedBench(name)
            let aggregate = try await bench.play(.collect) { _ in WireReply(status: status, body: body.serialized()) }
            #expect(aggregate.attempts.first?.state == .rejected, "\(name) \(status)")
        }
    }
}
