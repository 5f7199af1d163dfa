import Foundation
import Router
import Testing

@testable import Host
@testable import SandboxHosting

/// A magic value that was played to its end, and what the operators' books should know it by.
struct PlayedOrder: Sendable {
    var value: TestValues
    var order: JSONValue
    var references: [String]
    var kind: String

    /// How many polls an order may take.
    ///
    /// Whatever is heard of it ends a poll early, and with everything played at once an operator that nobody can ask may
    /// be heard late.
    private static let patience = 90

    /// Plays every magic value at once.
    static func playAll(on router: RunningRouter) async -> [PlayedOrder] {
        await withTaskGroup(of: PlayedOrder?.self) { group in
            for value in TestValues.all { group.addTask { await play(value, on: router) } }
            var played: [PlayedOrder] = []
            for await one in group { if let one { played.append(one) } }
            return played
        }
    }

    /// Asks for what a magic value stands for, and waits for the end that it promises.
    static func play(_ value: TestValues, on router: RunningRouter) async -> PlayedOrder? {
        let name = "\(value.channel) \(value.operation) \(value.outcome)"
        guard let order = await begin(value, name, on: router), let id = order["id"]?.stringValue else { return nil }
        let form = "form-" + UUID().uuidString
        if var confirm = value.confirm?.objectValue {
            confirm["operator_payment_id"] = .string(form)
            let confirmed = await Self.confirm(id, .object(confirm), on: router)
            #expect(confirmed.status < 300, "\(name): \(confirmed.json.jsonText)")
        }
        let path = "/v1/\(collection(of: value))/\(id)"
        var payer = SandboxPayer(on: router)
        let ended = await payer.follow(order, path: path, polls: Self.patience) { order in
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
        return PlayedOrder(value: value, order: ended, references: references, kind: Self.kind(of: value, ended))
    }

    /// Sends a code, again while its operator takes nothing: the values that play outages open its breaker.
    private static func confirm(
        _ id: String, _ body: JSONValue, on router: RunningRouter
    ) async -> RunningRouter.Answer {
        let key = UUID().uuidString
        for _ in 0..<patience {
            let answer = await router.call("POST", "/v1/payments/\(id)/confirm", body, idempotencyKey: key)
            guard answer.status == 503 else { return answer }
            await router.host.time.sleep(until: router.host.time.now.adding(seconds: 1))
        }
        return await router.call("POST", "/v1/payments/\(id)/confirm", body, idempotencyKey: key)
    }

    /// The same as it is now.
    func again(on router: RunningRouter) async -> PlayedOrder {
        var copy = self
        let id = order["id"]?.stringValue ?? ""
        copy.order = await router.call("GET", "/v1/\(Self.collection(of: value))/\(id)").json
        return copy
    }

    private static func begin(_ value: TestValues, _ name: String, on router: RunningRouter) async -> JSONValue? {
        var path = "/v1/\(collection(of: value))"
        if let body = value.payment {
            let payment = await router.create(body)
            guard let id = payment.json["id"]?.stringValue else {
                Issue.record("\(name): the payment was refused: \(payment.json.jsonText)")
                return nil
            }
            var payer = SandboxPayer(on: router)
            let paid = await payer.follow(payment.json, path: "/v1/payments/\(id)", polls: Self.patience) {
                $0["status"] == "succeeded"
            }
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

    func judge(_ books: [RunningRouter.Entry: Int]?) {
        let name = "\(value.channel) \(value.operation) \(value.outcome)"
        #expect(order["status"]?.stringValue == value.status.rawValue, "\(name)")
        #expect(order["certainty"]?.stringValue == value.certainty.rawValue, "\(name)")
        let executions = references.reduce(0) {
            $0 + (books?[RunningRouter.Entry(reference: $1, kind: kind)] ?? 0)
        }
        switch order["status"]?.stringValue {
        case "succeeded": #expect(executions == 1, "\(name): succeeded, executed \(executions) times")
        case "failed", "authorized":
            #expect(executions == 0, "\(name): \(value.status.rawValue), executed \(executions) times")
        default: #expect(executions <= 1, "\(name): executed \(executions) times")
        }
    }
}
