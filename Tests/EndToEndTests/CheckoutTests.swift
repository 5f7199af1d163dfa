import CurlTransport
import Foundation
import Router
import Testing

@testable import Host

/// Money begun with a publishable key alone.
@Suite("Checkout waits for the shop", .timeLimit(.minutes(10)))
struct CheckoutTests {
    private static let togo = ["amount": "5000", "currency": "XOF", "channel": "tmoney"]
    private static let payer = ["channel": "tmoney", "phone": "+22890000001"]

    @Test
    func `a phone is prompted only after the shop accepted, and never at another amount`() async throws {
        let router = try await RunningRouter()
        let page = try #require(await CheckoutPage(on: router, Self.togo))
        #expect(await page.submit("choose", Self.payer) == 303)
        let waiting = await page.payment()
        #expect(waiting["status"] == "awaiting_acceptance" && waiting["acceptance"]?["accepted_at"] == .null)
        #expect(waiting["attempts"]?.arrayValue?.isEmpty == true)
        #expect(await page.text().contains("Waiting for the shop"))
        let listed = await router.call("GET", "/v1/payments?status=awaiting_acceptance").json
        #expect(listed["data"]?.arrayValue?.map { $0["id"]?.stringValue } == [page.id])
        for (amount, currency) in [(Int64(4_999), "XOF"), (5_001, "XOF"), (5_000, "XAF"), (1, "XOF"), (5_000, "TND")] {
            let refused = await page.accept(amount, currency)
            #expect(refused.status == 409 && refused.json["code"] == "acceptance_mismatch", "\(amount) \(currency)")
            #expect(refused.json["amount"] == 5_000 && refused.json["currency"] == "XOF")
        }
        let foreign = await page.accept(5_000, "ZZZ")
        #expect(foreign.status == 422 && foreign.json["code"] == "unsupported_currency")
        #expect(try await router.books().isEmpty)
        #expect(await page.payment()["attempts"]?.arrayValue?.isEmpty == true)
        let key = UUID().uuidString
        let accepted = await page.accept(5_000, "XOF", key: key)
        #expect(accepted.status == 200 && accepted.json["acceptance"]?["accepted_at"]?.stringValue != nil)
        let again = await page.accept(5_000, "XOF", key: key)
        #expect(again.status < 300 && again.header("idempotent-replayed") == "true")
        #expect(await page.accept(5_000, "XOF").status == 200)
        let paid = await router.follow(page.id) { $0["status"] == "succeeded" }
        #expect(paid["status"] == "succeeded")
        #expect(try await router.books().values.reduce(0, +) == 1)
        await router.stop()
    }

    @Test
    func `a code is sent by the shop, with the amount it expects, and is stored nowhere`() async throws {
        let router = try await RunningRouter()
        let page = try #require(
            await CheckoutPage(on: router, ["amount": "7000", "currency": "TND", "channel": "flouci-code"]))
        #expect(await page.submit("choose", ["channel": "flouci-code"]) == 303)
        let waiting = await page.payment()
        #expect(waiting["status"] == "awaiting_acceptance" && waiting["next_action"]?["type"] == "show_qr")
        #expect(await page.submit("confirm", ["code": "111111"]) == 422, "the page alone sends nothing")
        let early = await page.confirm("111111")
        #expect(early.status == 409 && early.json["code"] == "acceptance_required")
        for (amount, currency) in [(Int64(1), "TND"), (7_001, "TND"), (7_000, "XOF")] {
            let refused = await page.confirm("111111", amount, currency)
            #expect(refused.status == 409 && refused.json["code"] == "acceptance_mismatch")
        }
        let half = await page.confirm("111111", 7_000, nil)
        #expect(half.status == 400 && half.json["code"] == "invalid_request")
        #expect(try await router.sandboxRequests("code") == 0)
        #expect(try await router.books().isEmpty)
        let paid = await page.confirm("111111", 7_000, "TND")
        #expect(paid.status == 200 && paid.json["status"] == "succeeded", "\(paid.json.jsonText)")
        #expect(try await router.books().values.reduce(0, +) == 1)
        await router.stop()
    }

    @Test
    func `what can be held is held, and collected when the shop accepts`() async throws {
        let router = try await RunningRouter()
        let page = try #require(
            await CheckoutPage(on: router, ["amount": "1001", "currency": "TND", "channel": "flouci"]))
        #expect(await page.submit("choose", ["channel": "flouci"]) == 303)
        var payer = SandboxPayer(on: router)
        let held = await payer.follow(await page.payment(), path: "/v1/payments/\(page.id)", polls: 20) {
            $0["status"] == "awaiting_acceptance"
        }
        #expect(held["status"] == "awaiting_acceptance" && held["amount_collected"] == 0)
        #expect(try await router.books().isEmpty)
        let captured = await router.call(
            "POST", "/v1/payments/\(page.id)/capture", [:], idempotencyKey: UUID().uuidString)
        #expect(captured.status == 409 && captured.json["code"] == "acceptance_required")
        #expect(await page.accept(1_000, "TND").status == 409)
        #expect(try await router.books().isEmpty)
        let accepted = await page.accept(1_001, "TND")
        #expect(accepted.status < 300)
        let paid = await router.follow(page.id, polls: 20) { $0["status"] == "succeeded" }
        #expect(paid["status"] == "succeeded" && paid["amount_collected"] == 1_001)
        #expect(try await router.books().values.reduce(0, +) == 1)
        await router.stop()
    }

    @Test
    func `a payer may give up while the shop has not answered; nothing can be accepted afterwards`() async throws {
        let router = try await RunningRouter()
        let page = try #require(await CheckoutPage(on: router, Self.togo))
        _ = await page.submit("choose", Self.payer)
        #expect(await page.submit("cancel") == 303)
        #expect(await page.payment()["status"] == "cancelled")
        let late = await page.accept(5_000, "XOF")
        #expect(late.status == 409 && late.json["code"] == "payment_state_conflict")
        #expect(try await router.books().isEmpty)
        await router.stop()
    }

    @Test
    func `a page that was opened without a nonce has one, and its button makes one payment`() async throws {
        let router = try await RunningRouter()
        let fields = "key=\(KeyRing.demoPublishableKey)&amount=5000&currency=XOF"
        func page() async -> String {
            let request = APIRequest(
                method: "GET", path: "/checkout", query: fields,
                id: RequestID(at: .init(milliseconds: 0), from: SystemRandom()))
            return String(decoding: await router.host.dispatcher.respond(to: request).body, as: UTF8.self)
        }
        let nonce = try #require(await page().firstMatch(of: /name="nonce" value="([0-9a-z]{16,64})"/)?.1)
        #expect(await !page().contains(nonce))
        let form = Array("\(fields)&nonce=\(nonce)".utf8)
        var places: Set<String> = []
        for _ in 0..<2 {
            let made = await router.call(
                "POST", "/checkout", bytes: form, key: nil, type: "application/x-www-form-urlencoded")
            #expect(made.status == 303)
            places.insert(made.header("location") ?? "")
        }
        #expect(places.count == 1)
        #expect(await router.call("GET", "/v1/payments").json["data"]?.arrayValue?.count == 1)
        await router.stop()
    }

    @Test
    func `a payment's id opens nothing, with any key`() async throws {
        let router = try await RunningRouter()
        let payment = await router.create(["amount": 5_000, "currency": "XOF", "channel": "tmoney", "hosted": true])
            .json
        let id = payment["id"]?.stringValue ?? ""
        for key in [KeyRing.demoPublishableKey, KeyRing.demoKey] {
            let answer = await router.call("GET", "/checkout?key=\(key)&payment=\(id)", key: nil)
            #expect(answer.status == 400 && answer.header("location") == nil, "\(key)")
        }
        let body = Array("key=\(KeyRing.demoPublishableKey)&payment=\(id)".utf8)
        let posted = await router.call(
            "POST", "/checkout", bytes: body, key: nil, type: "application/x-www-form-urlencoded")
        #expect(posted.status == 400 && posted.header("location") == nil)
        await router.stop()
    }

    @Test
    func `what a secret key began needs no acceptance; the amounts are compared all the same`() async throws {
        let router = try await RunningRouter()
        let payment = await router.create([
            "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
        ]).json
        #expect(payment["acceptance"] == .null)
        let path = "/v1/payments/\(payment["id"]?.stringValue ?? "")/accept"
        let right = await router.call(
            "POST", path, ["amount": 5_000, "currency": "XOF"], idempotencyKey: UUID().uuidString)
        #expect(right.status == 200)
        let wrong = await router.call(
            "POST", path, ["amount": 4_000, "currency": "XOF"], idempotencyKey: UUID().uuidString)
        #expect(wrong.status == 409 && wrong.json["code"] == "acceptance_mismatch")
        let open = await router.call(
            "POST", path, ["amount": 5_000, "currency": "XOF"], key: KeyRing.demoPublishableKey,
            idempotencyKey: UUID().uuidString)
        #expect(open.status == 403, "a publishable key accepts nothing")
        await router.stop()
    }

    @Test
    func `an app may take the risk, by a setting that says so, and give it up again`() async throws {
        let router = try await RunningRouter()
        #expect(await router.control("/apps")["data"]?.arrayValue?.first?["takes_unaccepted"] == false)
        for (setting, status) in [("allow-unaccepted", "succeeded"), ("require-acceptance", "awaiting_acceptance")] {
            let request = APIRequest(
                method: "POST", path: "/apps/demo/\(setting)", query: "", headers: [], body: [], peer: "",
                id: RequestID(at: router.host.time.now, from: SystemRandom()))
            #expect(await router.host.control.respond(to: request).status == 200)
            let page = try #require(await CheckoutPage(on: router, Self.togo))
            _ = await page.submit("choose", Self.payer)
            let end = await router.follow(page.id) { $0["status"]?.stringValue == status }
            #expect(end["status"]?.stringValue == status)
        }
        await router.stop()
    }
}
