import CurlTransport
import Foundation
import Router
import Testing

@testable import Host

/// Cards typed on the operator's own page, by payers without a token.
@Suite("Cards on the operator's page", .timeLimit(.minutes(10)))
struct CardPageTests {
    private static let hosted: JSONValue = [
        "amount": 2_500, "currency": "USD", "hosted": true,
        "return_urls": ["success": "https://shop.example/paid", "failure": "https://shop.example/failed"],
    ]

    /// A hosted payment whose payer has chosen cards.
    private struct Begun {
        let router: RunningRouter
        let id: String
        let token: String
        /// The operator's page.
        let page: String

        init(on router: RunningRouter, _ body: JSONValue = CardPageTests.hosted) async throws {
            let payment = await router.create(body).json
            self.router = router
            id = try #require(payment["id"]?.stringValue, "\(payment.jsonText)")
            token = String(try #require(payment["hosted_url"]?.stringValue?.split(separator: "?t=").last))
            let shown = await Self.text(router, id, token)
            #expect(shown.contains("value=\"card\""), "cards are offered")
            #expect(await Self.submit(router, "/pay/\(id)/choose?t=\(token)", "channel=card") == 303)
            let open = await router.follow(id) { $0["next_action"]?["type"] == "redirect" && $0["provider"] != .null }
            page = try #require(open["next_action"]?["url"]?.stringValue, "\(open.jsonText)")
        }

        func submit(_ form: String) async -> Int { await Self.submit(router, "/pay/\(id)/\(form)?t=\(token)", "") }

        func text() async -> String { await Self.text(router, id, token) }

        /// Types a card on the operator's page.
        func pay(_ number: String = "4242424242424242") async {
            let form = "number=\(number)&exp_month=12&exp_year=34&cvc=123&decision=pay"
            let request = WireRequest(
                .post, page, headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(form.utf8))
            _ = await router.host.transport.ask(request, terms: AskTerms(scope: ConnectionScope(owner: "payer")))
        }

        private static func submit(_ router: RunningRouter, _ path: String, _ form: String) async -> Int {
            await router.call(
                "POST", path, bytes: Array(form.utf8), key: nil, type: "application/x-www-form-urlencoded"
            ).status
        }

        private static func text(_ router: RunningRouter, _ id: String, _ token: String) async -> String {
            let request = APIRequest(
                method: "GET", path: "/pay/\(id)", query: "t=\(token)&lang=en", headers: [], body: [],
                peer: "127.0.0.1", id: RequestID(at: router.host.time.now, from: SystemRandom()))
            return String(decoding: await router.host.dispatcher.respond(to: request).body, as: UTF8.self)
        }
    }

    @Test
    func `a hosted payment in dollars is paid by a card that was typed there, and refunded`() async throws {
        let router = try await RunningRouter()
        let payer = try await Begun(on: router)
        #expect(payer.page.contains("/card/c/pay/cs_test_"))
        await payer.pay("4000000000000002")
        await payer.pay()
        let paid = await router.follow(payer.id) { $0["status"] == "succeeded" }
        #expect(paid["status"] == "succeeded" && paid["provider"] == "card-main", "\(paid.jsonText)")
        let refund = await router.call(
            "POST", "/v1/payments/\(payer.id)/refunds", ["amount": 1_000], idempotencyKey: UUID().uuidString)
        #expect(refund.json["status"] == "succeeded", "\(refund.json.jsonText)")
        #expect(try await router.entries().values.reduce(0, +) == 2)
        await router.stop()
    }

    @Test
    func `a cancel ends the operator's page; nobody can pay on it afterwards`() async throws {
        let router = try await RunningRouter()
        let payer = try await Begun(on: router)
        let cancelled = await router.call("POST", "/v1/payments/\(payer.id)/cancel")
        #expect(cancelled.json["status"] == "cancelled", "\(cancelled.json.jsonText)")
        await payer.pay()
        #expect(try await router.entries().isEmpty)
        await router.stop()
    }

    @Test
    func `the payer goes back to the choice, and the first page is dead`() async throws {
        let router = try await RunningRouter()
        let payer = try await Begun(on: router, ["amount": 5_000, "currency": "XOF", "hosted": true])
        #expect(await payer.text().contains("Pay another way"))
        #expect(await payer.submit("change") == 303)
        let again = await router.follow(payer.id) { $0["next_action"]?["url"]?.stringValue?.contains("/pay/") == true }
        #expect(again["status"] == "awaiting_customer", "\(again.jsonText)")
        #expect(await payer.text().contains("value=\"card\""))
        await payer.pay()
        #expect(try await router.entries().isEmpty)
        #expect(again["attempts"]?.arrayValue?.first?["state"] == "voided")
        await router.stop()
    }

    @Test
    func `at the deadline the page is ended, and only then the payment has failed`() async throws {
        let router = try await RunningRouter()
        let payer = try await Begun(
            on: router, ["amount": 2_500, "currency": "USD", "hosted": true, "expires_in": 10])
        let failed = await router.follow(payer.id, polls: 20) { $0["status"] == "failed" }
        #expect(failed["failure"]?["code"] == "expired", "\(failed.jsonText)")
        await payer.pay()
        #expect(try await router.entries().isEmpty)
        await router.stop()
    }

    @Test
    func `without another channel the page offers no other way, and the payer may still cancel`() async throws {
        let router = try await RunningRouter()
        let payer = try await Begun(on: router)
        let text = await payer.text()
        #expect(!text.contains("Pay another way") && text.contains(">Cancel<"))
        #expect(await payer.submit("cancel") == 303)
        let ended = await router.follow(payer.id) { $0["status"] == "cancelled" }
        #expect(ended["status"] == "cancelled")
        await router.stop()
    }

    @Test
    func `a payment on the channel card without a token opens the page at once; a token needs none`() async throws {
        let router = try await RunningRouter()
        let open = await router.create(["amount": 2_500, "currency": "USD", "channel": "card"])
        #expect(open.json["next_action"]?["url"]?.stringValue?.contains("/card/c/pay/") == true)
        let direct = await router.create([
            "amount": 2_500, "currency": "USD", "channel": "card", "source": ["token": "tok_visa"],
        ])
        #expect(direct.json["status"] == "succeeded" && direct.json["provider"] == "card-main")
        await router.stop()
    }
}
