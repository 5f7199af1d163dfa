import Foundation
import Router
import Sandbox
import Testing

@testable import Host
@testable import SandboxHosting

/// Every kind, disturbed at every stage by its sandbox operator: nothing is executed twice, and no end is wrong.
@Suite("Disturbances", .serialized, .timeLimit(.minutes(10)))
struct DisturbanceTests {
    /// One thing that goes wrong, at one kind of call of every operator, once.
    struct Disturbance: Sendable, CustomStringConvertible {
        var fault: String
        var operations = moneyCalls + ["open"]
        var more: [JSONObject.Member] = []

        /// The calls that may move money.
        static let moneyCalls = ["collect", "authorize", "payout", "refund"]

        var description: String { "\(fault) at \(operations.joined(separator: ", "))" }
    }

    static let all: [Disturbance] = [
        Disturbance(fault: "drop_before"),
        Disturbance(fault: "drop_after"),
        Disturbance(fault: "garbage"),
        Disturbance(fault: "garbage", operations: ["open"], more: [.init("executes", false)]),
        Disturbance(fault: "status", more: [.init("status", 503), .init("executes", true)]),
        Disturbance(fault: "status", more: [.init("status", 401)]),
        Disturbance(fault: "delay", more: [.init("milliseconds", 2_000)]),
        Disturbance(fault: "duplicate_callback"),
        Disturbance(fault: "withhold_callback"),
        Disturbance(fault: "drop_after", operations: ["login", "check", "balance"]),
        Disturbance(fault: "status", operations: ["check"], more: [.init("status", 500)]),
        Disturbance(fault: "status", operations: ["check"], more: [.init("status", 401)]),
        Disturbance(fault: "wrong_amount", operations: Disturbance.moneyCalls + ["check"]),
        Disturbance(fault: "wrong_currency", operations: Disturbance.moneyCalls + ["check"]),
        Disturbance(fault: "unknown_code", operations: Disturbance.moneyCalls + ["check"]),
    ]

    @Test(arguments: all)
    func `no kind pays twice or ends wrongly`(_ disturbance: Disturbance) async throws {
        let router = try await RunningRouter()
        let scenarios = SandboxScenario.all.filter { $0.name == "succeeds" }
        await withTaskGroup(of: Void.self) { group in
            for (_, mine) in Dictionary(grouping: scenarios, by: \.operator) {
                group.addTask {
                    for scenario in mine {
                        await Self.disturb(scenario, disturbance, on: router)
                        await Self.play(TestValues(scenario), disturbance, on: router)
                    }
                }
            }
        }
        try await Self.judge(router, disturbance)
        await router.stop()
    }

    private static func disturb(
        _ scenario: SandboxScenario, _ disturbance: Disturbance, on router: RunningRouter
    ) async {
        for operation in disturbance.operations {
            let members: [JSONObject.Member] = [
                .init("operator", .string(scenario.operator.rawValue)), .init("operation", .string(operation)),
                .init("count", 1), .init("fault", .string(disturbance.fault)),
            ]
            let body = JSONValue.object(JSONObject(members + disturbance.more))
            let reply = await router.sandbox("PUT", "/_faults", body)
            #expect(reply == 200, "\(body.jsonText)")
        }
    }

    private static func play(_ value: TestValues, _ disturbance: Disturbance, on router: RunningRouter) async {
        var path = value.operation == "payout" ? "/v1/payouts" : "/v1/payments"
        if let body = value.payment {
            let payment = await router.create(body)
            guard let id = payment.json["id"]?.stringValue else { return }
            var payer = SandboxPayer(on: router)
            let paid = await payer.follow(payment.json, path: "/v1/payments/\(id)", polls: 10) {
                $0["status"] == "succeeded"
            }
            guard paid["status"] == "succeeded" else { return }
            path = "/v1/payments/\(id)/refunds"
        }
        let created = await router.call("POST", path, value.request, idempotencyKey: UUID().uuidString)
        guard let id = created.json["id"]?.stringValue else { return }
        if var confirm = value.confirm?.objectValue {
            confirm["operator_payment_id"] = .string("form-" + UUID().uuidString)
            _ = await router.call(
                "POST", "/v1/payments/\(id)/confirm", .object(confirm), idempotencyKey: UUID().uuidString)
            return
        }
        let collection = ["payout": "payouts", "refund": "refunds"][value.operation] ?? "payments"
        var payer = SandboxPayer(on: router)
        _ = await payer.follow(created.json, path: "/v1/\(collection)/\(id)", polls: 10) { order in
            ["succeeded", "failed", "under_review", "authorized"].contains(order["status"]?.stringValue ?? "")
        }
    }

    /// Compares everything the router says with everything the operators did.
    private static func judge(_ router: RunningRouter, _ disturbance: Disturbance) async throws {
        let books = try await router.entries()
        for (entry, count) in books { #expect(count == 1, "\(entry) was executed \(count) times: \(disturbance)") }
        for (collection, kind) in [("payments", "collect"), ("payouts", "payout")] {
            let list = await router.call("GET", "/v1/\(collection)?limit=100").json["data"]?.arrayValue ?? []
            #expect(!list.isEmpty)
            for listed in list where listed["channel"] != "flouci-code" {
                let id = listed["id"]?.stringValue ?? ""
                let order = await router.call("GET", "/v1/\(collection)/\(id)").json
                let references = (order["attempts"]?.arrayValue ?? []).compactMap { $0["reference"]?.stringValue }
                let executions = references.reduce(0) {
                    $0 + (books[RunningRouter.Entry(reference: $1, kind: kind)] ?? 0)
                }
                let place = "\(listed["channel"]?.jsonText ?? "") \(listed["provider"]?.jsonText ?? ""): \(disturbance)"
                switch order["status"]?.stringValue {
                case "succeeded": #expect(executions == 1, "succeeded, executed \(executions) times, \(place)")
                case "failed", "cancelled": #expect(executions == 0, "failed, executed \(executions) times, \(place)")
                default: #expect(executions <= 1, "\(place)")
                }
            }
        }
    }
}
