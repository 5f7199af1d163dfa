import Foundation
import Router
import Testing

@testable import Host

/// Refunds, captures, releases, payouts and questions as callers make them.
@Suite("Refunds, captures, payouts and questions", .timeLimit(.minutes(10)))
struct FollowUpCallsTests {
    private static let card: JSONValue = [
        "amount": 5_000, "currency": "USD", "channel": "card", "source": ["token": "tok_visa"],
    ]

    private static func held() -> JSONValue {
        var body = card.objectValue ?? JSONObject()
        body["capture"] = false
        return .object(body)
    }

    private static func fresh() -> String { UUID().uuidString }

    @Test
    func `money that is held is captured, refunded in parts, and never more than was collected`() async throws {
        let router = try await RunningRouter()
        let payment = await router.create(Self.held()).json
        let path = "/v1/payments/" + (payment["id"]?.stringValue ?? "")
        #expect(payment["status"] == "authorized" && payment["amount_collected"] == 0)
        let early = await router.call("POST", path + "/refunds", [:], idempotencyKey: Self.fresh())
        #expect(early.status == 409 && early.json["code"] == "payment_state_conflict")
        let tooMuch = await router.call("POST", path + "/capture", ["amount": 5_001], idempotencyKey: Self.fresh())
        #expect(tooMuch.status == 422 && tooMuch.json["code"] == "amount_too_large")
        let key = Self.fresh()
        let captured = await router.call("POST", path + "/capture", ["amount": 4_000], idempotencyKey: key)
        #expect(captured.status == 200 && captured.json["status"] == "succeeded")
        #expect(captured.json["amount_collected"] == 4_000)
        let replayed = await router.call("POST", path + "/capture", ["amount": 4_000], idempotencyKey: key)
        #expect(replayed.header("idempotent-replayed") == "true")
        let again = await router.call("POST", path + "/capture", [:], idempotencyKey: Self.fresh())
        #expect(again.status == 409)
        let refund = await router.call(
            "POST", path + "/refunds", ["amount": 1_500, "reason": "one item"], idempotencyKey: Self.fresh())
        #expect(refund.status == 201 && refund.json["object"] == "refund" && refund.json["method"] == "refund")
        let refused = await router.call("POST", path + "/refunds", ["amount": 2_501], idempotencyKey: Self.fresh())
        #expect(refused.status == 422 && refused.json["available"] == 2_500)
        let list = await router.call("GET", path + "/refunds")
        #expect(list.json["data"]?.arrayValue?.count == 1)
        let whole = await router.call("GET", path)
        #expect(whole.json["amount_refunded"] == 1_500 && whole.json["amount_refundable"] == 2_500)
        #expect(whole.json["related"]?.arrayValue?.count == 2)
        await router.stop()
    }

    @Test
    func `refunds asked for at the same time never exceed what was collected`() async throws {
        let router = try await RunningRouter()
        let id = await router.create(Self.card).json["id"]?.stringValue ?? ""
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await router.call(
                        "POST", "/v1/payments/\(id)/refunds", ["amount": 900], idempotencyKey: Self.fresh()
                    ).status
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect((statuses[201] ?? 0) + (statuses[202] ?? 0) == 5 && statuses[422] == 15, "\(statuses)")
        let whole = await router.follow(id) { $0["amount_refunded"] == 4_500 }
        #expect(whole["amount_refunded"] == 4_500 && whole["amount_refundable"] == 500)
        #expect(try await router.entries().filter { $0.key.kind == "refund" }.values.reduce(0, +) == 5)
        await router.stop()
    }

    @Test
    func `money that is held is released by a cancel, which may be repeated`() async throws {
        let router = try await RunningRouter()
        let payment = await router.create(Self.held()).json
        let path = "/v1/payments/" + (payment["id"]?.stringValue ?? "")
        for _ in 0..<2 {
            let cancelled = await router.call("POST", path + "/cancel")
            #expect(cancelled.status == 200 && cancelled.json["status"] == "cancelled")
        }
        #expect(try await router.books().isEmpty)
        await router.stop()
    }

    @Test
    func `a wallet without refunds gets its money back as a payout, stated as such`() async throws {
        let router = try await RunningRouter()
        let body: JSONValue = [
            "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
        ]
        let id = await router.create(body).json["id"]?.stringValue ?? ""
        _ = await router.follow(id) { $0["status"] == "succeeded" }
        let refund = await router.call("POST", "/v1/payments/\(id)/refunds", [:], idempotencyKey: Self.fresh()).json
        #expect(refund["method"] == "payout")
        let path = "/v1/refunds/" + (refund["id"]?.stringValue ?? "")
        let ended = await router.follow(path: path, polls: 12) { $0["status"] == "succeeded" }
        #expect(ended["status"] == "succeeded")
        #expect(try await router.entries().keys.map(\.kind).sorted() == ["collect", "payout"])
        await router.stop()
    }

    @Test
    func `a payout says what is wrong with it before anything is sent`() async throws {
        let router = try await RunningRouter()
        let rows: [(JSONValue, String)] = [
            (["amount": 5_000, "currency": "XOF"], "invalid_request"),
            (["amount": 5_000, "currency": "XOF", "channel": "tmoney", "party": [:]], "no_eligible_provider"),
            (
                ["amount": 5_000, "currency": "XOF", "channel": "carrier-pigeon", "party": ["phone": "+22890000001"]],
                "unknown_channel"
            ),
            (
                ["amount": 5_000, "currency": "XOF", "channel": "tmoney", "party": ["phone": "+21620000000"]],
                "no_eligible_provider"
            ),
        ]
        for (body, code) in rows {
            let answer = await router.call("POST", "/v1/payouts", body, idempotencyKey: Self.fresh())
            #expect(answer.json["code"]?.stringValue == code, "\(body.jsonText): \(answer.json.jsonText)")
        }
        #expect(try await router.books().isEmpty)
        await router.stop()
    }

    @Test
    func `the command line lists and shows every kind of order`() async throws {
        let router = try await RunningRouter()
        let payment = await router.create(Self.card).json
        let id = payment["id"]?.stringValue ?? ""
        let refund = await router.call(
            "POST", "/v1/payments/\(id)/refunds", ["amount": 1_500], idempotencyKey: Self.fresh()
        ).json
        let payout = await router.call(
            "POST", "/v1/payouts",
            ["amount": 5_000, "currency": "XOF", "channel": "tmoney", "party": ["phone": "+22890000001"]],
            idempotencyKey: Self.fresh()
        ).json
        for (collection, order) in [("payments", payment), ("payouts", payout), ("refunds", refund)] {
            let list = await router.control("/\(collection)")
            #expect(list["data"]?.arrayValue?.map { $0["id"] } == [order["id"]], "\(collection)")
            let shown = OrderText.whole(await router.control("/orders/\(order["id"]?.stringValue ?? "")"))
            #expect(shown.contains(order["id"]?.stringValue ?? "?") && shown.contains("timeline"), "\(shown)")
        }
        let shown = OrderText.whole(await router.control("/orders/\(id)"))
        #expect(shown.contains("refund        \(refund["id"]?.stringValue ?? "")  15.00 USD  succeeded"), "\(shown)")
        #expect(await router.control("/orders/pay_1")["status"] == 404)
        await router.stop()
    }

    @Test
    func `operators tell balances and whether a number is a customer`() async throws {
        let router = try await RunningRouter()
        let balances = await router.call("GET", "/v1/balances").json["data"]?.arrayValue ?? []
        #expect(balances.contains { $0["provider"] == "mtn-cm" && $0["available"]?.integerValue != nil })
        let known = await router.call("GET", "/v1/parties/+237670000001?channel=mtn-momo")
        #expect(known.status == 200 && known.json["data"]?.arrayValue?.first?["is_customer"] == true)
        let silent = await router.call("GET", "/v1/parties/+22890000001?channel=tmoney")
        #expect(silent.status == 422 && silent.json["code"] == "not_supported")
        await router.stop()
    }
}
