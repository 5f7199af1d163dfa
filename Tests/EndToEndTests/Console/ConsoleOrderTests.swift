import Foundation
import Router
import Testing

@testable import Host

/// Orders in the console: whose they are, what can be done with them, and by whom.
@Suite("Orders in the console", .timeLimit(.minutes(10))) struct ConsoleOrderTests {
    /// A payment of an app that a developer has made, and the app's key.
    private func paid(
        _ router: RunningRouter, by browser: TestBrowser, app name: String = "Shop"
    ) async throws -> (id: String, key: String) {
        let page = await browser.get("/console/apps/new")
        let made = await browser.submit(
            "/console/apps", page.fields(1), typing: ["name": name, "about": "", "phone": ""])
        let key = String(try #require(made.text.firstMatch(of: /sk_sandbox_[0-9a-z]+/)).0)
        let body: JSONValue = [
            "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
            "reference": .string("ref-" + UUID().uuidString),
        ]
        let answer = await router.call("POST", "/v1/payments", body, key: key, idempotencyKey: UUID().uuidString)
        let id = try #require(answer.json["id"]?.stringValue)
        let end = router.host.time.now.adding(seconds: 15)
        while router.host.time.now < end {
            let payment = await router.call("GET", "/v1/payments/\(id)?wait=1", key: key).json
            if payment["status"] == "succeeded" { return (id, key) }
        }
        throw StartFailure("the payment was never paid")
    }

    @Test func `another developer's orders and endpoints do not exist on any route`() async throws {
        let router = try await RunningRouter()
        for name in ["anna", "ben"] { await router.addUser(name, [.developer]) }
        let (anna, ben) = (await router.consoleBrowser("anna"), await router.consoleBrowser("ben"))
        let (id, key) = try await paid(router, by: anna)
        let hook = await router.call("POST", "/v1/webhook_endpoints", ["url": "http://127.0.0.1:9/x"], key: key)
        let endpoint = try #require(hook.json["id"]?.stringValue)
        #expect(await anna.get("/console/orders/\(id)").status == 200)
        #expect(await anna.get("/console/webhooks/\(endpoint)").status == 200)
        let origin = [(name: "origin", value: router.host.engine.settings.publicURL)]
        var seen = 0
        for entry in router.host.dispatcher.routes.entries {
            let isOrder = entry.template.hasPrefix("/console/orders/{id}")
            guard isOrder || entry.template.hasPrefix("/console/webhooks/{id}"),
                case .console(let right) = entry.access, !right.isForStaff
            else { continue }
            let path = entry.template.replacing("{id}", with: isOrder ? id : endpoint)
                .replacing("{event}", with: "evt_01M8P0CR24NFDQ7TYA917KE1AX")
            let fields = [("form", ben.consoleToken(router))]
            let page = entry.method == "GET" ? await ben.get(path) : await ben.send("POST", path, fields, origin)
            #expect(page.status == 404, "\(entry.method) \(path): \(page.status)")
            #expect(!page.text.contains("5,000") && !page.text.contains("127.0.0.1:9"))
            seen += 1
        }
        #expect(seen >= 10)
        for text in [id, "+22890000001", "5000 XOF", "tmoney"] {
            let found = await ben.get(
                "/console/orders?text=" + text.replacing("+", with: "%2B").replacing(" ", with: "%20"))
            #expect(found.status == 200 && !found.text.contains("/console/orders/\(id)"), "\(text)")
        }
        #expect(await ben.get("/console/orders").text.contains(id) == false)
        let payment = await router.call("GET", "/v1/payments/\(id)", key: key).json
        #expect(payment["amount_refunded"] == 0)
        await router.stop()
    }

    @Test func `a refund's form sent twice gives the money back once, and says who did it`() async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        let anna = await router.consoleBrowser("anna")
        let (id, key) = try await paid(router, by: anna)
        let page = await anna.get("/console/orders/\(id)")
        let form = try #require(page.form(to: "/console/orders/\(id)/refund"))
        let typed = ["amount": "2000", "reason": "too small"]
        let first = await anna.submit("/console/orders/\(id)/refund", form, typing: typed)
        let second = await anna.submit("/console/orders/\(id)/refund", form, typing: typed)
        #expect(first.status == 303 && second.location == first.location)
        let other = await anna.submit("/console/orders/\(id)/refund", form, typing: ["amount": "2001", "reason": "x"])
        #expect(other.status == 422, "the form's key is for what it was first sent with")
        let refunds = await router.call("GET", "/v1/payments/\(id)/refunds", key: key).json["data"]?.arrayValue ?? []
        #expect(refunds.count == 1 && refunds.first?["amount"] == 2_000)
        // A payer reads the description of what comes back, and not what staff think of it.
        #expect(refunds.first?["description"] == .null && refunds.first?["metadata"]?["reason"] == "too small")
        let account = try await router.account("anna").id.text
        #expect(refunds.first?["initiated_by"]?["type"] == "console")
        #expect(refunds.first?["initiated_by"]?["account"] == .string(account))
        for (typed, status) in [
            (["amount": "5000", "reason": "all of it"], 422), (["amount": "-1", "reason": "x"], 400),
            (["amount": "a lot", "reason": "x"], 400), (["amount": "1", "reason": ""], 400),
        ] {
            let fresh = try #require(await anna.get("/console/orders/\(id)").form(to: "/console/orders/\(id)/refund"))
            let answer = await anna.submit("/console/orders/\(id)/refund", fresh, typing: typed)
            #expect(answer.status == status, "\(typed): \(answer.status)")
        }
        let lines = try await router.host.store.audit(AuditQuery(limit: 20)).filter {
            $0.entry.action == .orderRefunded
        }
        #expect(lines.count >= 1 && lines.allSatisfy { $0.entry.actor.name == "anna" })
        await router.stop()
    }

    @Test func `a developer who is support, too, moves no money of an app that is only seen`() async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        await router.addUser("dora", [.developer, .support])
        let (id, key) = try await paid(router, by: await router.consoleBrowser("anna"))
        let dora = await router.consoleBrowser("dora", inside: true)
        let own = try await paid(router, by: dora, app: "Other").id
        let page = await dora.get("/console/orders/\(id)")
        #expect(page.status == 200 && page.form(to: "/console/orders/\(id)/refund") == nil)
        for action in ["refund", "capture", "void", "check"] {
            let answer = await dora.submit(
                "/console/orders/\(id)/\(action)", [("form", dora.consoleToken(router))])
            #expect(answer.status == 403, "\(action): \(answer.status)")
        }
        let payment = await router.call("GET", "/v1/payments/\(id)", key: key).json
        #expect(payment["amount_refunded"] == 0)
        let form = try #require(await dora.get("/console/orders/\(own)").form(to: "/console/orders/\(own)/refund"))
        let refund = await dora.submit(
            "/console/orders/\(own)/refund", form, typing: ["amount": "2000", "reason": "mine"])
        #expect(refund.status == 303, "the own app's money is moved")
        await router.stop()
    }

    @Test func `support sees masked numbers and moves nothing; finance sees whole ones, which is written down`()
        async throws
    {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        await router.addUser("sam", [.support])
        await router.addUser("fin", [.finance])
        let (id, _) = try await paid(router, by: await router.consoleBrowser("anna"))
        let sam = await router.consoleBrowser("sam", inside: true)
        let page = await sam.get("/console/orders/\(id)")
        #expect(page.status == 200 && !page.text.contains("+22890000001") && page.text.contains("+228******01"))
        #expect(page.form(to: "/console/orders/\(id)/refund") == nil)
        let token = [("form", sam.consoleToken(router))]
        for action in ["refund", "phone", "check"] {
            #expect(await sam.submit("/console/orders/\(id)/\(action)", token).status == 403, "\(action)")
        }
        #expect(await sam.get("/console/orders-with-numbers.csv").status == 403)
        #expect(await sam.get("/console/orders.csv").status == 200)
        let fin = await router.consoleBrowser("fin", inside: true)
        let shown = await fin.submit("/console/orders/\(id)/phone", [("form", fin.consoleToken(router))])
        #expect(shown.text.contains("+22890000001"))
        let actions = try await router.host.store.audit(AuditQuery(limit: 30)).map {
            ($0.entry.action, $0.entry.actor.name)
        }
        #expect(
            actions.contains { $0 == (.phoneRevealed, "fin") } && actions.contains { $0 == (.ordersExported, "sam") })
        await router.stop()
    }

    @Test func `a review is ended by two people, and one human with an account and a token is one`() async throws {
        let router = try await RunningRouter()
        let token = await router.addPerson("Ada L.")
        await router.addUser("ada", [.finance], person: "Ada L.")
        await router.addUser("ben", [.finance])
        let fault: JSONValue = ["operator": "paygate", "operation": "payout", "count": 1, "fault": "drop_after"]
        #expect(await router.sandbox("PUT", "/_faults", fault) == 200)
        let body: JSONValue = [
            "amount": 4_321, "currency": "XOF", "channel": "flooz", "party": ["phone": "+22896000001"],
            "reference": .string("salary-" + UUID().uuidString),
        ]
        let made = await router.call("POST", "/v1/payouts", body, idempotencyKey: UUID().uuidString)
        let id = try #require(made.json["id"]?.stringValue)
        _ = await router.follow(path: "/v1/payouts/\(id)", polls: 15) { $0["status"] == "under_review" }
        let (ada, ben) = (
            await router.consoleBrowser("ada", inside: true), await router.consoleBrowser("ben", inside: true)
        )
        let path = "/console/reviews/\(id)/sign"
        let typed = [
            "finding": "executed", "operator_reference": "P-17", "because": "it stands on the statement",
            "document": "statement 11/30", "amount": "", "more": "no",
        ]
        func sign(_ browser: TestBrowser) async -> TestBrowser.Page {
            await browser.submit(path, [("form", browser.consoleToken(router))], typing: typed)
        }
        #expect(await sign(ada).location == "/console/reviews/\(id)?done=first")
        #expect(await sign(ada).status == 409, "the second approver is the first")
        let byToken = await router.sign(id, "executed", as: "Ada L.", token: token, reference: "P-17")
        #expect(byToken.status == 409, "a token of the same human is no second person")
        #expect(await router.call("GET", "/v1/payouts/\(id)").json["status"] == "under_review")
        #expect(await sign(ben).location == "/console/reviews/\(id)?done=second")
        #expect(await router.call("GET", "/v1/payouts/\(id)").json["status"] == "succeeded")
        // Whoever lost the role signs no more, and their first signature counts no more.
        _ = await router.admin("POST", "/users/ada/roles", ["roles": ["support"]])
        #expect(await router.admin("GET", "/people").json["data"]?.arrayValue?.first?["revoked_at"]?.stringValue != nil)
        await router.stop()
    }
}

extension TestBrowser.Page {
    /// What the form that leads to an address sends unless somebody types over it; `nil` if the page has none.
    func form(to address: String) -> [(String, String)]? {
        for (index, part) in text.components(separatedBy: "<form ").dropFirst().enumerated()
        where part.contains("action=\"\(address)\"") {
            return fields(index)
        }
        return nil
    }
}
