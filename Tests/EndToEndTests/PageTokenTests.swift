import Foundation
import Router
import SQLiteStore
import Testing
import WebText

@testable import Host

/// Whoever copies the database gets no payer's page with it.
@Suite("Page tokens", .timeLimit(.minutes(10)))
struct PageTokenTests {
    /// The files of a store, with the log that is not emptied yet.
    private static func bytes(_ folder: String) throws -> Data {
        try ["", "-wal"].reduce(into: Data()) { all, end in
            let path = folder + "/payrouter.sqlite" + end
            if FileManager.default.fileExists(atPath: path) {
                all += try Data(contentsOf: URL(fileURLWithPath: path))
            }
        }
    }

    /// The secret half of a link's token.
    private static func signature(_ link: String?) throws -> String {
        let token = try #require(link).split(separator: "?t=").last.map(String.init) ?? ""
        let half = try #require(token.split(separator: "-").last.map(String.init))
        try #require(half.utf8.count == 32)
        return half
    }

    @Test
    func `no file of the store holds one in clear, whatever was done; the same link is told again`() async throws {
        let router = try await RunningRouter()
        let key = UUID().uuidString
        let bodies: [JSONValue] = [
            ["amount": 5_000, "currency": "XOF", "hosted": true],
            ["amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"]],
            ["amount": 10_001, "currency": "THB", "channel": "thai-wallets"],
            ["amount": 10_001, "currency": "THB", "channel": "promptpay", "reference": "order-7"],
        ]
        var links: [String] = []
        for (index, body) in bodies.enumerated() {
            let first = await router.call("POST", "/v1/payments", body, idempotencyKey: key + String(index))
            #expect([201, 202].contains(first.status), "\(first.json.jsonText)")
            let link = try #require(first.json["hosted_url"]?.stringValue)
            let again = await router.call("POST", "/v1/payments", body, idempotencyKey: key + String(index))
            #expect(again.json["hosted_url"]?.stringValue == link)
            links.append(link)
        }
        // A payer chooses on the page, and comes back to it from the operator's.
        let hosted = try #require(links.first?.split(separator: "/pay/").last.map { "/pay/" + $0 })
        let parts = hosted.split(separator: "?", maxSplits: 1)
        let chosen = await router.call(
            "POST", "\(parts[0])/choose?\(parts[1])", bytes: Array("channel=tmoney&phone=%2B22890000001".utf8),
            key: nil, type: "application/x-www-form-urlencoded")
        let half = try Self.signature(links[0])
        #expect(chosen.status == 303 && chosen.header("location")?.contains(half) == true)
        let id = String(parts[0].dropFirst("/pay/".count))
        let paid = await router.follow(id) { $0["status"] == "succeeded" }
        #expect(paid["hosted_url"]?.stringValue == links[0])
        _ = await router.call(
            "POST", "/v1/payments/\(id)/refunds", ["amount": 1_000], idempotencyKey: UUID().uuidString)
        let events = await router.call("GET", "/v1/events?limit=100").json.jsonText
        #expect(events.contains(half), "an event tells the link")
        for link in links {
            let half = try Self.signature(link)
            #expect(try Self.bytes(router.folder).range(of: Data(half.utf8)) == nil, "while it runs: \(link)")
            #expect(!router.logs.text.contains(half), "in the log")
        }
        await router.stop()
        for link in links {
            #expect(try Self.bytes(router.folder).range(of: Data(try Self.signature(link).utf8)) == nil, "\(link)")
        }
        // The next process makes the same link, and opens it.
        let next = try await RunningRouter(folder: router.folder)
        let order = await next.call("GET", "/v1/payments/\(id)").json
        #expect(try Self.signature(order["hosted_url"]?.stringValue) == half)
        #expect(await next.call("GET", hosted, key: nil).status == 200)
        await next.stop()
    }

    @Test(arguments: [true, false])
    func `links of before the upgrade come out the same, and leave the file`(_ copies: Bool) async throws {
        let (path, notes) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let old = String(decoding: try Self.bytes(path), as: UTF8.self)
        let tokens = Set(old.matches(of: /"page_token":"([0-9]+-[0-9a-f]{32})"/).map { String($0.output.1) })
        try #require(tokens.count > 5)
        let digits = try String(contentsOfFile: path + "/master.key", encoding: .utf8)
        let bytes = try #require(Hex.bytes(digits.trimmingCharacters(in: .whitespacesAndNewlines)))
        let master = try #require(MasterKey(bytes: bytes))
        var options = SQLiteStore.Options()
        options.copiesBeforeUpgrade = copies
        let store = try await SQLiteStore.open(
            path: path + "/payrouter.sqlite", master: master, options: options)
        let pages = HostedPages(store.dataKeys)
        var made: Set<String> = []
        for id in notes.values.compactMap({ OrderID($0) }) {
            guard let order = try await store.orderAggregate(id)?.order, let token = pages.token(order) else {
                continue
            }
            #expect(tokens.contains(token), "\(id)")
            #expect(pages.verify(token, id, at: order.createdAt) == .valid)
            #expect(pages.verify(token, id, at: order.deadline.adding(seconds: 86_400)) == .expired)
            made.insert(token)
        }
        #expect(!made.isEmpty)
        let running = try Self.bytes(path)
        await store.close()
        let closed = try Self.bytes(path)
        for half in try tokens.map({ Data(try Self.signature($0).utf8) }) {
            #expect(running.range(of: half) == nil && closed.range(of: half) == nil)
        }
    }
}
