import Router
import Testing

@testable import Host

/// The code on a payment's page, which a phone scans whose owner pays by wallet.
@Suite("Payments that a phone scans", .timeLimit(.minutes(10))) struct ScannedPaymentTests {
    /// A payment's page, as path and query.
    private func page(_ payment: JSONValue) throws -> String {
        "/pay/" + String(try #require(payment["hosted_url"]?.stringValue?.split(separator: "/pay/").last))
    }

    /// Where the page's picture is.
    private func picture(_ page: TestBrowser.Page) -> String? {
        page.text.firstMatch(of: /src="([^"]*wallet\.svg[^"]*)"/).map { String($0.1).replacing("&amp;", with: "&") }
    }

    @Test func `it leads a signed-in phone to the payment, with the app's name, and is gone afterwards`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890180001", funds: 10_000)
        let made = await router.create(["amount": 2_500, "currency": "XOF", "channel": "wallet"]).json
        let till = TestBrowser(router)
        let shown = await till.get(try page(made))
        let path = try #require(picture(shown), "\(shown.text)")
        #expect(shown.text.contains("<details open>") && shown.text.contains(PayLanguage.english.texts.scanWallet))
        // What the phone reads is the payment's own place for holders.
        let (id, token) = (try #require(made["id"]?.stringValue), path.split(separator: "t=").last ?? "")
        let address = "\(router.host.engine.settings.publicURL)/wallet/pay/\(id)?t=\(token)"
        let drawn = await till.get(path)
        #expect(drawn.status == 200 && drawn.header("content-type") == "image/svg+xml")
        #expect(drawn.text == QRCode(address)?.svg())
        let phone = TestBrowser(router)
        let link = "/wallet/pay/\(id)?t=\(token)"
        #expect(await phone.get(link).location.hasPrefix("/wallet/signin?next="))
        _ = await phone.signIn("ama")
        let offer = await phone.get(link)
        #expect(offer.status == 200 && offer.text.contains("<bdi>demo</bdi>") && offer.text.contains("2,500"))
        let agree = await phone.submit("/wallet/pay/\(id)", offer.fields())
        let code = try await router.code(to: ama.phone)
        #expect(await phone.submit("/wallet/pay/\(id)", agree.fields(), typing: ["code": code]).status == 303)
        #expect(await router.call("GET", "/v1/payments/\(id)").json["status"] == "succeeded")
        #expect(await ama.available() == 7_500)
        let after = await till.get(try page(made))
        #expect(picture(after) == nil, "\(after.text)")
        #expect(await till.get(path).status == 404)
        await router.stop()
    }

    @Test func `it is folded up on a phone, and there only where a wallet can pay, for whoever has the link`()
        async throws
    {
        let router = try await RunningRouter()
        let both = try page(await router.create(["amount": 2_500, "currency": "XOF", "hosted": true]).json)
        let browser = TestBrowser(router)
        let phone = await browser.send(
            "GET", both, [], [("user-agent", "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0")])
        #expect(picture(phone) != nil && phone.text.contains("<details><summary>"), "\(phone.text)")
        let path = try #require(picture(await browser.get(both)))
        #expect(await browser.get(path).status == 200)
        #expect(await browser.get(path.replacing("t=", with: "t=1")).status != 200)
        #expect(await browser.get(String(path.prefix { $0 != "?" })).status == 404)
        let plain = await router.create(["amount": 700_000, "currency": "TND", "channel": "flouci", "hosted": true])
        let other = try page(plain.json)
        #expect(picture(await browser.get(other)) == nil)
        #expect(await browser.get(other.replacing("?", with: "/wallet.svg?", maxReplacements: 1)).status == 404)
        await router.stop()
    }

    @Test func `a disabled app is refused on every step, and nothing is taken`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890180002", funds: 10_000)
        let made = await router.create(["amount": 2_500, "currency": "XOF", "channel": "wallet"]).json
        let id = try #require(made["id"]?.stringValue)
        let phone = TestBrowser(router)
        let path = try #require(picture(await phone.get(try page(made))))
        let link = "/wallet/pay/\(id)?t=\(path.split(separator: "t=").last ?? "")"
        _ = await phone.signIn("ama")
        let offer = await phone.get(link)
        let agree = await phone.submit("/wallet/pay/\(id)", offer.fields())
        let code = try await router.code(to: ama.phone)
        #expect(await router.admin("POST", "/apps/demo/disable").status == 200)
        #expect(await phone.get(path).status == 403)
        for refused in [
            await phone.get(link), await phone.submit("/wallet/pay/\(id)", offer.fields()),
            await phone.submit("/wallet/pay/\(id)", agree.fields(), typing: ["code": code]),
        ] {
            #expect(refused.status == 403 && refused.text.contains(HolderTexts.english["errorShopClosed"]))
            #expect(!refused.text.contains("name=\"code\""))
        }
        #expect(await ama.available() == 10_000)
        // Once it is open again, the same code still pays.
        #expect(await router.admin("POST", "/apps/demo/enable").status == 200)
        #expect(await phone.submit("/wallet/pay/\(id)", agree.fields(), typing: ["code": code]).status == 303)
        #expect(await ama.available() == 7_500)
        await router.stop()
    }
}
