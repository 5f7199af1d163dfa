import Foundation
import Router
import Testing

@testable import Host

/// A router whose configuration is changed while it runs: real file, real store, real wire.
@Suite(.timeLimit(.minutes(10)))
struct ConfigurationChangeTests {
    private static let order: JSONValue = [
        "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
    ]

    private static func file(_ providers: String..., more: String = "") -> String {
        let kinds = ["tmoney-tg": "tmoney", "paygate-tg": "paygate", "flooz-tg": "flooz"]
        let named = providers.map {
            #"{"id": "\#($0)", "kind": "\#(kinds[$0] ?? "")", "environment": "sandbox"}"#
        }
        let members = providers.map { "\"\($0)\"" }.joined(separator: ", ")
        return #"""
            {"providers": [\#(named.joined(separator: ", "))], \#(more)
             "routing": {"rules": [], "otherwise": {"strategy": "priority", "providers": [\#(members)]}}}
            """#
    }

    private static func write(_ router: RunningRouter, _ text: String) throws {
        try text.write(toFile: router.folder + "/providers.json", atomically: true, encoding: .utf8)
    }

    private static func wait(_ router: RunningRouter, until holds: () async -> Bool) async -> Bool {
        let end = router.host.time.now.adding(seconds: 20)
        while router.host.time.now < end {
            if await holds() { return true }
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 50))
        }
        return await holds()
    }

    private static func active(_ router: RunningRouter) -> Int64? { router.host.engine.configuration?.number }

    private static func decidedOn(_ router: RunningRouter, _ id: String) async throws -> Int64? {
        let order = try #require(OrderID(id))
        return try await router.host.store.orderAggregate(order)?.order.configuration
    }

    @Test
    func `a changed file is worked with, what is not known ends where it began, and it can be taken back`() async throws
    {
        let router = try await RunningRouter(configuration: Self.file("tmoney-tg"))
        #expect(Self.active(router) == 1)
        let lost: JSONValue = ["operator": "tmoney", "operation": "collect", "count": 1, "fault": "drop_after"]
        #expect(await router.sandbox("PUT", "/_faults", lost) == 200)
        let first = await router.create(Self.order).json["id"]?.stringValue ?? ""
        try Self.write(router, Self.file("paygate-tg"))
        #expect(await Self.wait(router) { Self.active(router) == 2 })
        #expect(router.host.engine.providers["tmoney-tg"]?.isRemoved == true)
        let second = await router.create(Self.order).json["id"]?.stringValue ?? ""
        let paid = await router.follow(first) { $0["status"] == "succeeded" }
        #expect(paid["status"] == "succeeded" && paid["provider"] == "tmoney-tg")
        let other = await router.follow(second) { $0["status"] == "succeeded" }
        #expect(other["status"] == "succeeded" && other["provider"] == "paygate-tg")
        #expect(try await Self.decidedOn(router, first) == 1)
        #expect(try await Self.decidedOn(router, second) == 2)
        let back = await router.admin("POST", "/v1/admin/config/rollback", ["because": "as before"])
        #expect(back.status == 200 && back.json["rollback"] == true && back.json["number"] == 1, "\(back.json)")
        let third = await router.create(Self.order).json["id"]?.stringValue ?? ""
        #expect(await router.follow(third) { $0["status"] == "succeeded" }["provider"] == "tmoney-tg")
        #expect(try await router.entries().values.reduce(0, +) == 3)
        await router.stop()
    }

    @Test
    func `a channel that a version brings is known at once, and one that it takes away is not any more`() async throws {
        let router = try await RunningRouter(configuration: Self.file("tmoney-tg"))
        let flooz: JSONValue = [
            "amount": 5_000, "currency": "XOF", "channel": "flooz", "customer": ["phone": "+22896000001"],
        ]
        #expect(await router.create(flooz).json["code"] == "unknown_channel")
        try Self.write(router, Self.file("flooz-tg"))
        #expect(await Self.wait(router) { Self.active(router) == 2 })
        #expect(await router.create(flooz).status == 201)
        #expect(await router.create(Self.order).json["code"] == "unknown_channel")
        let channels = await router.call("GET", "/v1/channels").json["data"]?.arrayValue ?? []
        #expect(channels.map { $0["channel"] } == ["flooz"])
        await router.stop()
    }

    @Test
    func `an invalid file changes nothing, is told of once, and people are called`() async throws {
        let router = try await RunningRouter(configuration: Self.file("tmoney-tg"))
        try Self.write(router, Self.file("tmoney-tg").replacing("priority", with: "prioritee"))
        #expect(await Self.wait(router) { await router.metrics.contains("configuration_refused") })
        await router.host.time.sleep(until: router.host.time.now.adding(seconds: 3))
        #expect(await router.metrics.contains(#"payrouter_alarms_total{kind="configuration_refused"} 1"#))
        #expect(Self.active(router) == 1)
        #expect(await router.create(Self.order).status == 201)
        try Self.write(router, Self.file("tmoney-tg", "paygate-tg"))
        #expect(await Self.wait(router) { Self.active(router) == 2 })
        await router.stop()
    }

    @Test
    func `people try, activate and are recorded; of two that expect the same, one is done`() async throws {
        let router = try await RunningRouter(
            configuration: Self.file("tmoney-tg", more: #""activate_on_change": false,"#))
        let token = await router.addPerson("Ama")
        func tried(_ file: String) async -> RunningRouter.Answer {
            await router.admin(
                "POST", "/v1/admin/config/versions",
                ["file": .string(file), "as": "Ama", "token": .string(token), "because": "a second operator"])
        }
        let bad = await tried("{}")
        #expect(
            bad.status == 400 && bad.json["detail"]?.stringValue?.contains("one error in the file") == true,
            "\(bad.json)")
        let second = await tried(Self.file("tmoney-tg", "paygate-tg"))
        #expect(second.status == 201 && second.json["version"]?["number"] == 2, "\(second.json)")
        #expect(second.json["difference"]?["providers"]?["added"] == ["paygate-tg"])
        #expect(await tried(Self.file("paygate-tg")).json["version"]?["number"] == 3)
        func activate(_ number: Int, _ more: [(String, JSONValue)]) async -> RunningRouter.Answer {
            let body = JSONObject(
                ([("as", "Ama"), ("token", .string(token)), ("expected_active", 1)] + more).map { .init($0.0, $0.1) })
            return await router.admin("POST", "/v1/admin/config/versions/\(number)/activate", .object(body))
        }
        #expect(await router.admin("POST", "/v1/admin/config/versions/2/activate", ["untried": true]).status == 400)
        #expect(await activate(2, []).status == 409, "it was tried on nothing")
        async let one = activate(2, [("untried", true)])
        async let other = activate(3, [("untried", true)])
        #expect(await [one, other].map(\.status).sorted() == [200, 409])
        let list = await router.admin("GET", "/v1/admin/config/versions").json["data"]?.arrayValue ?? []
        #expect(list.map { $0["number"] } == [3, 2, 1])
        #expect(list.filter { $0["active"] == true }.map { $0["activated_by"] } == ["Ama"])
        await router.stop()
    }

    @Test
    func `a start runs the version that was activated last, and makes the removed provider again`() async throws {
        let manual = #""activate_on_change": false,"#
        let router = try await RunningRouter(configuration: Self.file("tmoney-tg", more: manual))
        // Nobody answers this phone.
        var order = Self.order.objectValue ?? JSONObject()
        order["customer"] = ["phone": "+22890112233"]
        let open = await router.create(.object(order)).json["id"]?.stringValue ?? ""
        let made = await router.admin(
            "POST", "/v1/admin/config/versions", ["file": .string(Self.file("paygate-tg", more: manual))])
        #expect(made.json["version"]?["number"] == 2, "\(made.json)")
        #expect(await router.admin("POST", "/v1/admin/config/versions/2/activate", ["untried": true]).status == 200)
        await router.stop()
        let again = try await RunningRouter(
            configuration: Self.file("tmoney-tg", more: manual), folder: router.folder)
        #expect(Self.active(again) == 2)
        #expect(
            again.host.notes.contains { $0.contains("differs from version 2 of the configuration") },
            "\(again.host.notes)")
        #expect(again.host.engine.missingProviders.isEmpty)
        #expect(again.host.engine.providers["tmoney-tg"]?.isRemoved == true)
        let still = await again.call("GET", "/v1/payments/\(open)").json
        #expect(still["status"] != "under_review", "\(still)")
        #expect(
            await again.follow(await again.create(Self.order).json["id"]?.stringValue ?? "") {
                $0["status"] == "succeeded"
            }["provider"] == "paygate-tg")
        await again.stop()
    }

    @Test
    func `a changed secret is used without a restart, and the rest of the provider lives on`() async throws {
        let folder = NSTemporaryDirectory() + "payrouter-secret-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let secret = folder + "/password"
        try "demo-password".write(toFile: secret, atomically: true, encoding: .utf8)
        let file = Self.file("tmoney-tg").replacing(
            #""environment": "sandbox""#, with: #""environment": "sandbox", "secrets": {"password": "file:\#(secret)"}"#
        )
        let router = try await RunningRouter(configuration: file)
        let before = try #require(router.host.engine.providers["tmoney-tg"])
        await router.host.time.sleep(until: router.host.time.now.adding(seconds: 2))
        try "another-password".write(toFile: secret, atomically: true, encoding: .utf8)
        #expect(await Self.wait(router) { router.host.engine.providers["tmoney-tg"] !== before })
        let after = try #require(router.host.engine.providers["tmoney-tg"])
        #expect(after.definition?.secrets != before.definition?.secrets)
        #expect(Self.active(router) == 1)
        await router.stop()
    }
}
