import Foundation
import Router
import Testing

@testable import Host

/// A static QR code that hangs on a counter, and a payer's browser in front of it.
struct CounterCode: Sendable {
    let router: RunningRouter
    let browser: TestBrowser
    /// The page's path.
    let path: String

    /// The key in the path.
    var key: String { path.split(separator: "/").last.map { String($0) } ?? "" }

    init(_ router: RunningRouter, _ path: String) {
        self.router = router
        self.path = path
        browser = TestBrowser(router)
    }

    func page(_ language: String = "en") async -> TestBrowser.Page { await browser.get("\(path)?lang=\(language)") }

    /// Types into the form of a page, and sends it.
    func pay(
        _ amount: String, note: String = "", on page: TestBrowser.Page, language: String = "en"
    ) async -> TestBrowser.Page {
        await browser.submit(
            "\(path)?lang=\(language)", page.fields().filter { $0.0 == "nonce" },
            typing: ["amount": amount, "note": note])
    }

    /// Types into the form of a fresh page, and sends it.
    func pay(_ amount: String, note: String = "") async -> TestBrowser.Page {
        await pay(amount, note: note, on: await page())
    }

    /// The payment that a form led to, as its shop sees it.
    func payment(_ begun: TestBrowser.Page, key: String = KeyRing.demoKey) async -> JSONValue {
        await router.call("GET", "/v1/payments/\(Self.id(begun))", key: key).json
    }

    /// Pays over TMoney on the page that a form led to; waits for the end.
    func finish(_ begun: TestBrowser.Page) async -> JSONValue {
        let choose = begun.location.replacing("?", with: "/choose?", maxReplacements: 1)
        let chosen = await browser.send("POST", choose, [("channel", "tmoney"), ("phone", "+22890000001")], [])
        #expect(chosen.status == 303, "\(chosen.text)")
        return await router.follow(Self.id(begun), until: { $0["status"] == "succeeded" })
    }

    static func id(_ begun: TestBrowser.Page) -> String {
        String(begun.location.dropFirst("/pay/".count).prefix { $0 != "?" })
    }
}

extension RunningRouter {
    /// Makes an app a static QR code, as the command line does.
    func counterCode(_ currency: String = "XOF", of app: String = "demo") async throws -> CounterCode {
        let made = await admin(
            "POST", "/apps/\(app)/qr", ["environment": "sandbox", "currency": .string(currency)])
        try #require(made.status == 201, "\(made.json.jsonText)")
        let url = try #require(made.json["qr_url"]?.stringValue)
        let origin = host.engine.settings.publicURL
        try #require(url.hasPrefix(origin + "/shop/qr_sandbox_"), "\(url)")
        return CounterCode(self, String(url.dropFirst(origin.count)))
    }

    /// How many payments the demo app has.
    func countPayments() async -> Int { await call("GET", "/v1/payments").json["data"]?.arrayValue?.count ?? -1 }
}
