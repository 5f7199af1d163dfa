import Foundation
import Router
import Testing

@testable import Host

/// Bills through the sandbox's practice biller: looked up, paid out of a wallet, and what comes for the money.
@Suite("Billers", .timeLimit(.minutes(10))) struct BillerTests {
    private static let lookUp = "/v1/billers/electricity-tg/look_up"

    private static func pay(
        _ router: RunningRouter, _ meter: String, from wallet: String? = nil, key: String = RunningRouter.fresh(),
        headers: [(name: String, value: String)] = []
    ) async -> RunningRouter.Answer {
        var body = JSONObject([
            .init("amount", 5_000), .init("currency", "XOF"), .init("channel", "electricity"),
            .init("party", ["bill_account": .string(meter)]),
        ])
        if let wallet { body["source"] = ["wallet": .string(wallet)] }
        return await router.call("POST", "/v1/payouts", .object(body), idempotencyKey: key, headers: headers)
    }

    private static func end(_ router: RunningRouter, _ bill: JSONValue) async -> JSONValue {
        await router.follow(path: "/v1/payouts/\(bill["id"]?.stringValue ?? "")", polls: 30) { $0["goods"] != nil }
    }

    private static func isToken(_ goods: JSONValue?) -> Bool {
        guard goods?["kind"] == "token", let value = goods?["value"]?.stringValue else { return false }
        return value.utf8.count == 20 && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    @Test
    func `a bill is looked up, paid out of a wallet, its answer lost, and its token shown once it is paid`()
        async throws
    {
        let router = try await RunningRouter()
        let wallet = try await router.wallet(12_000)
        let billers = await router.call("GET", "/v1/billers").json["data"]?.arrayValue ?? []
        #expect(billers.count == 1 && billers.first?["id"] == "electricity-tg")
        #expect(billers.first?["account"] == ["name": "meter number", "pattern": "^[0-9]{11}$"])
        let found = await router.call("POST", Self.lookUp, ["account": "37000000013"])
        #expect(found.status == 200 && found.json["result"] == "bill", "\(found.json.jsonText)")
        #expect(found.json["account"] == "********013" && found.json["name"]?.stringValue?.contains("*") == true)
        #expect(found.json["amount"] == .null && found.json["minimum"] == 100 && found.json["currency"] == "XOF")

        let key = RunningRouter.fresh()
        let sent = await Self.pay(
            router, "37000000013", from: wallet, key: key, headers: [("prefer", "respond-async")])
        #expect(sent.status < 300 && sent.json["goods"] == nil, "\(sent.json.jsonText)")
        #expect(await router.balance(wallet) == (12_000, 5_000, 7_000))
        let paid = await Self.end(router, sent.json)
        #expect(paid["status"] == "succeeded" && paid["certainty"] == "confirmed", "\(paid.jsonText)")
        #expect(Self.isToken(paid["goods"]), "\(paid.jsonText)")
        #expect(paid["party"]?["bill_account"] == "********013")
        #expect(await router.balance(wallet) == (7_000, 0, 7_000))
        let reference = paid["attempts"]?.arrayValue?.first?["reference"]?.stringValue ?? ""
        #expect(try await router.books()[reference] == 1)

        let token = try #require(paid["goods"]?["value"]?.stringValue)
        // The key's own answer has it as well, and nobody else's.
        #expect(await Self.pay(router, "37000000013", from: wallet, key: key).json["goods"] == paid["goods"])
        let id = paid["id"]?.stringValue ?? ""
        for path in ["/v1/payouts", "/v1/events", "/v1/ledger/postings?order=\(id)", "/v1/wallets/\(wallet)/history"] {
            let answer = await router.call("GET", path)
            #expect(answer.status == 200 && !answer.json.jsonText.contains(token), "\(path)")
            #expect(!answer.json.jsonText.contains("37000000013"), "\(path)")
        }
        let admin = await router.admin("GET", "/orders/\(id)")
        #expect(admin.status == 200 && !admin.json.jsonText.contains(token))
        #expect(await router.call("GET", "/v1/payouts/\(id)").json["goods"] == paid["goods"], "and after people looked")
        #expect(!router.logs.text.contains(token) && !router.logs.text.contains("37000000013"))
        await router.stop()
    }

    @Test
    func `a token comes at once, later, or with what was asked about, and survives a restart`() async throws {
        let router = try await RunningRouter()
        let atOnce = await Self.pay(router, "37000000001").json
        #expect(atOnce["status"] == "succeeded" && Self.isToken(atOnce["goods"]), "\(atOnce.jsonText)")
        for meter in ["37000000002", "37000000012", "37000000006"] {
            let paid = await Self.end(router, await Self.pay(router, meter).json)
            #expect(paid["status"] == "succeeded" && Self.isToken(paid["goods"]), "\(meter): \(paid.jsonText)")
        }
        let id = atOnce["id"]?.stringValue ?? ""
        await router.stop()
        try SealedFiles.expect(router.folder, [atOnce["goods"]?["value"]?.stringValue ?? "?", "37000000001"])
        let next = try await RunningRouter(folder: router.folder)
        #expect(await next.call("GET", "/v1/payouts/\(id)").json["goods"] == atOnce["goods"])
        await next.stop()
    }

    @Test
    func `a meter that is unknown or blocked costs nothing`() async throws {
        let router = try await RunningRouter()
        let wallet = try await router.wallet(6_000)
        for meter in ["37000000003", "37000000004"] {
            let sent = await Self.pay(router, meter, from: wallet).json
            let ended = await router.follow(path: "/v1/payouts/\(sent["id"]?.stringValue ?? "")", polls: 12) {
                $0["status"] == "failed"
            }
            #expect(ended["failure"]?["code"] == "account_unavailable" && ended["goods"] == nil, "\(ended.jsonText)")
        }
        #expect(await router.balance(wallet) == (6_000, 0, 6_000))
        await router.stop()
    }

    @Test
    func `wrong input is refused where it is wrong, and asks nobody`() async throws {
        let router = try await RunningRouter()
        func look(_ body: JSONValue, _ path: String = Self.lookUp) async -> (Int, JSONValue) {
            let answer = await router.call("POST", path, body)
            return (answer.status, answer.json)
        }
        let (unknown, result) = await look(["account": "37000000003"])
        #expect(unknown == 200 && result["result"] == "unknown_account" && result["name"] == .null)
        #expect(await look(["account": "37000000031"]).1["amount"] == 4_500)
        for (body, pointer) in [
            (["account": "3700000000"], "/account"), (["account": "3700000000x"], "/account"), ([:], "/account"),
            (["account": 37], "/account"), (["account": "37000000001", "more": 1], "/more"),
        ] as [(JSONValue, String)] {
            let (status, problem) = await look(body)
            #expect(status == 400 && problem["errors"]?.arrayValue?.first?["pointer"]?.stringValue == pointer)
        }
        let (status, problem) = await look(["account": "37000000001", "channel": "water"])
        #expect(status == 422 && problem["code"] == "unknown_channel")
        for path in ["/v1/billers/tmoney-tg/look_up", "/v1/billers/nobody/look_up"] {
            #expect(await look(["account": "37000000001"], path).0 == 404)
        }
        let publishable = await router.call("POST", Self.lookUp, ["account": "37000000001"], key: "pk_sandbox_demo")
        #expect([401, 403].contains(publishable.status))
        let none = await router.call(
            "POST", "/v1/payouts",
            ["amount": 5_000, "currency": "XOF", "channel": "electricity", "party": ["phone": "+22890000001"]],
            idempotencyKey: RunningRouter.fresh())
        #expect(none.json["errors"]?.arrayValue?.first?["pointer"] == "/party/bill_account", "\(none.json.jsonText)")
        let elsewhere = await router.call(
            "POST", "/v1/payouts",
            [
                "amount": 5_000, "currency": "XOF", "channel": "tmoney",
                "party": ["phone": "+22890000001", "bill_account": "37000000001"],
            ], idempotencyKey: RunningRouter.fresh())
        #expect(elsewhere.status == 422 && elsewhere.json["code"] == "no_eligible_provider")
        #expect(await Self.pay(router, "37").json["code"] == "no_eligible_provider")
        #expect(try await router.entries().isEmpty)
        // Nobody pays with electricity.
        let channels = await router.call("GET", "/v1/channels").json.jsonText
        #expect(!channels.contains("electricity"))
        await router.stop()
    }
}
