import Foundation
import Router
import Testing

@testable import Host

/// One order number, one order, through the API and by the books of the sandbox operators.
@Suite("Order numbers", .timeLimit(.minutes(10))) struct OrderNumberTests {
    private func payout(_ more: [String: JSONValue] = [:]) -> JSONValue {
        var body = JSONObject([
            .init("amount", 4_321), .init("currency", "XOF"), .init("channel", "flooz"),
            .init("party", ["phone": "+22896000001"]), .init("reference", "salary-2026-11-employee-17"),
        ])
        for (name, value) in more { body[name] = value }
        return .object(body)
    }

    private func qr(_ more: [String: JSONValue] = [:]) -> JSONValue {
        var body = JSONObject([
            .init("amount", 10_001), .init("currency", "THB"), .init("channel", "promptpay"),
            .init("reference", "cart-77"),
            .init(
                "return_urls", ["success": "https://shop.example/s", "failure": "https://shop.example/f"]),
        ])
        for (name, value) in more { body[name] = value }
        return .object(body)
    }

    private func ask(
        _ router: RunningRouter, _ body: JSONValue, key: String = UUID().uuidString
    ) async -> RunningRouter.Answer {
        await router.call("POST", "/v1/payouts", body, idempotencyKey: key)
    }

    @Test
    func `a payout whose answer was lost is not paid again under another key`() async throws {
        let router = try await RunningRouter()
        _ = await router.sandbox(
            "PUT", "/_faults", ["operator": "paygate", "operation": "payout", "count": 1, "fault": "drop_after"])
        let first = await ask(router, payout())
        #expect([201, 202].contains(first.status))
        let id = first.json["id"]
        for (more, what) in [
            ([:], "the same"), (["amount": 5_000], "another amount"),
            (["reference": " salary-2026-11-employee-17 "], "spaces"),
            (["channel": .null], "no channel"), (["repeat_of": id ?? .null], "by name"),
        ] as [([String: JSONValue], String)] {
            let again = await ask(router, payout(more))
            #expect(
                again.status == 409 && again.json["code"] == "possible_duplicate", "\(what): \(again.json.jsonText)")
            #expect(again.json["payment_id"] == id && again.json["repeat_of"] == nil, "\(what)")
        }
        let spaces = await ask(router, payout(["reference": "salary-2026-11-employee-18"]))
        #expect([201, 202].contains(spaces.status), "another order number is another payout")
        #expect(try await router.entries().filter { $0.key.kind == "payout" }.values.reduce(0, +) == 2)
        await router.stop()
    }

    @Test
    func `a payout that succeeded is paid once more only by name, each once`() async throws {
        let router = try await RunningRouter()
        let first = await ask(router, payout())
        let id = first.json["id"]?.stringValue ?? ""
        let paid = await router.follow(path: "/v1/payouts/\(id)", polls: 12) { $0["status"] == "succeeded" }
        #expect(paid["status"] == "succeeded" && paid["repeat_of"] == .null)
        let refused = await ask(router, payout())
        #expect(refused.status == 409 && refused.json["repeat_of"] == .string(id), "\(refused.json.jsonText)")
        for wrong in ["po_01M7Y8G2S83KY03KAYDH4HV29B", "pay_01M7Y8G2S83KY03KAYDH4HV29B", "nonsense"] {
            let answer = await ask(router, payout(["repeat_of": .string(wrong)]))
            #expect(answer.status == 422 && answer.json["code"] == "invalid_repeat", "\(answer.json.jsonText)")
            #expect(answer.json["errors"]?.arrayValue?.first?["pointer"] == "/repeat_of")
        }
        let unnumbered = await ask(router, payout(["repeat_of": .string(id), "reference": .null]))
        #expect(unnumbered.status == 422 && unnumbered.json["errors"]?.arrayValue?.first?["pointer"] == "/reference")
        let elsewhere = await ask(router, payout(["repeat_of": .string(id), "reference": "another"]))
        #expect(elsewhere.status == 422 && elsewhere.json["payment_id"] == nil)
        let key = UUID().uuidString
        let second = await ask(router, payout(["repeat_of": .string(id)]), key: key)
        #expect([201, 202].contains(second.status) && second.json["repeat_of"] == .string(id))
        let replay = await ask(router, payout(["repeat_of": .string(id)]), key: key)
        #expect(replay.json["id"] == second.json["id"] && replay.header("idempotent-replayed") == "true")
        let third = await ask(router, payout(["repeat_of": .string(id)]))
        #expect(third.status == 422 && third.json["payment_id"] == second.json["id"], "\(third.json.jsonText)")
        await router.stop()
    }

    @Test
    func `fifty at once under one order number are one payout`() async throws {
        let router = try await RunningRouter()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { await self.ask(router, self.payout()).status } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses[409] == 49 && (statuses[201] ?? 0) + (statuses[202] ?? 0) == 1, "\(statuses)")
        #expect(try await router.entries().filter { $0.key.kind == "payout" }.values.reduce(0, +) == 1)
        await router.stop()
    }

    @Test
    func `two tabs of one cart are one open payment, and the shop hears where it is`() async throws {
        let router = try await RunningRouter()
        let first = await router.create(qr())
        #expect(first.status == 201)
        for more in [[:], ["customer": ["phone": "+22890112233"]], ["hosted": true, "channel": .null]]
            as [[String: JSONValue]]
        {
            let second = await router.create(qr(more))
            #expect(second.status == 409 && second.json["payment_id"] == first.json["id"], "\(second.json.jsonText)")
            #expect(second.json["hosted_url"] == first.json["hosted_url"] && second.json["hosted_url"] != nil)
        }
        #expect(await router.create(qr(["amount": 10_002])).status == 201, "another amount is another order")
        let id = first.json["id"]?.stringValue ?? ""
        let cancelled = await router.call("POST", "/v1/payments/\(id)/cancel", [:])
        #expect(cancelled.status == 200)
        await router.stop()
    }

    @Test
    func `a publishable key hears of nobody's order, and its own nonce is its own payment`() async throws {
        let router = try await RunningRouter()
        let key = KeyRing.demoPublishableKey
        func open(_ nonce: String) async -> RunningRouter.Answer {
            let fields = [
                "key=\(key)", "amount=10001", "currency=THB", "reference=cart-77", "nonce=\(nonce)", "lang=en",
            ]
            return await router.call(
                "POST", "/checkout", bytes: Array(fields.joined(separator: "&").utf8), key: nil,
                type: "application/x-www-form-urlencoded")
        }
        let first = await open("0123456789abcdef")
        #expect(first.status == 303, "\(first.json.jsonText)")
        let replay = await open("0123456789abcdef")
        #expect(replay.status == 303 && replay.header("location") == first.header("location"))
        let second = await open("fedcba9876543210")
        #expect(second.status == 409 && second.json["code"] == "possible_duplicate")
        #expect(second.json["payment_id"] == nil && second.json["hosted_url"] == nil && second.json["repeat_of"] == nil)
        #expect(!second.json.jsonText.contains("pay_"), "\(second.json.jsonText)")
        await router.stop()
    }
}
