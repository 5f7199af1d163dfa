import Foundation
import Router
import Testing

@testable import Host

/// Webhook endpoints made, changed and deleted in the console.
@Suite("Webhook endpoints in the console", .timeLimit(.minutes(10))) struct ConsoleEndpointTests {
    private let root = "/console/webhooks"

    private func make(
        _ browser: TestBrowser, _ router: RunningRouter, app: String, url: String = "http://127.0.0.1:9/hook?k=hidden",
        events: String = ""
    ) async -> TestBrowser.Page {
        await browser.submit(
            root, [("form", browser.consoleToken(router))],
            typing: ["app": app, "environment": "sandbox", "url": url, "events": events])
    }

    private func lines(_ router: RunningRouter, _ actions: Set<AuditAction>) async throws -> [AuditEntry] {
        try await router.host.store.audit(AuditQuery(limit: 50)).map(\.entry).filter { actions.contains($0.action) }
    }

    @Test func `a developer makes, changes and deletes an endpoint; each is told, and the secret is shown once`()
        async throws
    {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        let anna = await router.consoleBrowser("anna")
        #expect(await anna.get(root + "/new").text.contains("/console/apps/new"), "an app comes first")
        let app = try await anna.makeApp("Shop")
        let made = await make(anna, router, app: app, events: "Payment.succeeded, refund.succeeded")
        #expect(made.status == 201)
        let secret = String(try #require(made.text.firstMatch(of: /whsec_[0-9A-Za-z+\/=_-]+/)).0)
        let id = try #require(try await router.host.store.endpoints(app: AppID(app)).first?.id.text)
        let shown = await anna.get("\(root)/\(id)")
        #expect(shown.status == 200 && !shown.text.contains(secret), "the secret is shown once")
        let name = try #require(WebhookEndpointID(id))
        let known = try #require(try await router.host.store.endpoint(name))
        #expect(known.types == ["payment.succeeded", "refund.succeeded"] && known.secrets == [Secret(secret)])

        let changed = await anna.submit(
            "\(root)/\(id)/change", try #require(shown.form(to: "\(root)/\(id)/change")),
            typing: ["url": "http://127.0.0.1:9/other", "events": ""])
        #expect(changed.status == 303)
        let now = try await router.host.store.endpoint(known.id)
        #expect(now?.url == "http://127.0.0.1:9/other" && now?.types == [] && now?.secrets == known.secrets)
        for (action, isOn) in [("disable", false), ("enable", true)] {
            #expect(
                await anna.submit("\(root)/\(id)/\(action)", [("form", anna.consoleToken(router))]).status == 303)
            #expect(try await router.host.store.endpoint(known.id)?.isEnabled == isOn)
        }
        let asked = await anna.get("\(root)/\(id)/delete")
        #expect(asked.status == 200)
        #expect(try await router.host.store.endpoint(known.id) != nil, "looking deletes nothing")
        let deleted = await anna.submit(
            "\(root)/\(id)/delete", try #require(asked.form(to: "\(root)/\(id)/delete")))
        #expect(deleted.location == root + "?deleted=1")
        #expect(try await router.host.store.endpoint(known.id) == nil)
        #expect(await anna.get("\(root)/\(id)").status == 404)

        let told = try await lines(router, [.webhookMade, .webhookChanged, .webhookDeleted])
        #expect(
            told.map(\.action) == [
                .webhookDeleted, .webhookChanged, .webhookChanged, .webhookChanged, .webhookMade,
            ])
        #expect(told.allSatisfy { $0.app?.text == app && $0.actor.name == "anna" && $0.subject.id == id })
        let texts = told.flatMap { [$0.before, $0.after] }.compactMap { $0 }.map {
            String(decoding: $0.serialized(), as: UTF8.self)
        }
        #expect(texts.allSatisfy { !$0.contains("hidden") && !$0.contains(secret) }, "nothing of it lets anybody in")
        await router.stop()
    }

    @Test func `what the API refuses the console refuses, with the form as it was typed`() async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        let anna = await router.consoleBrowser("anna")
        let app = try await anna.makeApp("Shop")
        for (url, events, word) in [
            ("ftp://shop.example/x", "", "ftp://shop.example/x"), ("", "", "error"),
            ("http://127.0.0.1:9/x", "payment.suceeded", "payment.succeeded"),
        ] {
            let page = await make(anna, router, app: app, url: url, events: events)
            #expect([400, 422].contains(page.status), "\(url) \(events): \(page.status)")
            #expect(page.text.contains(word) && page.text.contains("role=\"alert\""))
        }
        #expect(try await lines(router, [.webhookMade]).isEmpty, "what is refused is not told")
        for number in 0..<WebhookEndpointsAPI.limit {
            #expect(await make(anna, router, app: app, url: "http://127.0.0.1:9/\(number)").status == 201)
        }
        #expect(await make(anna, router, app: app).status != 201, "an app has so many at most")
        #expect(try await router.host.store.endpoints(app: AppID(app)).count == WebhookEndpointsAPI.limit)
        await router.stop()
    }

    @Test func `nobody makes one for another's app, or changes one by seeing it`() async throws {
        let router = try await RunningRouter()
        for name in ["anna", "ben"] { await router.addUser(name, [.developer]) }
        await router.addUser("dora", [.developer, .support])
        await router.addUser("root", [.admin])
        let (anna, ben) = (await router.consoleBrowser("anna"), await router.consoleBrowser("ben"))
        let dora = await router.consoleBrowser("dora", inside: true)
        let admin = await router.consoleBrowser("root", inside: true)
        let app = try await anna.makeApp("Shop")
        _ = try await ben.makeApp("Other")
        #expect(await make(ben, router, app: app).status == 404)
        #expect(await make(dora, router, app: app).status == 404)
        #expect(!(await ben.get(root + "/new").text.contains(app)))
        #expect(await make(admin, router, app: app).status == 201, "an admin may for all")
        let endpoint = try #require(try await router.host.store.endpoints(app: AppID(app)).first)
        // Support sees it, and being a developer of other apps changes nothing about it.
        let seen = await dora.get("\(root)/\(endpoint.id)")
        #expect(seen.status == 200 && !seen.text.contains("\(endpoint.id)/change"))
        for action in ["change", "delete", "disable", "secret", "resend", "replay"] {
            let refused = await dora.submit("\(root)/\(endpoint.id)/\(action)", [("form", dora.consoleToken(router))])
            #expect(refused.status == 403, "\(action): \(refused.status)")
        }
        #expect(try await router.host.store.endpoint(endpoint.id) == endpoint)
        await router.stop()
    }
}
