import Foundation
import Router
import Testing

@testable import Host

/// Every magic value of every channel and operation: what was asked for must end as promised, and as the operators' books say.
@Suite("Magic values")
struct MagicValueTests {
    @Test("every outcome ends as its books say")
    func everyValue() async throws {
        let router = try await RunningRouter()
        await withTaskGroup(of: Played?.self) { group in
            for value in TestValues.all { group.addTask { await Self.play(value, on: router) } }
            for await played in group {
                guard let played else { continue }
                await Self.judge(played, try? router.entries())
            }
        }
        await router.stop()
    }

    /// What was asked for, and what the books should know it by.
    private struct Played: Sendable {
        var value: TestValues
        var order: JSONValue
        var references: [String]
        var kind: String
    }

    private static func play(_ value: TestValues, on router: RunningRouter) async -> Played? {
        let name = "\(value.channel) \(value.operation) \(value.outcome)"
        guard let order = await begin(value, name, on: router), let id = order["id"]?.stringValue else { return nil }
        let form = "form-" + UUID().uuidString
        if var confirm = value.confirm?.objectValue {
            confirm["operator_payment_id"] = .string(form)
            let confirmed = await router.call(
                "POST", "/v1/payments/\(id)/confirm", .object(confirm), idempotencyKey: UUID().uuidString)
            #expect(confirmed.status < 300, "\(name): \(confirmed.json.jsonText)")
        }
        let path = "/v1/\(collection(of: value))/\(id)"
        let ended = await router.follow(path: path, polls: 20) { order in
            order["status"]?.stringValue == value.status.rawValue
                && order["certainty"]?.stringValue == value.certainty.rawValue
        }
        // The code flow's operator knows only the number of its own form.
        var references =
            value.confirm == nil
            ? (ended["attempts"]?.arrayValue ?? []).compactMap { $0["reference"]?.stringValue } : [form]
        // Where the wire carries no reference of the refund, the books name the payment's.
        if value.operation == "refund", let payment = ended["payment"]?.stringValue {
            let whole = await router.call("GET", "/v1/payments/\(payment)").json
            let attempts = whole["attempts"]?.arrayValue ?? []
            references += attempts.compactMap { $0["reference"]?.stringValue }
        }
        return Played(value: value, order: ended, references: references, kind: Self.kind(of: value, ended))
    }

    private static func begin(_ value: TestValues, _ name: String, on router: RunningRouter) async -> JSONValue? {
        var path = "/v1/\(collection(of: value))"
        if let body = value.payment {
            let payment = await router.create(body)
            guard let id = payment.json["id"]?.stringValue else {
                Issue.record("\(name): the payment was refused: \(payment.json.jsonText)")
                return nil
            }
            let paid = await router.follow(id, polls: 20) { $0["status"] == "succeeded" }
            guard paid["status"] == "succeeded" else {
                Issue.record("\(name): the payment is \(paid["status"]?.jsonText ?? "")")
                return nil
            }
            path = "/v1/payments/\(id)/refunds"
        }
        let created = await router.call("POST", path, value.request, idempotencyKey: UUID().uuidString)
        guard [201, 202].contains(created.status) else {
            Issue.record("\(name) was refused: \(created.json.jsonText)")
            return nil
        }
        return created.json
    }

    private static func collection(of value: TestValues) -> String {
        switch value.operation {
        case "payout": "payouts"
        case "refund": "refunds"
        default: "payments"
        }
    }

    /// What the books call it: a refund that is paid out is a payout there.
    private static func kind(of value: TestValues, _ order: JSONValue) -> String {
        switch value.operation {
        case "payout": "payout"
        case "refund": order["method"] == "payout" ? "payout" : "refund"
        default: "collect"
        }
    }

    private static func judge(_ played: Played, _ books: [RunningRouter.Entry: Int]?) {
        let (value, order) = (played.value, played.order)
        let name = "\(value.channel) \(value.operation) \(value.outcome)"
        #expect(order["status"]?.stringValue == value.status.rawValue, "\(name)")
        #expect(order["certainty"]?.stringValue == value.certainty.rawValue, "\(name)")
        let executions = played.references.reduce(0) {
            $0 + (books?[RunningRouter.Entry(reference: $1, kind: played.kind)] ?? 0)
        }
        switch order["status"]?.stringValue {
        case "succeeded": #expect(executions == 1, "\(name): succeeded, executed \(executions) times")
        case "failed", "authorized":
            #expect(executions == 0, "\(name): \(value.status.rawValue), executed \(executions) times")
        default: #expect(executions <= 1, "\(name): executed \(executions) times")
        }
    }
}
