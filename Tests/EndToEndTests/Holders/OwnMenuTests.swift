import CurlTransport
import Foundation
import Router
import Testing
import WebText

@testable import Host

/// Money that payers send from TMoney's own menu, over the sandbox operator's real notification.
@Suite struct OwnMenuTests {
    private static let phone = "22890112233"

    /// Pays the shop from the menu.
    private static func dial(
        _ router: RunningRouter, _ reference: String, amount: String = "1500", phone: String = phone
    ) async throws -> Int {
        let body = FormText.encoded([("phone", phone), ("amount", amount), ("reference", reference)])
        let request = WireRequest(
            .post, try #require(router.host.sandboxURL) + "/tmoney/menu",
            headers: [.init("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
        return try await router.host.transport.ask(request, terms: AskTerms(scope: ConnectionScope(owner: "test")))
            .get()
            .status
    }

    private static func bill(_ router: RunningRouter) async throws -> (id: String, code: String) {
        let made = await router.call(
            "POST", "/v1/bills", ["name": "Invoice 7", "amount": 1_500, "currency": "XOF"],
            idempotencyKey: RunningRouter.fresh())
        try #require(made.status == 201, "\(made.json.jsonText)")
        return (try #require(made.json["id"]?.stringValue), try #require(made.json["code"]?.stringValue))
    }

    private static func paid(_ router: RunningRouter, _ bill: String, seconds: Int64 = 20) async -> JSONValue {
        let end = router.host.time.now.adding(seconds: seconds)
        while true {
            let shown = await router.call("GET", "/v1/bills/\(bill)").json
            if shown["state"] == "paid" || router.host.time.now >= end { return shown }
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 50))
        }
    }

    /// What is unmatched once there are so many.
    private static func left(_ router: RunningRouter, _ count: Int) async throws -> [JSONValue] {
        let end = router.host.time.now.adding(seconds: 10)
        while true {
            let list = await router.admin("GET", "/unmatched").json["data"]?.arrayValue ?? []
            if list.count == count { return list }
            try #require(router.host.time.now < end, "\(list.count) unmatched")
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 50))
        }
    }

    @Test func `a bill's code typed in the menu pays the bill, and a second payer's money waits for people`()
        async throws
    {
        let router = try await RunningRouter()
        let bill = try await Self.bill(router)
        #expect(try await Self.dial(router, bill.code.lowercased()) == 200)
        let paid = await Self.paid(router, bill.id)
        let payment = try #require(paid["payment"]?.stringValue)
        let order = await router.call("GET", "/v1/payments/\(payment)").json
        #expect(order["status"] == "succeeded" && order["bill"] == .string(bill.id) && order["channel"] == "tmoney")
        let reference = order["attempts"]?.arrayValue?.last?["reference"]?.stringValue ?? ""
        #expect(reference.hasPrefix("USSD"))
        #expect(try await router.books()[reference] == 1)
        #expect(try await Self.dial(router, bill.code, phone: "90445566") == 200)
        let left = try await Self.left(router, 1)
        #expect(left[0]["why"] == "bill_taken" && left[0]["typed"] == .string(bill.code))
        #expect(left[0]["payer"] == "+228******66" && left[0]["amount"] == 1_500)
        #expect(await router.metrics.contains(#"payrouter_alarms_total{kind="unopened_payment"} 1"#))
        #expect(!router.logs.text.contains("90445566") && !router.logs.text.contains("22890445566"))
        await router.stop()
    }

    @Test func `two people say what mistyped money is for`() async throws {
        let router = try await RunningRouter()
        let bill = try await Self.bill(router)
        let ama = await router.addPerson("ama"), kofi = await router.addPerson("kofi")
        #expect(try await Self.dial(router, "Invoice seven") == 200)
        let id = try #require(try await Self.left(router, 1)[0]["id"]?.stringValue)
        let wish: JSONValue = ["bill": .string(bill.code), "because": "the payer called"]
        func sign(_ body: JSONValue, _ name: String, _ token: String) async -> RunningRouter.Answer {
            await router.admin(
                "POST", "/unmatched/\(id)/match", body.with("as", .string(name)).with("token", .string(token)))
        }
        let first = await sign(wish, "ama", ama)
        #expect(first.status == 200 && first.json["object"] == "signature")
        #expect(await sign(wish, "ama", ama).json["object"] == "signature", "the same person again is one person")
        #expect(await sign(wish, "kofi", ama).status == 403)
        let other = try await Self.bill(router)
        #expect(await sign(wish.with("bill", .string(other.code)), "kofi", kofi).json["object"] == "signature")
        #expect(
            await router.call("GET", "/v1/bills/\(bill.id)").json["state"] == "open", "they wished different things")
        #expect(await sign(wish, "ama", ama).json["object"] == "signature")
        let done = await sign(wish, "kofi", kofi)
        let payment = try #require(done.json["payment"]?.stringValue, "\(done.json.jsonText)")
        #expect(await Self.paid(router, bill.id)["payment"] == .string(payment))
        #expect(await sign(wish, "kofi", kofi).status == 404)
        #expect(await router.admin("GET", "/unmatched").json["data"] == [])
        await router.stop()
    }

    @Test func `what two people close is listed no more`() async throws {
        let router = try await RunningRouter()
        let ama = await router.addPerson("ama"), kofi = await router.addPerson("kofi")
        #expect(try await Self.dial(router, "nothing of ours") == 200)
        let id = try #require(try await Self.left(router, 1)[0]["id"]?.stringValue)
        func close(_ name: String, _ token: String) async -> RunningRouter.Answer {
            await router.admin(
                "POST", "/unmatched/\(id)/close",
                ["because": "given back at the counter", "as": .string(name), "token": .string(token)])
        }
        #expect(await close("ama", ama).json["object"] == "signature")
        #expect(await close("kofi", kofi).json["people"] == ["ama", "kofi"])
        #expect(await router.admin("GET", "/unmatched").json["data"] == [])
        #expect(await router.admin("GET", "/unmatched/\(id)").status == 404)
        await router.stop()
    }

    @Test func `a line of a statement pays a bill that nobody was notified of`() async throws {
        let router = try await RunningRouter()
        let bill = try await Self.bill(router)
        let ama = await router.addPerson("ama"), kofi = await router.addPerson("kofi")
        func add(
            _ name: String, _ token: String, _ change: (inout JSONObject) -> Void = { _ in }
        ) async
            -> RunningRouter.Answer
        {
            var body = JSONObject()
            for (key, value) in [
                ("provider", "tmoney-tg"), ("operator_reference", "TM777"), ("currency", "XOF"),
                ("payer", "+22890112233"), ("typed", bill.code), ("document", "statement of May, page 2"),
                ("as", name), ("token", token),
            ] { body[key] = .string(value) }
            body["amount"] = 1_500
            change(&body)
            return await router.admin("POST", "/unmatched", .object(body))
        }
        #expect(await add("ama", ama).json["object"] == "signature")
        let done = await add("kofi", kofi)
        #expect(await Self.paid(router, bill.id)["payment"] == done.json["payment"])
        #expect(await add("ama", ama).json["object"] == "signature")
        #expect(await add("kofi", kofi).status == 409, "a line counts once")
        for change: @Sendable (inout JSONObject) -> Void in [
            { $0["provider"] = "nope" }, { $0["currency"] = "EUR" }, { $0["amount"] = 0 }, { $0["typed"] = "" },
            { $0["payer"] = "12" }, { $0["operator_reference"] = " " }, { $0["document"] = nil },
        ] {
            let refused = await add("ama", ama, change)
            #expect((400..<500).contains(refused.status), "\(refused.json.jsonText)")
        }
        await router.stop()
    }

    @Test(
        arguments: [
            [:], ["bill": "ABCD"], ["bill": "A", "payment": "pay_1"], ["payment": "po_01JZZZZZZZZZZZZZZZZZZZZZZZ"],
            ["because": " "],
        ] as [JSONValue])
    func `what people say has to be one thing, with a reason`(_ said: JSONValue) async throws {
        let router = try await RunningRouter()
        let ama = await router.addPerson("ama")
        #expect(try await Self.dial(router, "nothing of ours") == 200)
        let id = try #require(try await Self.left(router, 1)[0]["id"]?.stringValue)
        var body = said.objectValue ?? JSONObject()
        if body["because"] == nil { body["because"] = "why" } else { body["bill"] = "ABCD-EFGH-JKMN" }
        (body["as"], body["token"]) = ("ama", .string(ama))
        let refused = await router.admin("POST", "/unmatched/\(id)/match", .object(body))
        #expect((400..<500).contains(refused.status), "\(refused.json.jsonText)")
        #expect(try await Self.left(router, 1).count == 1)
        await router.stop()
    }
}
