import Router
import Testing

@testable import Host

/// What an app collects from wallets is in its linked business wallet, as everybody sees it.
@Suite("Money in a linked business wallet") struct LinkedWalletMoneyTests {
    private func key(in page: String) throws -> String {
        String(try #require(page.firstMatch(of: /sk_sandbox_[0-9A-Za-z_]+/)).0)
    }

    @Test func `a holder pays the shop: it is in the wallet, and a refund comes out of it while the link lasts`()
        async throws
    {
        let router = try await RunningRouter()
        await router.addUser("dev", [.developer])
        let browser = await router.consoleBrowser("dev")
        let made = await browser.submit(
            "/console/apps", await browser.get("/console/apps/new").fields(1),
            typing: ["name": "Kente House", "about": "", "phone": ""])
        let key = try key(in: made.text)
        let app = String(try #require(made.text.firstMatch(of: /(app_[0-9A-Z]{26})/)).1)
        let owner = try await router.holder("adjo", phone: "+22890141001")
        let ama = try await router.holder("ama", phone: "+22890141002", funds: 5_000)
        let wallet = try await owner.letLink(app, by: browser)
        func balance() async throws -> Int64? {
            try await router.host.store.wallet(#require(WalletID(wallet)))?.balance.posted
        }

        let body: JSONValue = ["amount": 1_500, "currency": "XOF", "channel": "wallet"]
        let waiting = await router.call("POST", "/v1/payments", body, key: key, idempotencyKey: RunningRouter.fresh())
        #expect(waiting.json["destination"] == nil, "nobody has paid it yet")
        let id = try #require(waiting.json["id"]?.stringValue, "\(waiting.json.jsonText)")
        let page = try #require(waiting.json["hosted_url"]?.stringValue)
        let token = try #require(page.split(separator: "?t=").last.map { String($0) })
        let wish: JSONValue = ["payment": .string(id), "token": .string(token)]
        let paid = try await ama.perform("payment", "payments", wish)
        #expect(paid.status == 201 && paid.json["status"] == "succeeded", "\(paid.json.jsonText)")
        #expect(!paid.json.jsonText.contains(wallet), "the payer is not told whose wallet it is")
        #expect(try await balance() == 1_500)
        let seen = await router.call("GET", "/v1/payments/\(id)", key: key).json
        #expect(seen["destination"]?["wallet"]?.stringValue == wallet, "\(seen.jsonText)")
        let line = await owner.call("GET", "/v1/wallet/history?wallet=\(wallet)").json["data"]?.arrayValue?.first
        #expect(line?["amount"] == 1_500 && line?["category"] == "payment", "\(line?.jsonText ?? "")")
        let theirs = await ama.call("GET", "/v1/wallet/history").json["data"]?.arrayValue?.first
        #expect(theirs?["counterparty"] == "Kente House", "\(theirs?.jsonText ?? "")")

        let charged = await router.call(
            "POST", "/v1/payments",
            ["amount": 700, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"]], key: key,
            idempotencyKey: RunningRouter.fresh())
        let other = charged.json["id"]?.stringValue ?? ""
        var ended: JSONValue = .null
        for _ in 0..<20 where ended["status"] != "succeeded" {
            ended = await router.call("GET", "/v1/payments/\(other)?wait=1", key: key).json
        }
        #expect(ended["status"] == "succeeded" && ended["destination"] == nil, "\(ended.jsonText)")
        let shown = await browser.get("/console/apps/\(app)").text
        #expect(shown.contains(wallet) && shown.contains("Owed to the app") && shown.contains("700"))

        func refund(_ amount: Int, _ name: String = RunningRouter.fresh()) async -> RunningRouter.Answer {
            await router.call(
                "POST", "/v1/payments/\(id)/refunds", ["amount": .number(String(amount))], key: key,
                idempotencyKey: name)
        }
        let back = await refund(500, "refund-of-the-shop-1")
        #expect(back.status == 201 && back.json["status"] == "succeeded", "\(back.json.jsonText)")
        #expect(try await balance() == 1_000)
        #expect(await ama.available() == 4_000)
        let found = await router.call("GET", "/v1/refunds?idempotency_key=refund-of-the-shop-1", key: key).json
        #expect(found["data"]?.arrayValue?.map { $0["id"] } == [back.json["id"]], "its caller finds it by its key")
        let path = "/console/apps/\(app)/wallet/unlink"
        #expect(await browser.submit(path, [("form", browser.consoleToken(router))]).status == 303)
        let refused = await refund(100)
        #expect(refused.status == 403 && refused.json["code"] == "holder_required", "\(refused.json.jsonText)")
        #expect(try await balance() == 1_000)
        let unlinked = try await router.host.store.audit(AuditQuery(limit: 1)).first?.entry
        #expect(unlinked?.action == .walletUnlinked && unlinked?.before?["wallet"]?.stringValue == wallet)
        await router.stop()
    }

    /// What was held is captured for a wallet that was closed meanwhile.
    @Test func `a payer reads the shop's name, also where its wallet is closed`() async throws {
        let router = try await RunningRouter()
        await router.addUser("dev", [.developer])
        let browser = await router.consoleBrowser("dev")
        let made = await browser.submit(
            "/console/apps", await browser.get("/console/apps/new").fields(1),
            typing: ["name": "Kente House", "about": "", "phone": ""])
        let (key, app) = (
            try key(in: made.text), String(try #require(made.text.firstMatch(of: /(app_[0-9A-Z]{26})/)).1)
        )
        let owner = try await router.holder("adjo", phone: "+22890141003")
        let ama = try await router.holder("ama", phone: "+22890141004", funds: 5_000)
        let wallet = try await owner.letLink(app, by: browser)
        let waiting = await router.call(
            "POST", "/v1/payments", ["amount": 900, "currency": "XOF", "channel": "wallet", "capture": false], key: key,
            idempotencyKey: RunningRouter.fresh())
        let id = try #require(waiting.json["id"]?.stringValue, "\(waiting.json.jsonText)")
        let token = waiting.json["hosted_url"]?.stringValue?.split(separator: "?t=").last.map(String.init) ?? ""
        let held = try await ama.perform("payment", "payments", ["payment": .string(id), "token": .string(token)])
        #expect(held.json["status"] == "authorized", "\(held.json.jsonText)")
        _ = try await router.host.store.change(#require(WalletID(wallet)), .close)
        let captured = await router.call(
            "POST", "/v1/payments/\(id)/capture", [:], key: key, idempotencyKey: RunningRouter.fresh())
        #expect(captured.status == 200, "\(captured.json.jsonText)")
        let line = await ama.call("GET", "/v1/wallet/history").json["data"]?.arrayValue?.first
        #expect(line?["counterparty"] == "Kente House", "\(line?.jsonText ?? "")")
        await router.stop()
    }
}
