import Router
import Testing

@testable import Host

/// What people do in a browser.
@Suite("Holders' pages", .timeLimit(.minutes(10))) struct HolderPageTests {
    @Test func `phones come before cards where a wallet is filled`() async throws {
        let router = try await RunningRouter()
        let names = try #require(router.host.people.holders?.channels(for: .xof, paying: true).map(\.text))
        let phones = names.prefix { ["flooz", "tmoney"].contains($0) }
        #expect(phones.count == 2 && names.contains { $0.hasPrefix("card") }, "\(names)")
        await router.stop()
    }

    @Test func `a session begins with the password, and is a cookie for these pages alone`() async throws {
        let router = try await RunningRouter()
        _ = try await router.holder("ama", phone: "+22890150001")
        let browser = TestBrowser(router)
        let away = await browser.get("/wallet/history?after=5")
        #expect(away.status == 303 && away.location.hasPrefix("/wallet/signin?next="))
        let asked = await browser.get(away.location)
        #expect(asked.status == 200 && asked.text.contains("<h1>Sign in</h1>"))
        let wrong = await browser.submit(
            "/wallet/signin", asked.fields(), typing: ["username": "ama", "password": "no"])
        #expect(wrong.status == 401 && wrong.text.contains(HolderTexts.english["errorCredentials"]))
        let signedIn = await browser.signIn("ama", next: "%2F%2Fevil.example")
        #expect(signedIn.status == 303 && signedIn.location == "/wallet", "leads nowhere else")
        let cookie = try #require(signedIn.header("set-cookie"))
        #expect(cookie.contains("; Path=/wallet; ") && cookie.contains("; HttpOnly; SameSite=Lax"))
        let home = await browser.get("/wallet")
        #expect(home.status == 200 && home.text.contains("Ama Kossi") && home.text.contains("/v1/wallets/wal_"))
        #expect(home.header("x-frame-options") == "DENY" && home.header("cache-control") == "no-store")
        #expect(home.header("content-security-policy")?.contains("frame-ancestors 'none'") == true)
        #expect(!home.text.contains("<script"))
        for path in [
            "/wallet/send", "/wallet/topup", "/wallet/cashout", "/wallet/bills", "/wallet/bills/new", "/wallet/history",
            "/wallet/settings", "/wallet/phone",
        ] {
            for language in ["en", "fr", "th", "id", "ar"] {
                let page = await browser.get("\(path)?lang=\(language)")
                #expect(page.status == 200 && page.text.contains("<html lang=\"\(language)\""), "\(path)")
            }
        }
        let settings = await browser.get("/wallet/settings?lang=en")
        let out = await browser.submit("/wallet/signout", settings.fields(3))
        #expect(out.status == 303 && out.location == "/wallet/signin")
        #expect(await browser.get("/wallet").status == 303)
        await router.stop()
    }

    @Test func `money is sent once: what is agreed to is shown, and a form that comes again does nothing`() async throws
    {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150002", funds: 10_000)
        let ben = try await router.holder("ben", phone: "+22890150003")
        let browser = TestBrowser(router)
        _ = await browser.signIn("ama")
        let asked = await browser.get("/wallet/send")
        let unread = await browser.submit("/wallet/send", asked.fields(), typing: ["to": "ben", "amount": "1.2.3"])
        #expect(unread.status == 422 && unread.text.contains(HolderTexts.english["errorAmount"]))
        let nobody = await browser.submit("/wallet/send", asked.fields(), typing: ["to": "nobody", "amount": "1000"])
        #expect(nobody.status == 422 && nobody.text.contains(HolderTexts.english["errorRecipient"]))
        let agree = await browser.submit("/wallet/send", asked.fields(), typing: ["to": "ben", "amount": "1,000"])
        #expect(agree.status == 200 && agree.text.contains("Ben Kossi"), "\(agree.text)")
        #expect(agree.text.contains("1,060") && agree.text.contains("<bdi>ben</bdi>"))
        let code = try await router.code(to: ama.phone)
        let wrong = await browser.submit(
            "/wallet/send", agree.fields(), typing: ["code": code == "000000" ? "000001" : "000000"])
        #expect(wrong.status == 422 && wrong.text.contains("Tries left: 2"))
        let other = await browser.submit("/wallet/send", agree.fields(), typing: ["code": code, "amount": "5000"])
        #expect(other.status == 422 && other.text.contains(HolderTexts.english["errorCodeOther"]))
        var places: Set<String> = []
        for _ in 0..<3 {
            let done = await browser.submit("/wallet/send", agree.fields(), typing: ["code": code])
            #expect(done.status == 303, "\(done.text)")
            places.insert(done.location)
        }
        #expect(places.count == 1 && places.first?.hasPrefix("/wallet/order/tr_") == true)
        let order = await browser.get(places.first ?? "")
        #expect(order.status == 200 && order.text.contains(HolderTexts.english["doneText"]))
        #expect(await [ama.available(), ben.available()] == [8_940, 1_000])
        await router.stop()
    }

    @Test func `a form of another session or site does nothing, and what is not there is said`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150004", funds: 10_000)
        _ = try await router.holder("ben", phone: "+22890150005")
        let (browser, other) = (TestBrowser(router), TestBrowser(router))
        _ = await browser.signIn("ama")
        _ = await other.signIn("ben")
        let before = try await router.inbox(of: ama.phone).count
        let fields = await browser.get("/wallet/send").fields() + [("to", "ben"), ("amount", "1000")]
        let theirs = await other.get("/wallet/send").fields() + [("to", "ben"), ("amount", "1000")]
        for (given, headers) in [
            (theirs, []), (fields.filter { $0.0 != "form" }, []), (fields, [("origin", "https://evil.example")]),
            (fields, [("sec-fetch-site", "cross-site")]),
        ] as [([(String, String)], [(name: String, value: String)])] {
            let seen = Set(["to", "amount"])
            let typed = given.filter { !seen.contains($0.0) } + [("to", "ben"), ("amount", "1000")]
            let page = await browser.send("POST", "/wallet/send", typed, headers)
            #expect(page.status == 403 && page.header("content-type")?.hasPrefix("text/html") == true, "\(headers)")
            #expect(page.text.contains(HolderTexts.english["errorFormOld"]))
        }
        #expect(try await router.inbox(of: ama.phone).count == before)
        for (path, text) in [
            ("/wallet/order/pay_x", "errorMissing"), ("/wallet/bill/ABCD-EFGH-JKMN", "errorBillMissing"),
            ("/wallet/pay/pay_01M7Y8G2S83KY03KAYDH4HV29B?t=1-2", "errorMissing"),
        ] {
            let page = await browser.get(path)
            #expect(page.status == 404 && page.text.contains(HolderTexts.english[text]), "\(path)")
        }
        let unknown = await browser.get("/wallet/history?colour=red")
        #expect(unknown.status == 400 && unknown.text.contains(HolderTexts.english["errorForm"]))
        await router.stop()
    }

    @Test func `a shop's page leads to the wallet, which pays it`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150006", funds: 10_000)
        let made = await router.create(["amount": 1_500, "currency": "XOF", "hosted": true, "reference": "o-2"]).json
        let page = try #require(made["hosted_url"]?.stringValue?.split(separator: "/pay/").last)
        let browser = TestBrowser(router)
        let shown = await browser.get("/pay/\(page)")
        #expect(shown.status == 200 && shown.text.contains("href=\"/wallet/pay/"), "\(shown.text)")
        let choose = String(page).replacing("?", with: "/choose?")
        let chosen = await browser.send("POST", "/pay/\(choose)", [("channel", "wallet")], [])
        #expect(chosen.status == 303 && chosen.location.hasPrefix("/wallet/pay/pay_"))
        let away = await browser.get(chosen.location)
        #expect(away.status == 303 && away.location.hasPrefix("/wallet/signin?next="))
        let asked = await browser.get(away.location)
        let back = await browser.submit(
            "/wallet/signin", asked.fields(), typing: ["username": "ama", "password": TestHolder.password])
        #expect(back.location.hasPrefix("/wallet/pay/pay_"), "\(back.location)")
        let offer = await browser.get(back.location)
        #expect(offer.status == 200 && offer.text.contains("demo") && offer.text.contains("1,500"))
        let path = try #require(back.location.split(separator: "?").first.map { String($0) })
        let agree = await browser.submit(path, offer.fields())
        #expect(agree.status == 200, "\(agree.text)")
        let code = try await router.code(to: ama.phone)
        let done = await browser.submit(path, agree.fields(), typing: ["code": code])
        #expect(done.status == 303, "\(done.text)")
        #expect(await browser.get(done.location).text.contains(HolderTexts.english["doneText"]))
        let seen = await router.call("GET", "/v1/payments/\(made["id"]?.stringValue ?? "")").json
        #expect(seen["status"] == "succeeded" && seen["channel"] == "wallet")
        #expect(await ama.available() == 8_500)
        await router.stop()
    }

    @Test func `a bill's page leads to a payment of it, once for each opening`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890150007", funds: 10_000)
        let bill = await router.call(
            "POST", "/v1/bills", ["name": "Invoice <8>", "amount": 1_500, "currency": "XOF"],
            idempotencyKey: RunningRouter.fresh()
        ).json
        let code = bill["code"]?.stringValue ?? ""
        let browser = TestBrowser(router)
        let page = await browser.get("/bill/\(code)?lang=en")
        #expect(page.status == 200 && page.text.contains("Invoice &lt;8&gt;"))
        #expect(page.text.contains("href=\"/wallet/bill/\(code)/pay?lang=en\""))
        let picture = await browser.get("/v1/bills/\(code)/qr.svg")
        #expect(picture.status == 200 && picture.header("content-type") == "image/svg+xml")
        var places: Set<String> = []
        for _ in 0..<2 {
            let begun = await browser.submit("/bill/\(code)?lang=en", page.fields())
            #expect(begun.status == 303, "\(begun.text)")
            places.insert(begun.location)
        }
        #expect(places.count == 1 && places.first?.hasPrefix("/pay/pay_") == true)
        let hosted = await browser.get(places.first ?? "")
        #expect(hosted.status == 200 && hosted.text.contains("Invoice &lt;8&gt;"))
        // Nobody has begun: the wallet pays it, and whoever still has the page is told.
        #expect(
            try await ama.perform("bill_payment", "bill_payments", ["bill": .string(code)]).status == 201)
        let late = await browser.submit("/bill/\(code)?lang=en", page.fields())
        #expect(late.status == 409 && late.text.contains(HolderTexts.english["errorBillPaid"]), "\(late.text)")
        let choose = (places.first ?? "").replacing("?", with: "/choose?", maxReplacements: 1)
        let chosen = await browser.send("POST", choose, [("channel", "tmoney"), ("phone", "90000001")], [])
        #expect(chosen.status == 409 && chosen.text.contains(PayLanguage.english.texts.billTaken), "\(chosen.text)")
        #expect(try await router.entries().filter { $0.key.kind == "collection" }.count <= 1)
        let after = await browser.get("/bill/\(code)?lang=en")
        #expect(after.status == 200 && !after.text.contains("<form") && !after.text.contains("/wallet/bill/"))
        try await keepsOthersOut(router, browser, ama)
        for (path, status) in [("/bill/ABCD-EFGH-JKMN", 404), ("/bill/\(code)?colour=red", 400)] {
            #expect(await browser.get(path).status == status)
        }
        await router.stop()
    }

    /// While an operator is at work on a bill's payment, nobody else pays or deletes it.
    private func keepsOthersOut(_ router: RunningRouter, _ browser: TestBrowser, _ ama: TestHolder) async throws {
        let bill = await router.call(
            "POST", "/v1/bills", ["name": "Invoice 9", "amount": 1_000, "currency": "XOF"],
            idempotencyKey: RunningRouter.fresh()
        ).json
        let (id, code) = (bill["id"]?.stringValue ?? "", bill["code"]?.stringValue ?? "")
        let page = await browser.get("/bill/\(code)")
        let begun = await browser.submit("/bill/\(code)", page.fields()).location
        let choose = begun.replacing("?", with: "/choose?", maxReplacements: 1)
        // The prompt of this number is refused a moment later.
        let chosen = await browser.send("POST", choose, [("channel", "tmoney"), ("phone", "+22890000003")], [])
        #expect(chosen.status == 303, "\(chosen.text)")
        #expect(await router.call("GET", "/v1/bills/\(id)").json["is_being_paid"] == true)
        for answer in [
            await ama.ask("bill_payment", ["bill": .string(code)]), await router.call("DELETE", "/v1/bills/\(id)"),
        ] {
            #expect(answer.status == 409 && answer.json["reason"] == "being_paid", "\(answer.json.jsonText)")
        }
        let others = await browser.submit("/bill/\(code)", page.fields().map { ($0.0, String($0.1.reversed())) })
        #expect(others.status == 409 && others.text.contains(HolderTexts.english["errorBillBeingPaid"]))
        // Once it has failed, everybody can.
        for _ in 0..<300 where await router.call("GET", "/v1/bills/\(id)").json["is_being_paid"] == true {
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 100))
        }
        #expect(try await ama.perform("bill_payment", "bill_payments", ["bill": .string(code)]).status == 201)
    }
}
