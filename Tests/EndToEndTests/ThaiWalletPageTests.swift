import CurlTransport
import Foundation
import Router
import Testing

@testable import Host
@testable import Providers

/// A payment that allows several wallets of one operator's page.
@Suite("Wallets chosen on an operator's page", .timeLimit(.minutes(10)))
struct ThaiWalletPageTests {
    private static let several: JSONValue = [
        "amount": 50_000, "currency": "THB", "channel": ["linepay", "promptpay"],
        "return_urls": ["success": "https://shop.example/paid", "failure": "https://shop.example/failed"],
    ]

    /// A router that reaches the wallets through one provider.
    private static func router(_ provider: String) async throws -> RunningRouter {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let text = try String(contentsOfFile: root + "/providers.json", encoding: .utf8)
        return try await RunningRouter(
            configuration: text.replacing(
                #""providers": ["ksher-rsa-barcode-th", "ksher-rsa-th", "ksher-th"]"#,
                with: "\"providers\": [\"\(provider)\"]"))
    }

    /// The operator's page as a browser sees it, after a decision if one is sent.
    private static func page(_ router: RunningRouter, _ url: String, deciding wallet: String? = nil) async -> String {
        var request = WireRequest(.get, url)
        if let wallet {
            request = WireRequest(
                .post, url, headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
                body: Array("decision=\(wallet)".utf8))
        }
        let reply = try? await router.host.transport.ask(
            request, terms: AskTerms(scope: ConnectionScope(owner: "payer"))
        ).get()
        return reply.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
    }

    private static func wallets(_ page: String) -> [String] {
        page.split(separator: "Pay with ").dropFirst().map { String($0.prefix { $0 != "<" && $0 != "\"" }) }
    }

    @Test(arguments: ["ksher-th", "ksher-rsa-th"])
    func `the list reaches the operator's page, and what its wallet cannot give back is refused at once`(
        provider: String
    ) async throws {
        let router = try await Self.router(provider)
        let explained = await router.call("POST", "/v1/routes/explain", Self.several)
        #expect(explained.json["candidates"]?.arrayValue?.last?["choices"] == ["linepay", "promptpay"])
        let payment = await router.create(Self.several).json
        #expect(payment["channel"] == "thai-wallets" && payment["provider"]?.stringValue == provider)
        let url = try #require(payment["next_action"]?["url"]?.stringValue, "\(payment.jsonText)")
        #expect(Self.wallets(await Self.page(router, url)) == ["linepay", "promptpay"])
        _ = await Self.page(router, url, deciding: "promptpay")
        let id = try #require(payment["id"]?.stringValue)
        let paid = await router.follow(id) { $0["status"] == "succeeded" }
        #expect(paid["status"] == "succeeded", "\(paid.jsonText)")
        let refund = await router.call(
            "POST", "/v1/payments/\(id)/refunds", ["amount": 20_000], idempotencyKey: UUID().uuidString)
        #expect(refund.status == 201 && refund.json["status"] == "failed", "\(refund.json.jsonText)")
        #expect(refund.json["failure"]?["code"] == "invalid_request")
        #expect(refund.json["failure"]?["provider_code"] == "promptpay")
        let whole = await router.call("GET", "/v1/payments/\(id)").json
        #expect(whole["amount_refundable"] == 50_000)
        #expect(try await router.entries().keys.map(\.kind) == ["collect"])
        await router.stop()
    }

    @Test
    func `what a wallet of the page can give back is given back`() async throws {
        let router = try await Self.router("ksher-th")
        let payment = await router.create(Self.several).json
        let url = try #require(payment["next_action"]?["url"]?.stringValue)
        _ = await Self.page(router, url, deciding: "linepay")
        let id = try #require(payment["id"]?.stringValue)
        _ = await router.follow(id) { $0["status"] == "succeeded" }
        let refund = await router.call(
            "POST", "/v1/payments/\(id)/refunds", ["amount": 20_000], idempotencyKey: UUID().uuidString)
        #expect(refund.json["status"] == "succeeded", "\(refund.json.jsonText)")
        await router.stop()
    }

    @Test
    func `the hosted page offers the list, and the operator's page then the one that was chosen`() async throws {
        let router = try await Self.router("ksher-rsa-th")
        var body = try #require(Self.several.objectValue)
        body["hosted"] = true
        let payment = await router.create(.object(body)).json
        let id = try #require(payment["id"]?.stringValue)
        let token = try #require(payment["hosted_url"]?.stringValue?.split(separator: "?t=").last)
        let page = APIRequest(
            method: "GET", path: "/pay/\(id)", query: "t=\(token)&lang=en", headers: [], body: [], peer: "127.0.0.1",
            id: RequestID(at: router.host.time.now, from: SystemRandom()))
        let text = String(decoding: await router.host.dispatcher.respond(to: page).body, as: UTF8.self)
        let offered = text.split(separator: "name=\"channel\" value=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(offered == ["linepay", "promptpay"])
        let chosen = await router.call(
            "POST", "/pay/\(id)/choose?t=\(token)", bytes: Array("channel=promptpay".utf8), key: nil,
            type: "application/x-www-form-urlencoded")
        #expect(chosen.status == 303)
        let open = await router.follow(id) { $0["next_action"]?["type"] != .null && $0["channel"] == "promptpay" }
        #expect(open["channel"] == "promptpay", "\(open.jsonText)")
        await router.stop()
    }
}
