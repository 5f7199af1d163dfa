import Foundation
import Router
import Testing

@testable import Host

/// Whose wallet is prompted, through the sandbox operators.
@Suite("The payer's own wallet", .timeLimit(.minutes(10))) struct WalletTests {
    private func pay(_ router: RunningRouter, _ phone: String, _ more: [String: JSONValue] = [:]) async -> JSONValue {
        var body = JSONObject([
            .init("amount", 5_000), .init("currency", "XOF"), .init("customer", ["phone": .string(phone)]),
        ])
        for (name, value) in more { body[name] = value }
        return await router.create(.object(body)).json
    }

    @Test
    func `without a channel the number's own wallet is prompted`() async throws {
        let router = try await RunningRouter()
        for (phone, channel) in [
            ("+22890000001", "tmoney"), ("+22896000001", "flooz"), ("+22899112233", "flooz"),
            ("+22870112233", "tmoney"),
        ] {
            let payment = await pay(router, phone)
            #expect(payment["channel"] == .string(channel), "\(phone): \(payment.jsonText)")
            for channels in [.null, ["tmoney", "flooz"], ["flooz", "tmoney"]] as [JSONValue] {
                let route = await router.call(
                    "POST", "/v1/routes/explain",
                    ["amount": 5_000, "currency": "XOF", "channel": channels, "customer": ["phone": .string(phone)]])
                let plan = route.json["plan"]?.arrayValue ?? []
                #expect(
                    !plan.isEmpty && plan.allSatisfy { $0["channel"] == .string(channel) }, "\(route.json.jsonText)")
            }
        }
        #expect(await pay(router, "+22899112233", ["channel": "tmoney"])["channel"] == "tmoney", "numbers are ported")
        await router.stop()
    }

    @Test
    func `before another operator's wallet is prompted, the payer is asked`() async throws {
        let text = try String(contentsOfFile: Self.root + "/providers.json", encoding: .utf8)
        // One rule for all of Togo; the direct way to TMoney is closed.
        let rule = #"""
            { "name": "Togo", "when": { "currency": "XOF" },
              "use": { "strategy": "priority", "providers": ["tmoney-tg", "flooz-tg"] } },
            """#
        let router = try await RunningRouter(
            configuration: text.replacing("\"rules\": [", with: "\"rules\": [" + rule, maxReplacements: 1))
        _ = await router.sandbox(
            "PUT", "/_faults",
            ["operator": "tmoney", "operation": "login", "count": 50, "fault": "status", "status": 503])
        let created = await pay(router, "+22890112233")
        let id = created["id"]?.stringValue ?? ""
        let payment = await router.follow(id) { $0["status"] == "awaiting_customer" }
        let tried = payment["attempts"]?.arrayValue?.compactMap { $0["channel"]?.stringValue } ?? []
        #expect(tried == ["tmoney"], "\(payment.jsonText)")
        #expect(payment["next_action"]?["type"] == "redirect")
        #expect(payment["next_action"]?["url"] == payment["hosted_url"])
        #expect(try await router.entries().isEmpty)
        let page = try #require(payment["hosted_url"]?.stringValue?.split(separator: "/pay/").last)
        let parts = page.split(separator: "?t=")
        let chosen = await router.call(
            "POST", "/pay/\(parts[0])/choose?t=\(parts[1])", bytes: Array("channel=flooz".utf8), key: nil,
            type: "application/x-www-form-urlencoded")
        #expect(chosen.status == 303, "\(chosen.status)")
        let after = await router.follow(id) { $0["channel"] == "flooz" }
        #expect(after["channel"] == "flooz" && after["status"] != "failed", "\(after.jsonText)")
        await router.stop()
    }

    @Test
    func `channels say whether they suit the number`() async throws {
        let router = try await RunningRouter()
        let list = await router.call("GET", "/v1/channels?amount=5000&currency=XOF&phone=%2B22899112233").json
        var suits: [String: JSONValue] = [:]
        for channel in list["data"]?.arrayValue ?? [] {
            for provider in channel["providers"]?.arrayValue ?? [] {
                suits[channel["channel"]?.stringValue ?? ""] = provider["suits_phone"]
            }
        }
        #expect(
            suits["flooz"] == true && suits["tmoney"] == false && suits["tmoney-online"] == .null
                || suits["tmoney-online"] == false)
        let open = await router.call("GET", "/v1/channels?amount=5000&currency=XOF").json
        let all = open["data"]?.arrayValue?.flatMap { $0["providers"]?.arrayValue ?? [] } ?? []
        #expect(!all.isEmpty && all.allSatisfy { $0["suits_phone"] == .null })
        await router.stop()
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
}
