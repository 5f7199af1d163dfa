import Foundation
import Router
import Testing

@testable import Host

/// Orders' pages that show changes by themselves.
@Suite("Live pages of the console", .timeLimit(.minutes(10))) struct ConsoleLiveTests {
    private func order(_ router: RunningRouter, by browser: TestBrowser) async throws -> (path: String, key: String) {
        let page = await browser.get("/console/apps/new")
        let made = await browser.submit(
            "/console/apps", page.fields(1), typing: ["name": "Shop", "about": "", "phone": ""])
        let key = String(try #require(made.text.firstMatch(of: /sk_sandbox_[0-9a-z]+/)).0)
        let body: JSONValue = [
            "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
            "reference": .string("ref-" + UUID().uuidString),
        ]
        let answer = await router.call("POST", "/v1/payments", body, key: key, idempotencyKey: UUID().uuidString)
        let id = try #require(answer.json["id"]?.stringValue)
        return ("/console/orders/\(id)", key)
    }

    @Test func `an open page is told of every change until its session ends`() async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        let anna = await router.consoleBrowser("anna")
        let (path, _) = try await order(router, by: anna)
        let stream = try #require(await anna.get(path + "/live").stream)
        var parts = stream().makeAsyncIterator()
        let first = try #require(try await parts.next())
        #expect(first.hasPrefix("event: mark\ndata: "))
        var newest = first
        while !newest.contains("succeeded"), let part = try await parts.next() {
            if part.hasPrefix("event: mark") { newest = part }
        }
        #expect(newest.contains("succeeded"), "the payment is paid while the page is open")
        let page = await anna.get(path)
        let mark = try #require(page.text.firstMatch(of: /data-mark="([^"]+)"/)).1
        #expect(newest == "event: mark\ndata: \(mark)\n\n", "the page shows what was told last")
        let form = try #require(page.form(to: path + "/refund"))
        #expect(await anna.submit(path + "/refund", form, typing: ["amount": "2000", "reason": "x"]).status == 303)
        var told = try await parts.next()
        while told?.hasPrefix(":") == true { told = try await parts.next() }
        #expect(told?.hasPrefix("event: mark") == true && told != newest, "what is given back later is told, too")
        #expect(await anna.submit("/console/signout", [("form", anna.consoleToken(router))]).status == 303)
        var last = ""
        while let part = try await parts.next() { last = part }
        #expect(last == "event: end\ndata: signed out\n\n")
        #expect(await anna.get(path + "/live").stream == nil)
        await router.stop()
    }

    @Test func `nobody hears of an order that they do not see, and the oldest stream of a session ends for the ninth`()
        async throws
    {
        let router = try await RunningRouter()
        for name in ["anna", "ben"] { await router.addUser(name, [.developer]) }
        let (anna, ben) = (await router.consoleBrowser("anna"), await router.consoleBrowser("ben"))
        let (path, _) = try await order(router, by: anna)
        let refused = await ben.get(path + "/live")
        #expect(refused.status == 404 && refused.stream == nil)
        #expect(await TestBrowser(router).get(path + "/live").status == 303)
        let places = router.host.people.console.livePlaces
        let session = anna.consoleToken(router)
        let first = try #require(await anna.get(path + "/live").stream)
        var parts = first().makeAsyncIterator()
        #expect(try await parts.next()?.hasPrefix("event: mark") == true)
        let held = (0..<LivePlaces.most - 1).map { _ in places.enter(session) }
        #expect(places.count(session) == LivePlaces.most)
        let ninth = await anna.get(path + "/live")
        #expect(ninth.status == 200 && ninth.stream != nil, "the newest page is told of news")
        #expect(places.count(session) == LivePlaces.most)
        var last = ""
        while let part = try await parts.next() { last = part }
        #expect(last == "event: end\ndata: newer pages\n\n", "the oldest one ends, and is told so")
        for place in held { place.release() }
        #expect(places.count(session) == 1, "the ninth is held until its stream ends")
        await router.stop()
    }

    @Test func `the one script is known by its hash, and pages without news have none`() async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        let anna = await router.consoleBrowser("anna")
        let (path, _) = try await order(router, by: anna)
        let page = await anna.get(path)
        let script = try #require(page.text.firstMatch(of: /(?s)<script>(.*)<\/script>/)).1
        let policy = try #require(page.header("content-security-policy"))
        #expect(
            policy.contains("script-src \(PageFrame.hash(String(script))); connect-src 'self'")
                && !policy.contains("unsafe"))
        let other = await anna.get("/console/orders")
        #expect(!other.text.contains("<script") && other.header("content-security-policy")?.contains("script") == false)
        await router.stop()
    }
}
