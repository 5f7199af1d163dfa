import Foundation
import Router
import Testing

@testable import Host

/// An operator that is known by its address, behind the reverse proxy that production needs.
@Suite("Notifications through a proxy", .timeLimit(.minutes(10)))
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
            var settings = object["settings"]?.objectValue ?? JSONObject()
            settings["operator_addresses"] = .array(addresses.map(JSONValue.string))
            object["settings"] = .object(settings)
            providers[index] = .object(object)
        }
        tree["providers"] = .array(providers)
        if let proxies { tree["trusted_proxies"] = .array(proxies.map(JSONValue.string)) }
        return JSONValue.object(tree).jsonText
    }

    /// One notification of success, and whether it is believed.
    private struct Told {
        var peer = "127.0.0.1"
        var headers: [(name: String, value: String)]
        var isSucceeded: Bool

        init(_ forwarded: String..., other: [(String, String)] = [], peer: String = "127.0.0.1", isSucceeded: Bool) {
            self.peer = peer
            self.isSucceeded = isSucceeded
            headers =
                forwarded.map { (name: "x-forwarded-for", value: $0) } + other.map { (name: $0.0, value: $0.1) }
        }
    }

    /// Tells each of a payment of its own.
    private func tell(listed: String, proxies: [String]? = nil, _ cases: Told...) async throws {
        let router = try await RunningRouter(configuration: Self.configuration([listed], proxies: proxies))
        for (number, told) in cases.enumerated() {
            let payment = await router.create(["amount": 5_000, "currency": "XOF", "channel": "tmoney-online"])
            let id = try #require(payment.json["id"]?.stringValue)
            let reference = try #require(payment.json["attempts"]?.arrayValue?.first?["reference"]?.stringValue)
            let query = "status=OK&error=&purchaseref=\(reference)&amount=5000&currency=952&payid=P\(number)"
            let answer = await router.call(
                "GET", "/callbacks/\(Self.provider)?\(query)", bytes: [], key: nil, type: nil, headers: told.headers,
                peer: told.peer)
            #expect(answer.status == 200)
            let end = await router.follow(id) { $0["status"] != "awaiting_customer" }
            // Where nobody can be asked, a person looks.
            let expected = told.isSucceeded ? "succeeded" : "under_review"
            #expect(end["status"]?.stringValue == expected, "\(listed) \(told.headers)")
        }
        #expect(try await router.books().isEmpty)
        await router.stop()
    }

    @Test
    func `this machine is the proxy where nothing is said: the operator behind it is believed, nobody else`()
        async throws
    {
        try await tell(
            listed: "203.0.113.7", Told("203.0.113.7", other: [("x-real-ip", "203.0.113.7")], isSucceeded: true),
            Told("198.51.100.66, ::ffff:203.0.113.7", isSucceeded: true),
            Told("203.0.113.7, 198.51.100.66", isSucceeded: false),
            Told("203.0.113.7", "198.51.100.66", isSucceeded: false),
            Told("203.0.113.7", peer: "198.51.100.66", isSucceeded: false))
    }

    @Test
    func `a peer on this machine that forwards nothing is the sandbox operator; one that forwards is not`()
        async throws
    {
        try await tell(
            listed: "127.0.0.1", Told(isSucceeded: true), Told("198.51.100.66", isSucceeded: false),
            Told(other: [("x-real-ip", "127.0.0.1")], isSucceeded: false), Told("unknown", isSucceeded: false))
    }

    @Test
    func `a named proxy is believed, and without one nobody is`() async throws {
        try await tell(
            listed: "203.0.113.7", proxies: ["10.1.0.0/16"], Told("203.0.113.7", peer: "10.1.0.5", isSucceeded: true),
            Told("203.0.113.7", peer: "127.0.0.1", isSucceeded: false))
        try await tell(listed: "203.0.113.7", proxies: [], Told("203.0.113.7", isSucceeded: false))
    }

    @Test
    func `a proxy that is not named is told about, and refusals for the address are counted`() async throws {
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
