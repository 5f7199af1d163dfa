import Router
import Testing

@testable import Host

/// Linking an app to a business wallet, with its holder's code.
@Suite("Linking a business wallet") struct ConsoleWalletLinkTests {
    @Test func `the holder's code links the app, within three tries, and for this app alone`() async throws {
        let router = try await RunningRouter()
        await router.addUser("dev", [.developer])
        let browser = await router.consoleBrowser("dev")
        let (id, other) = (try await browser.makeApp("Shop"), try await browser.makeApp("Kiosk"))
        let ama = try await router.holder("ama", phone: "+22890112233")
        let token = [("form", browser.consoleToken(router))]
        func ask(_ app: String, _ phone: String) async -> TestBrowser.Page {
            await browser.submit("/console/apps/\(app)/wallet", token, typing: ["phone": phone])
        }
        for phone in ["+22890112233", "+22890998877"] {
            #expect(await ask(id, phone).status == 422, "nobody with this number has a business wallet")
        }
        #expect(await ask(id, "no number").status == 422)
        try await ama.confirmEmail("ama@example.com")
        let opened = await ama.call("POST", "/v1/wallet/wallets", ["purpose": "business"])
        let wallet = try #require(opened.json["id"]?.stringValue)
        let asked = await ask(id, "+228 90 11 22 33")
        #expect(asked.status == 200)
        let form = try #require(asked.form(to: "/console/apps/\(id)/wallet/code"))
        let code = try await router.code(to: ama.phone)
        #expect(try await router.inbox(of: ama.phone).first?.contains("Shop") == true, "the message names the app")
        func type(_ app: String, _ code: String) async -> TestBrowser.Page {
            await browser.submit("/console/apps/\(app)/wallet/code", form, typing: ["code": code])
        }
        #expect(await type(other, code).status == 422, "it was sent for the other app")
        let wrong = code == "000000" ? "111111" : "000000"
        #expect(await type(id, wrong).status == 422)
        let linked = await type(id, code)
        #expect(linked.status == 303 && linked.location == "/console/apps/\(id)?saved=1")
        #expect(await type(id, code).status == 422, "a code works once")
        #expect(try await router.host.store.app(#require(AppID(id)))?.wallet?.text == wallet)
        #expect(try await router.host.store.app(#require(AppID(other)))?.wallet == nil)
        let line = try await router.host.store.audit(AuditQuery(limit: 1)).first?.entry
        #expect(line?.action == .walletLinked && line?.after?["wallet"]?.stringValue == wallet)
        // A code that changes nothing is used up, too: it must not link again what was unlinked since.
        _ = await ask(id, ama.phone)
        let spare = try await router.code(to: ama.phone)
        #expect(await type(id, spare).status == 303)
        #expect(await browser.submit("/console/apps/\(id)/wallet/unlink", token).status == 303)
        #expect(await type(id, spare).status == 422)
        #expect(try await router.host.store.app(#require(AppID(id)))?.wallet == nil)
        // Three wrong ones end a code; nobody asks a holder for more than five an hour.
        _ = await ask(other, ama.phone)
        let second = try await router.code(to: ama.phone)
        for _ in 0..<3 { #expect(await type(other, second == "000000" ? "111111" : "000000").status == 422) }
        #expect(await type(other, second).status == 422)
        var statuses: [Int] = []
        for _ in 0..<5 { statuses.append(await ask(other, ama.phone).status) }
        #expect(statuses == [200, 200, 429, 429, 429])
        await router.stop()
    }
}

extension TestHolder {
    /// Gives a holder a mail address, as business wallets need one.
    func confirmEmail(_ address: String) async throws {
        let told = await call("PATCH", "/v1/wallet", ["email": .string(address), "password": .string(Self.password)])
        #expect(told.status == 200)
        try await router.awaitInbox(of: address, count: 1)
        let text = try #require(try await router.inbox(of: address).first)
        let link = try #require(text.firstMatch(of: /c=(otc_[0-9A-Z]+)&k=([0-9a-f]+)/))
        let confirmed = await router.call(
            "POST", "/v1/wallet/email/confirm", ["challenge": .string(String(link.1)), "key": .string(String(link.2))],
            key: nil)
        #expect(confirmed.status == 200)
    }

    /// Opens a business wallet, and lets an app be linked to it.
    ///
    /// - Returns: The wallet.
    func letLink(_ app: String, by developer: TestBrowser) async throws -> String {
        try await confirmEmail("\(username)@example.com")
        let opened = await call("POST", "/v1/wallet/wallets", ["purpose": "business"])
        let wallet = try #require(opened.json["id"]?.stringValue)
        let asked = await developer.submit(
            "/console/apps/\(app)/wallet", [("form", developer.consoleToken(router))], typing: ["phone": phone])
        let path = "/console/apps/\(app)/wallet/code"
        let linked = await developer.submit(
            path, try #require(asked.form(to: path)), typing: ["code": try await router.code(to: phone)])
        #expect(linked.status == 303)
        return wallet
    }
}
