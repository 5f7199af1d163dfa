import Foundation
import Router
import Testing

@testable import Host

/// Who can be paid by a static QR code, until when, and what its key is good for.
@Suite("The standing of static QR codes", .timeLimit(.minutes(10))) struct StaticQRStandingTests {
    private func closed(_ page: TestBrowser.Page) -> Bool {
        page.status == 403 && page.text.contains(PayLanguage.english.texts.closedText)
    }

    private func gone(_ page: TestBrowser.Page) -> Bool {
        page.status == 404 && page.text.contains(PayLanguage.english.texts.linkExpiredText)
    }

    @Test func `its picture says its address, and nothing else`() async throws {
        let router = try await RunningRouter()
        let code = try await router.counterCode()
        let address = router.host.engine.settings.publicURL + code.path
        let svg = await code.browser.get(code.path + "/qr.svg")
        #expect(svg.status == 200 && svg.header("content-type") == "image/svg+xml")
        #expect(svg.text == QRCode(address)?.svg())
        let png = await router.page("GET", code.path + "/qr.png", key: nil)
        #expect(png.status == 200 && png.type == "image/png")
        let listed = await router.admin("GET", "/apps").json.jsonText
        #expect(
            !listed.contains(code.key) && listed.contains(String(code.key.prefix(21))), "only its beginning is kept")
        await router.stop()
    }

    @Test func `the code of a disabled app is closed, and a revoked or invented one leads nowhere`() async throws {
        let router = try await RunningRouter()
        let (code, other) = (try await router.counterCode(), try await router.counterCode())
        let page = await code.page()
        #expect(await router.admin("POST", "/apps/demo/disable").status == 200)
        #expect(closed(await code.page()))
        #expect(closed(await code.pay("500", on: page)))
        #expect(await code.browser.get(code.path + "/qr.svg").status == 404)
        #expect(await router.admin("POST", "/apps/demo/enable").status == 200)
        // Keys are made anew; what hangs on the wall stays.
        let rotated = await router.admin(
            "POST", "/apps/demo/rotate", ["environment": "sandbox", "overlap_seconds": 0])
        #expect(rotated.status == 200)
        #expect(await code.pay("500", on: page).status == 303)
        let revoked = await router.admin(
            "POST", "/apps/demo/revoke", ["prefix": .string(String(code.key.prefix(21)))])
        #expect(revoked.status == 200, "\(revoked.json.jsonText)")
        #expect(gone(await code.page()))
        #expect(gone(await code.pay("600", on: page)))
        #expect(await code.browser.get(code.path + "/qr.png").status == 404)
        #expect(await other.page().status == 200, "each code is taken down by itself")
        for key in [
            other.key.replacing("_xof_", with: "_tnd_"), String(other.key.dropLast()), other.key + "0",
            "qr_sandbox_xof_" + String(repeating: "0", count: 36), KeyRing.demoKey, KeyRing.demoPublishableKey, "x",
            "qr_sandbox_%3Cb%3E_x",
        ] {
            let wrong = CounterCode(router, "/shop/\(key)")
            #expect(gone(await wrong.page()), "\(key)")
            #expect(gone(await wrong.pay("500", on: page)), "\(key)")
            #expect(await wrong.browser.get(wrong.path + "/qr.svg").status == 404, "\(key)")
        }
        #expect(await router.countPayments() == 1)
        await router.stop()
    }

    @Test func `its key opens no call and no checkout`() async throws {
        let router = try await RunningRouter()
        let code = try await router.counterCode()
        for (method, path) in await router.calls(with: "secretKey") + [("GET", "/v1/channels")] {
            let answer = await router.call(method, path, key: code.key)
            #expect(answer.status == 403, "\(method) \(path): \(answer.status)")
        }
        let checkout = await code.browser.get("/checkout?key=\(code.key)&amount=500&currency=XOF")
        #expect(checkout.status == 401)
        #expect(await router.call("GET", "/v1/wallet", key: code.key).status == 401)
        await router.stop()
    }

    @Test func `only a currency that there is can be asked for`() async throws {
        let router = try await RunningRouter()
        for currency in ["xof", "XYZ", ""] {
            let answer = await router.admin(
                "POST", "/apps/demo/qr", ["environment": "sandbox", "currency": .string(currency)])
            #expect(answer.status == 422 && answer.json["code"] == "unsupported_currency", "\(answer.json.jsonText)")
        }
        let nobody = await router.admin("POST", "/apps/nobody/qr", ["environment": "sandbox", "currency": "XOF"])
        #expect(nobody.status == 404)
        await router.stop()
    }

    @Test func `an app's own wallet is paid into by its code once the app has one; a holder's is sent money`()
        async throws
    {
        let router = try await RunningRouter()
        func wallet(_ owner: String) async -> String {
            await router.call(
                "POST", "/v1/wallets",
                ["owner": .string(owner), "currency": "XOF", "purpose": "business", "name": "Stall <7>"],
                idempotencyKey: RunningRouter.fresh()
            ).json["id"]?.stringValue ?? ""
        }
        let id = await wallet("app")
        let (own, holders) = (CounterCode(router, "/w/\(id)"), CounterCode(router, "/w/\(await wallet("holder"))"))
        let before = await own.page()
        #expect(before.status == 200 && !before.text.contains("<form") && before.text.contains("/wallet/send?to="))
        #expect(closed(await own.pay("500")), "nobody asked for strangers' money")
        let code = try await router.counterCode()
        let page = await own.page()
        #expect(page.text.contains("<bdi>demo</bdi>") && page.text.contains("Stall &lt;7&gt;"), "\(page.text)")
        #expect(page.text.contains("<form") && !page.text.contains("/wallet/send"))
        let begun = await own.pay("1500", note: "bread", on: page)
        #expect(begun.status == 303, "\(begun.text)")
        let paid = await own.finish(begun)
        #expect(paid["destination"]?["wallet"]?.stringValue == id && paid["metadata"] == ["source": "static_qr"])
        let balance = await router.call("GET", "/v1/wallets/\(id)").json["balance"]
        #expect(balance?["posted"] == 1_500, "\(paid.jsonText)")
        let theirs = await holders.page()
        #expect(theirs.text.contains("/wallet/send?to=") && !theirs.text.contains("<form"))
        #expect(closed(await holders.pay("500")))
        #expect(await CounterCode(router, "/w/wal_1").pay("500").status == 404)
        #expect(await router.admin("POST", "/apps/demo/disable").status == 200)
        #expect(closed(await own.page()))
        #expect(closed(await own.pay("500", on: page)))
        #expect(await router.admin("POST", "/apps/demo/enable").status == 200)
        let revoked = await router.admin("POST", "/apps/demo/revoke", ["prefix": .string(String(code.key.prefix(21)))])
        #expect(revoked.status == 200)
        #expect(closed(await own.pay("500", on: page)), "the wish is over")
        await router.stop()
    }

    @Test func `a closed wallet takes nothing, a frozen one does`() async throws {
        let router = try await RunningRouter()
        _ = try await router.counterCode()
        let id =
            await router.call(
                "POST", "/v1/wallets", ["owner": "app", "currency": "XOF"], idempotencyKey: RunningRouter.fresh()
            ).json["id"]?.stringValue ?? ""
        let own = CounterCode(router, "/w/\(id)")
        let page = await own.page()
        #expect(await router.call("POST", "/v1/wallets/\(id)/freeze").status == 200)
        #expect(await own.pay("500", on: page).status == 303)
        #expect(await router.call("POST", "/v1/wallets/\(id)/unfreeze").status == 200)
        #expect(await router.call("POST", "/v1/wallets/\(id)/close").status == 200)
        #expect(await own.page().text.contains(PayLanguage.english.texts.walletClosed))
        #expect(closed(await own.pay("600", on: page)))
        await router.stop()
    }
}
