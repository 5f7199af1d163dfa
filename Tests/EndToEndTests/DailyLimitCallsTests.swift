import Foundation
import Router
import Testing

@testable import Host

/// Daily limits through a real router: what callers hear, and what is on file.
@Suite("Daily limits", .timeLimit(.minutes(5)))
struct DailyLimitCallsTests {
    private static let paying = "+22890000001"

    private static func router(_ limits: String, folder: String? = nil) async throws -> RunningRouter {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let shipped = try String(contentsOfFile: root + "/providers.json", encoding: .utf8)
        let changed = shipped.replacing(
            #""transfers": {"#, with: #""daily_limits": \#(limits), "transfers": {"#, maxReplacements: 1)
        #expect(changed != shipped)
        return try await RunningRouter(configuration: changed, folder: folder)
    }

    private static func payment(_ amount: Int64, phone: String = paying) -> JSONValue {
        ["amount": JSONValue(amount), "currency": "XOF", "channel": "tmoney", "customer": ["phone": .string(phone)]]
    }

    @Test
    func `beyond a number's limit nothing is stored, and nothing is told but that`() async throws {
        let router = try await Self.router(#"{ "per_number": { "XOF": { "payment": { "amount": 3000 } } } }"#)
        let key = RunningRouter.fresh()
        let first = await router.call("POST", "/v1/payments", Self.payment(2_000), idempotencyKey: key)
        #expect(first.status < 300, "\(first.json.jsonText)")
        let refused = await router.create(Self.payment(1_001))
        #expect(refused.status == 422)
        #expect(refused.header("content-type") == "application/problem+json")
        var members = try #require(refused.json.objectValue)
        #expect(members["request_id"]?.stringValue?.hasPrefix("req_") == true)
        members["request_id"] = nil
        let url = router.host.engine.settings.publicURL
        #expect(
            JSONValue.object(members) == [
                "type": .string("\(url)/problems/daily_limit_reached"),
                "title": "A daily limit is reached", "status": 422,
                "detail": "the phone number has used up what it may do in a day: the amount of its payments",
                "code": "daily_limit_reached", "retryable": false, "outcome": "not_executed",
                "errors": [
                    [
                        "pointer": "/customer/phone", "code": "daily_limit_reached",
                        "detail": "has reached its daily limit; name another number, or wait",
                    ]
                ],
                "daily_limit": ["per": "number", "operation": "payment", "measure": "amount"],
            ], "\(refused.json.jsonText)")
        let again = await router.call("POST", "/v1/payments", Self.payment(2_000), idempotencyKey: key)
        #expect(again.json["id"] == first.json["id"], "a repetition counts nothing")
        let list = await router.call("GET", "/v1/payments").json["data"]?.arrayValue ?? []
        #expect(list.count == 1, "nothing is stored of what was refused")
        #expect(await router.create(Self.payment(1_000)).status < 300)
        #expect(await router.create(Self.payment(3_000, phone: "+22890000002")).status < 300)
        #expect(!router.logs.text.contains("90000001\""), "no number is logged")
        await router.stop()
    }

    @Test
    func `of its own limit an app hears what is left and when more will be`() async throws {
        let router = try await Self.router(
            #"""
            { "per_app": { "XOF": { "payment": { "amount": 5000 }, "payout": { "count": 1 }, "transfer": { "count": 1 } } } }
            """#)
        let paid = await router.create(Self.payment(4_000))
        #expect(paid.status < 300)
        let refused = await router.create(Self.payment(1_001))
        #expect(refused.status == 422 && refused.json["code"] == "daily_limit_reached")
        let limit = refused.json["daily_limit"]
        #expect(limit?["per"] == "app" && limit?["measure"] == "amount" && limit?["left"] == 1_000)
        #expect(
            refused.json["errors"] == [
                ["pointer": "/amount", "code": "daily_limit_reached", "detail": "must be at most 1000 at present"]
            ])
        let made = try #require(paid.json["id"]?.stringValue.flatMap { OrderID($0) })
        let end = try #require(try await router.host.store.orderAggregate(made)).order.createdAt.adding(seconds: 86_400)
        #expect(limit?["next_end"] == .string("\(end)"))
        try await othersKinds(router)
        await router.stop()
    }

    private func othersKinds(_ router: RunningRouter) async throws {
        let out: JSONValue = [
            "amount": 100, "currency": "XOF", "channel": "tmoney", "party": ["phone": .string(Self.paying)],
        ]
        let first = await router.call("POST", "/v1/payouts", out, idempotencyKey: RunningRouter.fresh())
        #expect(first.status < 300, "\(first.json.jsonText)")
        let second = await router.call("POST", "/v1/payouts", out, idempotencyKey: RunningRouter.fresh())
        #expect(second.json["daily_limit"]?["operation"] == "payout" && second.json["daily_limit"]?["left"] == 0)
        let between: JSONValue = [
            "from": ["channel": "tmoney", "phone": .string(Self.paying)],
            "to": ["channel": "flooz", "phone": "+22898000001"], "amount": 500, "currency": "XOF",
        ]
        #expect(await router.transfer(between).status < 300, "its legs count nothing")
        let beyond = await router.transfer(between)
        #expect(beyond.status == 422 && beyond.json["daily_limit"]?["operation"] == "transfer")
        let quote = await router.call("POST", "/v1/quotes", between)
        #expect(quote.status == 200, "a quote does not look at daily limits: \(quote.json.jsonText)")
    }

    @Test
    func `what was counted is on file: it counts after a restart, and its books are right`() async throws {
        let limits = #"{ "per_number": { "XOF": { "payment": { "count": 1 } } } }"#
        let router = try await Self.router(limits)
        #expect(await router.create(Self.payment(1_000)).status < 300)
        await router.stop()
        let next = try await Self.router(limits, folder: router.folder)
        #expect(await next.create(Self.payment(1_000)).json["code"] == "daily_limit_reached")
        let accounts = try await next.host.store.balances(AccountQuery(kind: .limit)).map(\.account.name)
        #expect(accounts.count == 1 && !accounts.contains { $0.contains("90000001") }, "\(accounts)")
        #expect(try await next.host.store.verifyLedger { _ in }.findings == [])
        await next.stop()
        let free = try await Self.router("{}", folder: router.folder)
        #expect(await free.create(Self.payment(1_000)).status < 300, "what is not configured any more refuses nothing")
        #expect(try await free.host.store.verifyLedger { _ in }.findings == [])
        await free.stop()
    }
}
