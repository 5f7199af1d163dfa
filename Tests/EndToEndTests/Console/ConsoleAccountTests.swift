import Foundation
import People
import Router
import Testing

@testable import Host

/// Accounts of developers and staff, as browsers and attackers use them.
@Suite("Accounts in the console") struct ConsoleAccountTests {
    private let typed = ["name": "Kofi Mensah", "email": "kofi@example.com", "password": TestHolder.password]

    /// The link in the newest mail to somebody.
    private func link(_ router: RunningRouter, to address: String) async throws -> String {
        try await router.awaitInbox(of: address, count: 1)
        let text = try #require(try await router.inbox(of: address).first)
        let link = String(try #require(text.firstMatch(of: /https?:\/\/\S+/)).0)
        return link.replacing(router.host.engine.settings.publicURL, with: "")
    }

    @Test func `a developer signs up, activates the account by mail, makes an app and collects with its key`()
        async throws
    {
        let router = try await RunningRouter()
        let browser = TestBrowser(router)
        let form = await browser.get("/console/signup")
        let sent = await browser.submit("/console/signup", form.fields(), typing: typed)
        #expect(sent.status == 201 && sent.text.contains("mail"))
        #expect(await browser.signInToConsole("kofi@example.com").status == 401, "not before it is activated")
        let way = try await link(router, to: "kofi@example.com")
        let shown = await browser.get(way)
        #expect(shown.status == 200)
        #expect(await browser.signInToConsole("kofi@example.com").status == 401, "looking at the link does nothing")
        let confirmed = await browser.submit("/console/confirm", shown.fields())
        #expect(confirmed.status == 303 && confirmed.location == "/console/signin?done=confirmed")
        #expect(await browser.submit("/console/confirm", shown.fields()).status == 422, "the key works once")
        #expect(await browser.signInToConsole("kofi@example.com", next: "/console/apps").location == "/console/apps")
        let page = await browser.get("/console/apps/new")
        let made = await browser.submit(
            "/console/apps", page.fields(1), typing: ["name": "Boutique", "about": "", "phone": ""])
        let secret = String(try #require(made.text.firstMatch(of: /sk_sandbox_[0-9a-z]+/)).0)
        let payment = await router.call(
            "POST", "/v1/payments",
            ["amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"]],
            key: secret, idempotencyKey: UUID().uuidString)
        #expect(payment.status == 201)
        let app = try #require(try await router.host.store.apps().first { $0.name == "Boutique" })
        let again = await browser.get("/console/apps/\(app.id)")
        #expect(!again.text.contains(secret), "keys are shown once")
        await router.stop()
    }

    @Test func `another address takes the confirmed one's place once its mail was opened`() async throws {
        let router = try await RunningRouter()
        let browser = TestBrowser(router)
        let signUp = await browser.get("/console/signup")
        _ = await browser.submit("/console/signup", signUp.fields(), typing: typed)
        let first = await browser.get(try await link(router, to: "kofi@example.com"))
        #expect(await browser.submit("/console/confirm", first.fields()).status == 303)
        #expect(await browser.signInToConsole("kofi@example.com").status == 303)
        let wish = [
            ("form", browser.consoleToken(router)), ("email", "kofi@example.org"), ("password", TestHolder.password),
        ]
        let origin = [(name: "origin", value: router.host.engine.settings.publicURL)]
        #expect(await browser.send("POST", "/console/account/email", wish, origin).status == 303)
        let page = await browser.get("/console/account").text
        #expect(page.contains("kofi@example.com (") && page.contains("kofi@example.org ("))
        #expect(await TestBrowser(router).signInToConsole("kofi@example.com").status == 303)
        let second = await browser.get(try await link(router, to: "kofi@example.org"))
        #expect(await browser.submit("/console/confirm", second.fields(1)).status == 303)
        #expect(await TestBrowser(router).signInToConsole("kofi@example.com").status == 401)
        #expect(await TestBrowser(router).signInToConsole("kofi@example.org").status == 303)
        await router.stop()
    }

    @Test func `an address that somebody has is answered like any other`() async throws {
        let router = try await RunningRouter()
        await router.addUser("kofi", [.developer])
        let browser = TestBrowser(router)
        let form = await browser.get("/console/signup")
        let known = await browser.submit("/console/signup", form.fields(), typing: typed)
        var other = typed
        other["email"] = "new@example.com"
        let fresh = await browser.submit("/console/signup", form.fields(), typing: other)
        #expect(known.status == fresh.status && known.text == fresh.text)
        let (first, second) = (
            await browser.submit("/console/forgot", [], typing: ["username": "kofi@example.com"]),
            await browser.submit("/console/forgot", [], typing: ["username": "nobody@example.com"])
        )
        #expect(first.status == 200 && first.text == second.text)
        await router.stop()
    }

    @Test func `forms of other sites and of other sessions change nothing`() async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        await router.addUser("ben", [.developer])
        let (anna, ben) = (await router.consoleBrowser("anna"), await router.consoleBrowser("ben"))
        let own = [("form", anna.consoleToken(router)), ("name", "Hacked")]
        let origin = [(name: "origin", value: router.host.engine.settings.publicURL)]
        for headers in [
            [("origin", "https://evil.example")], origin + [("sec-fetch-site", "cross-site")],
            origin + [("sec-fetch-site", "same-site")],
        ] as [[(name: String, value: String)]] {
            #expect(await anna.send("POST", "/console/account/name", own, headers).status == 403)
        }
        for token in ["", "0", ben.consoleToken(router), String(anna.consoleToken(router).dropLast())] {
            let page = await anna.send("POST", "/console/account/name", [("form", token), ("name", "Hacked")], origin)
            #expect(page.status == 403)
        }
        #expect(await anna.send("POST", "/console/account/name", [("name", "Hacked")], origin).status == 403)
        #expect(!(await anna.get("/console/account").text.contains("Hacked")))
        // Mass assignment: members that a form does not have.
        let extra = own + [("roles", "admin"), ("state", "active")]
        #expect(await anna.send("POST", "/console/account/name", extra, origin).status == 400)
        #expect(await anna.send("POST", "/console/account/name", own, origin).status == 303)
        await router.stop()
    }

    @Test func `a session is a new one at each sign-in, and ends everywhere`() async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        let name = PageCookie.Place.console.session
        let browser = TestBrowser(router)
        browser[cookie: name] = String(repeating: "a", count: 64)
        _ = await browser.signInToConsole("anna")
        let first = try #require(browser[cookie: name])
        #expect(first != String(repeating: "a", count: 64), "nobody chooses another's session")
        let page = await browser.get("/console/signin")
        #expect(page.status == 303, "whoever is signed in is")
        let second = TestBrowser(router)
        second[cookie: name] = first
        #expect(await second.get("/console/account").status == 200)
        let everywhere = await browser.submit(
            "/console/signout-everywhere", [("form", browser.consoleToken(router))])
        #expect(everywhere.status == 303 && browser[cookie: name] == nil)
        #expect(await second.get("/console/account").location.hasPrefix("/console/signin"))
        // A holder's session is none here, and the other way round.
        let holder = await TestBrowser(router).signIn("anna")
        #expect(holder.status == 303)
        await router.stop()
    }

    @Test(arguments: [
        "https://evil.example", "//evil.example", "/wallet", "/console/../wallet", "/console/%2e%2e/wallet",
        "/console//evil.example", "javascript:alert(1)",
    ])
    func `signing in leads nowhere else`(_ next: String) async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        let browser = TestBrowser(router)
        let answer = await browser.submit(
            "/console/signin", [], typing: ["username": "anna", "password": TestHolder.password, "next": next])
        #expect(answer.status == 303 && answer.location == "/console")
        await router.stop()
    }

    @Test func `passwords are not sprayed, and nobody is locked out by it`() async throws {
        let router = try await RunningRouter()
        for name in ["anna", "ben", "cleo"] { await router.addUser(name, [.developer]) }
        let browser = TestBrowser(router)
        var statuses: [Int] = []
        for index in 0..<36 {
            let name = ["anna", "ben", "cleo"][index % 3]
            statuses.append(
                await browser.submit(
                    "/console/signin", [], typing: ["username": name, "password": "guess-number-\(index)"]
                ).status)
        }
        #expect(statuses.prefix(18).allSatisfy { $0 == 401 } && statuses.suffix(6).allSatisfy { $0 == 429 })
        let people = router.host.people.people
        let elsewhere = try await people.signIn("anna", Secret(TestHolder.password), at: "198.51.100.7")
        #expect({ if case .done = elsewhere { true } else { false } }(), "from elsewhere the right one works")
        await router.stop()
    }
}
