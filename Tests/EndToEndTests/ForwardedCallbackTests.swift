import Foundation
import Router
import Testing

@testable import Host

/// An operator that is known by its address, behind the reverse proxy that production needs.
@Suite("Notifications through a proxy")
struct ForwardedCallbackTests {
    private static let provider = "tmoney-online-tg"

    private static func configuration(_ addresses: [String], proxies: [String]? = nil) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let text = try String(contentsOfFile: root + "/providers.json", encoding: .utf8)
        var tree = try #require(StrictJSON.parse(Array(text.utf8), maximumDepth: 32).objectValue)
        var providers = tree["providers"]?.arrayValue ?? []
        for (index, each) in providers.enumerated() where each["id"]?.stringValue == provider {
            var object = try #require(each.objectValue)
            var settings = try #require(object["settings"]?.objectValue)
            settings["operator_addresses"] = .array(addresses.map(JSONValue.string))
            object["settings"] = .object(settings)
            providers[index] = .object(object)
        }
        tree["providers"] = .array(providers)
        if let proxies { tree["trusted_proxies"] = .array(proxies.map(JSONValue.string)) }
        return JSONValue.object(tree).jsonText
    }

    /// What became of a payment after one notification of success.
    private func told(
        listed: [String], proxies: [String]? = nil, peer: String = "127.0.0.1", _ headers: [(String, String)],
        isSettled: Bool
    ) async throws {
        let router = try await RunningRouter(configuration: Self.configuration(listed, proxies: proxies))
        let payment = await router.create(["amount": 5_000, "currency": "XOF", "channel": "tmoney-online"])
        let id = try #require(payment.json["id"]?.stringValue)
        let reference = try #require(payment.json["attempts"]?.arrayValue?.first?["reference"]?.stringValue)
        let answer = await router.call(
            "GET",
            "/callbacks/\(Self.provider)?status=OK&error=&purchaseref=\(reference)&amount=5000&currency=952&payid=P1",
            bytes: [], key: nil, type: nil, headers: headers.map { (name: $0.0, value: $0.1) }, peer: peer)
        #expect(answer.status == 200)
        let end = await router.follow(id, polls: 4) { $0["status"] != "awaiting_customer" }
        #expect((end["status"] == "succeeded") == isSettled, "\(listed) \(headers) \(end["status"]?.jsonText ?? "")")
        if !isSettled { #expect(end["status"] == "under_review", "nobody can be asked, so a person looks") }
        #expect(try await router.books().isEmpty)
        await router.stop()
    }

    @Test("the operator is believed")
    func operatorThroughProxy() async throws {
        let listed = ["203.0.113.7"]
        try await told(
            listed: listed, [("x-forwarded-for", "203.0.113.7"), ("x-real-ip", "203.0.113.7")], isSettled: true)
        try await told(listed: listed, [("x-forwarded-for", "198.51.100.66, ::ffff:203.0.113.7")], isSettled: true)
        try await told(
            listed: listed, proxies: ["10.1.0.0/16"], peer: "10.1.0.5", [("x-forwarded-for", "203.0.113.7")],
            isSettled: true)
        try await told(listed: ["127.0.0.1"], [], isSettled: true)
    }

    @Test("nobody else is")
    func strangersThroughProxy() async throws {
        try await told(listed: ["127.0.0.1"], [("x-forwarded-for", "198.51.100.66")], isSettled: false)
        try await told(listed: ["203.0.113.7"], [("x-forwarded-for", "203.0.113.7, 198.51.100.66")], isSettled: false)
        try await told(
            listed: ["203.0.113.7"], [("x-forwarded-for", "203.0.113.7"), ("x-forwarded-for", "198.51.100.66")],
            isSettled: false)
        try await told(listed: ["127.0.0.1"], [("x-real-ip", "127.0.0.1")], isSettled: false)
        try await told(listed: ["127.0.0.1"], [("x-forwarded-for", "unknown")], isSettled: false)
        try await told(
            listed: ["203.0.113.7"], proxies: [], [("x-forwarded-for", "203.0.113.7")], isSettled: false)
        try await told(
            listed: ["203.0.113.7"], peer: "198.51.100.66", [("x-forwarded-for", "203.0.113.7")], isSettled: false)
    }

    @Test("a proxy that is not named is told about, and refusals for the address are counted")
    func telling() async throws {
        let router = try await RunningRouter(configuration: Self.configuration(["203.0.113.7"]))
        for _ in 1...3 {
            let query = "status=OK&error=&purchaseref=r&amount=5000&currency=952&payid=P1"
            _ = await router.call(
                "GET", "/callbacks/\(Self.provider)?\(query)", bytes: [], key: nil, type: nil,
                headers: [(name: "x-forwarded-for", value: "203.0.113.7")], peer: "198.51.100.66")
        }
        let request = APIRequest(
            method: "GET", path: "/metrics", id: RequestID(at: router.host.time.now, from: SystemRandom()))
        let metrics = String(decoding: await router.host.dispatcher.respond(to: request).body, as: UTF8.self)
        for line in [
            #"payrouter_alarms_total{kind="untrusted_forwarding"} 1"#,
            #"payrouter_callbacks_refused_total{provider="tmoney-online-tg",reason="address"} 3"#,
            #"payrouter_callbacks_total{provider="tmoney-online-tg",class="stranger",verdict="unmatched"} 1"#,
            #"payrouter_callbacks_total{provider="tmoney-online-tg",class="stranger",verdict="known"} 2"#,
            #"payrouter_inbox_open{class="stranger"} 1"#, #"payrouter_inbox_open{class="signed"} 0"#,
        ] { #expect(metrics.contains(line + "\n"), "\(line)") }
        let told = router.logs.text.split(separator: "\n").filter { $0.contains("callback_not_believed") }
        #expect(told.count == 1 && told.first?.contains("198.51.100.0/24") == true, "\(told)")
        #expect(!router.logs.text.contains("198.51.100.66"), "addresses are logged shortened")
        await router.stop()
    }
}
