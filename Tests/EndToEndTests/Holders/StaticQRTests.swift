import Foundation
import Router
import Testing

@testable import Host

/// A code on a counter: whoever scans it types an amount, and a payment to its app goes on on the hosted page.
@Suite("Static QR codes", .timeLimit(.minutes(10))) struct StaticQRTests {
    @Test func `an amount and a note become a payment of the app, which any channel can pay`() async throws {
        let router = try await RunningRouter()
        let code = try await router.counterCode()
        let page = await code.page()
        #expect(page.status == 200 && page.text.contains("<bdi>demo</bdi>") && page.text.contains("In XOF"))
        #expect(page.header("content-security-policy")?.contains("default-src 'none'") == true)
        #expect(page.header("cache-control") == "no-store" && !page.text.contains("style="))
        #expect(await router.countPayments() == 0, "nothing is made by looking")
        let begun = await code.pay("2,500", note: "  Deux pagnes ", on: page)
        #expect(begun.status == 303 && begun.location.hasPrefix("/pay/pay_"), "\(begun.text)")
        let waiting = await code.payment(begun)
        #expect(waiting["status"] == "awaiting_customer" && waiting["acceptance"] == .null)
        #expect(waiting["amount"] == 2_500 && waiting["currency"] == "XOF" && waiting["description"] == "Deux pagnes")
        let prefix = String(code.key.prefix("qr_sandbox_xof_".count + 6))
        #expect(waiting["metadata"] == ["qr": .string(prefix), "source": "static_qr"], "\(waiting.jsonText)")
        let hosted = await code.browser.get(begun.location)
        #expect(hosted.status == 200 && hosted.text.contains("value=\"tmoney\"") && hosted.text.contains("demo"))
        #expect(hosted.text.contains("Deux pagnes") && hosted.text.contains("href=\"/wallet/pay/"))
        let paid = await code.finish(begun)
        #expect(paid["status"] == "succeeded" && paid["channel"] == "tmoney", "\(paid.jsonText)")
        let events = await router.call("GET", "/v1/events").json["data"]?.arrayValue ?? []
        let own = events.filter { $0["data"]?["id"]?.stringValue == CounterCode.id(begun) }
        #expect(own.contains { $0["type"] == "payment.succeeded" }, "\(events.map(\.jsonText))")
        #expect(try await router.books().values.reduce(0, +) == 1)
        await router.stop()
    }

    @Test func `a wallet pays it, too`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890170001", funds: 5_000)
        let code = try await router.counterCode()
        let begun = await code.pay("1200")
        let token = begun.location.split(separator: "t=").last?.prefix { $0 != "&" } ?? ""
        let paid = try await ama.perform(
            "payment", "payments",
            ["payment": .string(CounterCode.id(begun)), "token": .string(String(token))])
        #expect(paid.status == 201, "\(paid.json.jsonText)")
        #expect(await code.payment(begun)["status"] == "succeeded")
        #expect(await ama.available() == 3_800)
        await router.stop()
    }

    @Test func `what is no amount, or more than any channel takes, begins nothing and is said on the form`()
        async throws
    {
        let router = try await RunningRouter()
        let code = try await router.counterCode()
        let page = await code.page()
        let nonce = page.fields().first { $0.0 == "nonce" }?.1 ?? ""
        for typed in [
            "", " ", "0", "000", "-5", "+5", "12.50", "12,5", "0.4", "1e3", "abc", "5 000 F", "0x10", "１２.５",
            "9007199254740993", "99999999999999999999999999999",
        ] {
            let answer = await code.pay(typed, note: "lunch", on: page)
            #expect(answer.status == 422 && answer.text.contains(HolderTexts.english["errorAmount"]), "\(typed)")
            #expect(answer.text.contains("value=\"lunch\"") && answer.text.contains("value=\"\(nonce)\""), "\(typed)")
        }
        let euros = try await router.counterCode("EUR")
        let much = await euros.pay("90,071,992,547,409.91")
        #expect(much.status == 422 && much.text.contains(PayLanguage.english.texts.amountRefused), "\(much.text)")
        // A card number is no note, and what it was is not shown again anywhere.
        let card = await code.pay("500", note: "4111 1111 1111 1111", on: page)
        #expect(card.status == 422 && !card.text.contains("1111"), "\(card.text)")
        let long = await code.pay("500", note: String(repeating: "x", count: 251), on: page)
        #expect(long.status == 422)
        let foreign = await code.browser.send(
            "POST", code.path, [("amount", "500"), ("nonce", "ABC"), ("note", "")], [])
        #expect(foreign.status == 422)
        #expect(await code.browser.send("POST", code.path, [("amount", "500")], []).status == 422)
        #expect(await code.browser.send("POST", code.path, [("wallet", "wal_1")], []).status == 422)
        #expect(await router.countPayments() == 0)
        #expect(await euros.pay("12.5").status == 303, "a euro has cents")
        // Beyond what operators take the wallet alone is left, which has no limit of its own.
        let large = await code.browser.get(await code.pay("3,000,000").location)
        #expect(large.text.contains("href=\"/wallet/pay/") && !large.text.contains("value=\"tmoney\""))
        // The same form is good once it is right.
        #expect(await code.pay("5 000", on: page).status == 303)
        await router.stop()
    }

    @Test func `a form that is sent twice begins one payment; another amount, another one`() async throws {
        let router = try await RunningRouter()
        let code = try await router.counterCode()
        let page = await code.page()
        let places = await withTaskGroup(of: String.self) { group in
            for _ in 0..<6 { group.addTask { await code.pay("700", note: "tea", on: page).location } }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(places.count == 1 && places.first?.hasPrefix("/pay/pay_") == true, "\(places)")
        #expect(await router.countPayments() == 1)
        #expect(await code.pay("800", note: "tea", on: page).status == 303)
        #expect(await code.pay("800", note: "cake", on: page).status == 303)
        #expect(await router.countPayments() == 3)
        // After the money has come the form leads to the same page still.
        let first = await code.pay("700", note: "tea", on: page)
        #expect(await code.finish(first)["status"] == "succeeded")
        #expect(await code.pay("700", note: "tea", on: page).location == first.location)
        #expect(await router.countPayments() == 3)
        #expect(try await router.books().values.reduce(0, +) == 1)
        await router.stop()
    }

    @Test func `what people write is shown as text only`() async throws {
        let router = try await RunningRouter()
        let made = await router.admin(
            "POST", "/apps", ["name": "<i>Chez</i> & \"Ama\"", "environment": "sandbox"])
        let app = try #require(made.json["id"]?.stringValue)
        let code = try await router.counterCode(of: app)
        let note = "\"><script>alert(1)</script>&'<img src=x onerror=alert(2)>"
        let wrong = await code.pay("nothing", note: note)
        let begun = await code.pay("500", note: note)
        #expect(begun.status == 303, "\(begun.text)")
        for page in [wrong, await code.browser.get(begun.location), await code.page("ar")] {
            #expect(page.text.contains("&lt;i&gt;Chez&lt;/i&gt; &amp; &quot;Ama&quot;"), "\(page.text)")
            for raw in ["<i>", "<script>alert", "<img src=x", "\"\">"] { #expect(!page.text.contains(raw), "\(raw)") }
        }
        #expect(wrong.text.contains("&lt;script&gt;alert(1)"))
        await router.stop()
    }

    @Test(arguments: PayLanguage.allCases)
    func `the page is in the reader's language, and takes amounts as they are written there`(
        _ language: PayLanguage
    ) async throws {
        let router = try await RunningRouter()
        let code = try await router.counterCode()
        let page = await code.page(language.rawValue)
        #expect(page.text.contains("<html lang=\"\(language.rawValue)\" dir=\"\(language.direction)\""))
        #expect(page.text.contains(language.texts.counterTitle) && page.text.contains(language.texts.noteLabel))
        let typed = language == .arabic ? "١٢٥٠" : language.texts.amount(Money(1_250, .xof)).filter { !$0.isLetter }
        let begun = await code.pay(typed, on: page, language: language.rawValue)
        #expect(begun.status == 303, "\(typed): \(begun.text)")
        #expect(await code.payment(begun)["amount"] == 1_250)
        await router.stop()
    }
}
