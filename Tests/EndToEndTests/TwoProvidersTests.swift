import Foundation
import Router
import Testing

@testable import Host

/// One wallet reached through two operators: directly, and through an aggregator.
@Suite("Two providers for one channel", .timeLimit(.minutes(10)))
struct TwoProvidersTests {
    private static let order: JSONValue = [
        "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
        "reference": "order-1",
    ]

    private static func router() async throws -> RunningRouter {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let text = try String(contentsOfFile: root + "/providers.json", encoding: .utf8)
        return try await RunningRouter(
            configuration: text.replacing(
                #""providers": ["tmoney-tg"]"#, with: #""providers": ["tmoney-tg", "paygate-tg"]"#))
    }

    private static func disturb(
        _ router: RunningRouter, _ fault: String, _ operation: String, _ status: Int64? = nil
    )
        async
    {
        let body: JSONValue = [
            "operator": "tmoney", "operation": .string(operation), "count": 50, "fault": .string(fault),
            "status": status.map { JSONValue($0) } ?? .null,
        ]
        #expect(await router.sandbox("PUT", "/_faults", body.withoutNulls) == 200)
    }

    private static func providers(_ payment: JSONValue) -> [String] {
        (payment["attempts"]?.arrayValue ?? []).compactMap { $0["provider"]?.stringValue }
    }

    @Test
    func `what was certainly not sent goes on through the other`() async throws {
        let router = try await Self.router()
        await Self.disturb(router, "status", "login", 503)
        let id = await router.create(Self.order).json["id"]?.stringValue ?? ""
        let paid = await router.follow(id) { $0["status"] == "succeeded" }
        #expect(paid["status"] == "succeeded" && paid["provider"] == "paygate-tg")
        #expect(Self.providers(paid) == ["tmoney-tg", "paygate-tg"])
        #expect(try await router.entries().values.reduce(0, +) == 1)
        await router.stop()
    }

    @Test(arguments: ["drop_after", "garbage"])
    func `what may have happened is never tried through the other`(fault: String) async throws {
        let router = try await Self.router()
        await Self.disturb(router, fault, "collect")
        await Self.disturb(router, "drop_after", "check")
        let id = await router.create(Self.order).json["id"]?.stringValue ?? ""
        let ended = await router.follow(id) { ["succeeded", "under_review"].contains($0["status"]?.stringValue) }
        #expect(Self.providers(ended) == ["tmoney-tg"] && ended["status"] != "failed")
        #expect(try await router.entries().values.reduce(0, +) == 1)
        await router.stop()
    }

    @Test
    func `a second wish for the same order prompts nobody, whichever provider it would take`() async throws {
        let router = try await Self.router()
        // Nobody answers this phone, so that the first wish stays open.
        var order = Self.order.objectValue ?? JSONObject()
        order["customer"] = ["phone": "+22890112233"]
        let first = await router.create(.object(order))
        #expect([201, 202].contains(first.status))
        // The direct way is closed now, so that the router would choose the aggregator.
        await Self.disturb(router, "status", "login", 503)
        let second = await router.create(.object(order))
        #expect(second.status == 409 && second.json["code"] == "possible_duplicate", "\(second.json.jsonText)")
        #expect(second.json["payment_id"] == first.json["id"])
        order["reference"] = "order-2"
        #expect([201, 202].contains(await router.create(.object(order)).status), "another order is another wish")
        await router.stop()
    }
}
