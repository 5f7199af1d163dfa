import Foundation
import Router
import Testing

@testable import Host

/// More wallets than the first one, billers, and what a lost phone or a stolen token leads to.
@Suite("Holders' further wallets", .timeLimit(.minutes(10))) struct HolderWalletTests {
    @Test func `a wallet that an app opened is taken over by whoever confirmed its number, and by nobody else`()
        async throws
    {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150001")
        let eve = try await router.holder("eve", phone: "+22890150002")
        func opened(_ owner: String, _ phone: String?) async throws -> String {
            var body: JSONValue = ["owner": .string(owner), "currency": "XOF"]
            if let phone { body = body.with("phone", .string(phone)) }
            let made = await router.call("POST", "/v1/wallets", body, idempotencyKey: RunningRouter.fresh())
            return try #require(made.json["id"]?.stringValue, "\(made.json.jsonText)")
        }
        let hers = try await opened("holder", ama.phone)
        func link(_ holder: TestHolder, _ wallet: String) async -> RunningRouter.Answer {
            await holder.call("POST", "/v1/wallet/wallets/link", ["wallet": .string(wallet)])
        }
        for (holder, wallet) in [
            (eve, hers), (ama, try await opened("app", nil)), (ama, try await opened("holder", nil)),
            (ama, try await opened("holder", "+22890150003")), (eve, ama.wallet), (ama, "wal_x"), (ama, ""),
        ] {
            let refused = await link(holder, wallet)
            #expect(refused.status == 422 && refused.json["code"] == "wallet_unusable", "\(refused.json.jsonText)")
            #expect(refused.json["errors"]?.arrayValue?.first?["pointer"] == "/wallet")
        }
        #expect(await link(ama, hers).status == 200)
        #expect(await link(ama, hers).status == 200)
        #expect(await link(eve, hers).status == 422)
        // What an app pays in, only its holder takes out.
        let paid = await router.create([
            "amount": 3_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
            "destination": ["wallet": .string(hers)],
        ])
        _ = await router.follow(paid.json["id"]?.stringValue ?? "") { $0["status"] == "succeeded" }
        let byApp = await router.call(
            "POST", "/v1/transfers",
            [
                "amount": 100, "currency": "XOF", "from": ["wallet": .string(hers)],
                "to": ["wallet": .string(eve.wallet)],
            ],
            idempotencyKey: RunningRouter.fresh())
        #expect(byApp.status != 201, "\(byApp.json.jsonText)")
        let sent = try await ama.perform(
            "transfer", "transfers",
            ["to": ["user": "eve"], "amount": 1_000, "currency": "XOF", "wallet": .string(hers)])
        #expect(sent.status == 201 && sent.json["status"] == "succeeded", "\(sent.json.jsonText)")
        #expect(await eve.available() == 1_000)
        await router.stop()
    }

    @Test func `more wallets are opened once for each key, business ones for confirmed holders`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150004")
        let key = RunningRouter.fresh()
        let first = await ama.call("POST", "/v1/wallet/wallets", ["name": "Savings"], key: key)
        let again = await ama.call("POST", "/v1/wallet/wallets", ["name": "Savings"], key: key)
        #expect(first.status == 201 && first.json["id"] == again.json["id"], "\(first.json.jsonText)")
        #expect(
            await ama.call("POST", "/v1/wallet/wallets", ["name": "Other"], key: key).json["code"]
                == "idempotency_key_reused")
        let business = await ama.call("POST", "/v1/wallet/wallets", ["purpose": "business"])
        #expect(business.status == 403 && business.json["code"] == "contact_unconfirmed")
        for body: JSONValue in [
            ["currency": "THB"], ["currency": "X"], ["purpose": "secret"], ["name": ""], ["owner": "app"],
        ] {
            let refused = await ama.call("POST", "/v1/wallet/wallets", body)
            #expect((400..<500).contains(refused.status), "\(body.jsonText): \(refused.json.jsonText)")
        }
        #expect(await ama.call("GET", "/v1/wallet").json["wallets"]?.arrayValue?.count == 2)
        await router.stop()
    }

    @Test func `a biller is paid with a code for exactly that, and its token is the holder's`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150005", funds: 20_000)
        let eve = try await router.holder("eve", phone: "+22890150006")
        #expect(await ama.call("GET", "/v1/wallet/billers").json["data"]?.arrayValue?.first?["id"] == "electricity-tg")
        let owed = await ama.call(
            "POST", "/v1/wallet/billers/electricity-tg/look_up", ["account": "37000000001"])
        #expect(owed.json["result"] == "bill", "\(owed.json.jsonText)")
        let body: JSONValue = [
            "biller": "electricity-tg", "account": "37000000001", "amount": 5_000, "currency": "XOF",
        ]
        let agreed = try await ama.agreed("bill_payment", body)
        for (name, value) in [("amount", 6_000), ("account", "37000000002")] as [(String, JSONValue)] {
            let other = await ama.call("POST", "/v1/wallet/bill_payments", agreed.with(name, value))
            #expect(other.status == 422 && other.json["reason"] == "other_subject", "\(other.json.jsonText)")
        }
        let paid = await ama.call("POST", "/v1/wallet/bill_payments", agreed)
        #expect(paid.status == 201 && paid.json["status"] == "succeeded", "\(paid.json.jsonText)")
        #expect(paid.json["goods"]?["value"]?.stringValue?.count == 20)
        let order = "/v1/wallet/orders/\(paid.json["id"]?.stringValue ?? "")"
        #expect(await ama.call("GET", order).json["goods"] == paid.json["goods"])
        #expect(await eve.call("GET", order).status == 404)
        #expect(await ama.available() == 15_000)
        // The biller's name, and not the number of whoever paid.
        let line = try #require(await ama.call("GET", "/v1/wallet/history").json["data"]?.arrayValue?.first)
        #expect(line["category"] == "bill" && line["amount"] == -5_000, "\(line.jsonText)")
        #expect(line["counterparty"] == "Electricity", "\(line.jsonText)")
        let browser = TestBrowser(router)
        _ = await browser.signIn("ama")
        let page = await browser.get("/wallet/history").text
        #expect(page.contains("Bill · \u{2068}Electricity\u{2069}"), "\(page)")
        #expect(!page.contains(ama.phone.suffix(2) + "\u{2069}"), "\(page)")
        for wrong: JSONValue in [
            body.with("biller", "water"), body.with("account", "12"), body.with("amount", nil),
            body.with("bill", "ABCD-EFGH-JKMN"),
            body.with("currency", "EUR"), body.with("amount", 0), [:],
        ] {
            let refused = await ama.ask("bill_payment", wrong)
            #expect((400..<500).contains(refused.status), "\(wrong.jsonText): \(refused.json.jsonText)")
        }
        await router.stop()
    }

    @Test func `nobody goes through numbers, in whichever call they are named`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        let ama = try await router.holder("ama", phone: "+22890150007")
        var statuses: [Int] = []
        for number in 0..<40 {
            let phone = "+228901600" + String(10 + number)
            statuses.append(
                await ama.ask("transfer", ["to": ["phone": .string(phone)], "amount": 1, "currency": "XOF"]).status)
        }
        #expect(statuses.first == 422 && statuses.last == 429, "\(statuses)")
        let asked = await ama.call("GET", "/v1/wallet/recipients?phone=%2B22890160099")
        #expect(asked.status == 429)
        // One that was named already is no news.
        let known = await ama.call("GET", "/v1/wallet/recipients?phone=%2B22890160010")
        #expect(known.status == 422 && known.json["code"] == "unknown_recipient", "\(known.json.jsonText)")
        await router.stop()
    }

    @Test func `another e-mail address needs the password`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150008")
        let body: JSONValue = ["email": "ama@example.com"]
        let without = await ama.call("PATCH", "/v1/wallet", body)
        #expect(without.status == 400 && without.json["errors"]?.arrayValue?.first?["pointer"] == "/password")
        let wrong = await ama.call("PATCH", "/v1/wallet", body.with("password", "wrong-password-1"))
        #expect(wrong.status == 401 && wrong.json["code"] == "wrong_credentials", "\(wrong.json.jsonText)")
        let right = await ama.call("PATCH", "/v1/wallet", body.with("password", .string(TestHolder.password)))
        #expect(right.status == 200 && right.json["email"]?["is_confirmed"] == false, "\(right.json.jsonText)")
        #expect(await ama.call("PATCH", "/v1/wallet", body.with("name", "Ama K")).status == 200)
        await router.stop()
    }

    @Test func `two people replace a lost phone, and a disabled holder is let in no more`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150009")
        let (ann, bob) = (await router.addPerson("ann"), await router.addPerson("bob"))
        func sign(_ phone: String, _ name: String, _ token: String) async -> RunningRouter.Answer {
            await router.admin(
                "POST", "/holders/ama/phone", ["phone": .string(phone), "as": .string(name), "token": .string(token)])
        }
        let new = "+22890150010"
        #expect(await sign(new, "ann", bob).status == 403)
        #expect(await sign("12", "ann", ann).status == 422)
        for (phone, name, token) in [(new, "ann", ann), (new, "ann", ann), ("+22890150011", "bob", bob)] {
            #expect(await sign(phone, name, token).json["replaced"] == false)
        }
        #expect(try await router.account("ama").confirmedPhone?.e164 == ama.phone)
        #expect(await sign(new, "ann", ann).json["replaced"] == false)
        #expect(await sign(new, "bob", bob).json["replaced"] == true)
        let account = try await router.account("ama")
        #expect(account.phone?.value.e164 == new && account.confirmedPhone == nil)
        #expect(await ama.call("GET", "/v1/wallet").status == 401)
        #expect(await router.logIn("ama").status == 200)
        #expect(await router.admin("POST", "/holders/ama/disable").json["state"] == "disabled")
        #expect(await router.logIn("ama").status == 401)
        #expect(await router.admin("POST", "/holders/ama/enable").json["state"] == "active")
        #expect(await router.logIn("ama").status == 200)
        let list = await router.admin("GET", "/holders").json["data"]?.arrayValue
        #expect(list?.count == 1 && !(list?.first?.jsonText.contains("9015") ?? true), "\(list?.first?.jsonText ?? "")")
        #expect(await router.admin("GET", "/holders/nobody").status == 404)
        #expect(await router.admin("GET", "/bills").json["data"]?.arrayValue?.isEmpty == true)
        await router.stop()
    }
}
