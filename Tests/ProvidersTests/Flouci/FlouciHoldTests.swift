import Router
import Testing

@testable import Providers

@Suite("Flouci: refunds, holds, shares and version 1")
struct FlouciHoldTests {
    let provider: FlouciPageProvider
    private static let root = "http://127.0.0.1:8090/op/api/v2/"

    init() throws { provider = try Sample.configured("flouci page") }

    private func reply(_ body: JSONValue, status: Int = 200) -> WireReply {
        WireReply(status: status, body: body.serialized())
    }

    private static let opened: JSONValue = [
        "result": ["payment_id": "abcdef", "link": "https://flouci.com/pay/abcdef"]
    ]
    private static let paymentID: JSONValue = "FoPKKHqfQIKfBqhEj8M47A"

    @Test
    func `holding is a member of the opening call, in the spelling of the settings`() async throws {
        var order = try Sample.order(for: "flouci page")
        order.capturesLater = true
        let older: FlouciPageProvider = try Sample.provider(
            "flouci", ["pre_authorization_field": "pre_auth", "hold_seconds": 7_200])
        for (provider, field) in [(provider, "pre_authorization"), (older, "pre_auth")] {
            let wire = ScriptedWire(Self.opened)
            _ = try await provider.prepare(order, asking: wire)
            let body = try StrictJSON.parse(try #require(wire.questions.first).body)
            #expect(body[field] == true && body["destination"] == nil)
        }
        #expect(older.manifest.authorization?.lifetimeSeconds == 7_200)
        #expect(provider.manifest.authorization?.lifetimeSeconds == 86_400)
    }

    @Test
    func `parts of a payment never make more than the payment`() async throws {
        let provider: FlouciPageProvider = try Sample.provider(
            "flouci",
            [
                "destinations": [
                    ["destination": "4711", "percent": "12.5"], ["destination": "4712", "percent": "0.05"],
                    ["destination": "4713", "percent": "0.1"],
                ]
            ])
        let wire = ScriptedWire(Self.opened)
        _ = try await provider.prepare(try Sample.order(for: "flouci page"), asking: wire)
        let body = try StrictJSON.parse(try #require(wire.questions.first).body)
        // 1250 millimes: 156.25, 0.625 and 1.25, each rounded down; what is nothing is left out.
        #expect(
            body["destination"] == [["amount": 156, "destination": "4711"], ["amount": 1, "destination": "4713"]])
    }

    @Test
    func `what is wrong in the settings is named`() {
        let rows: [(JSONValue, String)] = [
            (["version": 3], "/settings/version: "), (["version": 1, "destinations": []], "/settings/destinations: "),
            (["version": 1, "hold_seconds": 7_200], "/settings/hold_seconds: "),
            (["version": 1, "pre_authorization_field": "pre_auth"], "/settings/pre_authorization_field: "),
            (["hold_seconds": 60], "/settings/hold_seconds: "),
            (["pre_authorization_field": "hold"], "/pre_authorization_field: "),
            (["destinations": [["destination": "", "percent": "1"]]], "/settings/destinations/0/destination: "),
            (["destinations": [["destination": "a", "percent": "0"]]], "/settings/destinations/0/percent: "),
            (["destinations": [["destination": "a", "percent": "1.234"]]], "/settings/destinations/0/percent: "),
            (["destinations": [["destination": "a", "percent": "-1"]]], "/settings/destinations/0/percent: "),
            (["destinations": [["destination": "a", "percent": "100.01"]]], "/settings/destinations/0/percent: "),
            (
                ["destinations": [["destination": "a", "percent": "60"], ["destination": "b", "percent": "40.01"]]],
                "/settings/destinations: "
            ),
            (
                ["destinations": [["destination": "a", "percent": "1"], ["destination": "a", "percent": "1"]]],
                "/settings/destinations/1/destination: "
            ),
            (["flow": "accept", "checkout_url": "https://x.example", "version": 2], "/settings/version: "),
            (["flow": "accept", "checkout_url": "https://x.example", "destinations": []], "/settings/destinations: "),
        ]
        for (settings, complaint) in rows {
            #expect(Sample.complaint("flouci", settings).hasPrefix(complaint), "\(complaint)")
        }
    }

    @Test
    func `the three calls name the payment, and only a capture an amount`() async throws {
        let whole = try Sample.followUp(for: "flouci page")
        let part = try Sample.followUp(for: "flouci page", 850)
        let refund = try await provider.prepareRefund(whole, asking: ScriptedWire())
        let capture = try await provider.prepareCapture(part, asking: ScriptedWire())
        let release = try await provider.prepareVoid(whole, asking: ScriptedWire())
        #expect(refund.request.url == Self.root + "refund_payment")
        #expect(refund.request.bodyText == #"{"payment_id":"FoPKKHqfQIKfBqhEj8M47A"}"#)
        #expect(capture.request.url == Self.root + "confirm_payment")
        #expect(capture.request.bodyText == #"{"payment_id":"FoPKKHqfQIKfBqhEj8M47A","amount":"850"}"#)
        #expect(
            release.request.url == Self.root + "cancel_payment" && release.request.bodyText == refund.request.bodyText)
    }

    @Test
    func `only the whole payment is given back, and never more captured than held`() async throws {
        let provider = provider
        for order in [
            try Sample.followUp(for: "flouci page", 850), try Sample.followUp(for: "flouci page", 1_250, refunded: 1),
        ] {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepareRefund(order, asking: ScriptedWire())
            }
            #expect(thrown.refusal.reason == .invalidRequest)
        }
        for units: Int64 in [0, 1_251] {
            let order = try Sample.followUp(for: "flouci page", units)
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepareCapture(order, asking: ScriptedWire())
            }
            #expect(thrown.refusal.reason == .invalidRequest)
        }
        let nameless = try Sample.followUp(for: "flouci page", operatorReference: "../x")
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepareVoid(nameless, asking: ScriptedWire())
        }
        #expect(thrown.refusal.reason == .invalidRequest)
    }

    @Test
    func `every row of the table of refunds`() throws {
        let order = try Sample.followUp(for: "flouci page")
        func line(_ body: JSONValue, status: Int = 200) -> String {
            provider.readRefund(reply(body, status: status), to: order).line
        }
        func done(_ changes: KeyValuePairs<String, JSONValue> = [:], status: JSONValue = "success") -> JSONValue {
            var result = JSONObject([
                .init("refund_id", "ref_1"), .init("payment_id", Self.paymentID), .init("amount", "1250"),
                .init("status", "success"), .init("refunded_at", "2026-01-01T00:00:00Z"),
            ])
            for (name, value) in changes { result.change(name, value) }
            return ["result": .object(result), "status": status]
        }
        #expect(line(done()) == "succeeded units=1250 currency=TND operator=ref_1")
        #expect(line(done(["amount": 1_250])) == "succeeded units=1250 currency=TND operator=ref_1")
        #expect(line(done(["amount": "1.250"])).hasSuffix("unreadable"))
        #expect(line(done(["amount": nil])) == "pending wait")
        #expect(line(done(["payment_id": "another"])) == "unknown arrived (another payment)")
        #expect(line(done(["payment_id": nil])) == "unknown arrived (success/success)")
        #expect(line(done(["status": "SUCCESS"])) == "unknown arrived (success/SUCCESS)")
        #expect(line(done(status: "error")) == "unknown arrived (error/success)")
        #expect(line(done(), status: 500) == "unknown operator_error (HTTP 500)")
        #expect(line(done(), status: 404) == "unknown unlisted (HTTP 404)")
        #expect(
            line(["status": "error", "message": "no", "code": "REFUND_NOT_ALLOWED"])
                == "rejected invalid_request (REFUND_NOT_ALLOWED) may flip")
        #expect(line(["status": "error", "code": "ELSE"]) == "unknown arrived (error/ELSE)")
        #expect(line([:], status: 401) == "rejected credentials_refused (HTTP 401)")
        #expect(line(["result": ["status": "SUCCESS"]]) == "unknown arrived (-/SUCCESS)")
    }

    @Test
    func `every row of the tables of captures and releases`() throws {
        let order = try Sample.followUp(for: "flouci page", 850)
        func capture(_ body: JSONValue, status: Int = 200) -> String {
            provider.readCapture(reply(body, status: status), to: order).line
        }
        func release(_ body: JSONValue) -> String { provider.readVoid(reply(body), to: order).line }
        func result(_ status: JSONValue, amount: JSONValue? = nil, outer: JSONValue = "success") -> JSONValue {
            var result = JSONObject([.init("payment_id", Self.paymentID), .init("status", status)])
            result["amount"] = amount
            return ["result": .object(result), "status": outer]
        }
        #expect(capture(result("confirmed", amount: "850")) == "succeeded units=850 currency=TND")
        #expect(capture(result("confirmed")) == "pending wait")
        #expect(capture(["result": ["status": "SUCCESS"]]) == "pending wait")
        #expect(capture(result("cancelled")) == "unknown arrived (success/cancelled)")
        #expect(capture(result("confirmed", amount: "850", outer: "error")) == "unknown arrived (error/confirmed)")
        #expect(capture([:], status: 403) == "rejected credentials_refused (HTTP 403)")
        #expect(
            capture(["code": "REFUND_NOT_ALLOWED", "status": "error"]) == "unknown arrived (error/REFUND_NOT_ALLOWED)")
        #expect(release(result("cancelled")) == "succeeded currency=TND")
        #expect(release(result("confirmed")) == "unknown arrived (success/confirmed)")
        #expect(release(["result": ["status": "SUCCESS"]]) == "unknown arrived (-/SUCCESS)")
    }

    private func verify(_ status: String, amount: Int64 = 1_250, tracking: String = Sample.reference) -> ScriptedWire {
        ScriptedWire([
            "success": true,
            "result": [
                "status": .string(status), "amount": JSONValue(amount), "developer_tracking_id": .string(tracking),
            ],
        ])
    }

    @Test
    func `asking about what was to be held`() async throws {
        var order = try Sample.order(for: "flouci page")
        order.capturesLater = true
        let all = "reference=\(Sample.reference) units=1250 currency=TND operator=FoPKKHqfQIKfBqhEj8M47A"
        #expect(
            await provider.check(.collect(order), asking: verify("PREAUTH_SUCCESS")).line == "found succeeded \(all)")
        #expect(
            await provider.check(.collect(order), asking: verify("SUCCESS")).line
                == "could not answer: taken at once instead of held")
        #expect(await provider.check(.collect(order), asking: verify("PENDING")).line == "found pending wait")
        order.capturesLater = false
        #expect(await provider.check(.collect(order), asking: verify("PREAUTH_SUCCESS")).line == "found pending wait")
        #expect(await provider.check(.collect(order), asking: verify("SUCCESS")).line == "found succeeded \(all)")
    }

    @Test
    func `asking about captures, releases and refunds`() async throws {
        let order = try Sample.followUp(for: "flouci page", 850)
        func capture(_ wire: ScriptedWire) async -> String { await provider.check(.capture(order), asking: wire).line }
        func release(_ wire: ScriptedWire) async -> String { await provider.check(.void(order), asking: wire).line }
        #expect(await capture(verify("PREAUTH_SUCCESS")) == "absent")
        #expect(await capture(verify("SUCCESS", amount: 850)) == "found succeeded units=850 currency=TND")
        #expect(await capture(verify("SUCCESS")).hasPrefix("could not answer: captured, but"))
        #expect(await capture(verify("EXPIRED")) == "found rejected expired (EXPIRED) may flip")
        #expect(await capture(verify("FAILURE")) == "could not answer: status FAILURE")
        #expect(await capture(verify("PREAUTH_SUCCESS", tracking: "x")) == "could not answer: no verdict")
        #expect(await release(verify("PREAUTH_SUCCESS")) == "absent")
        #expect(await release(verify("EXPIRED")) == "could not answer: status EXPIRED")
        let wire = ScriptedWire()
        #expect(await provider.check(.refund(order), asking: wire).line.hasPrefix("could not answer"))
        #expect(
            wire.questions.isEmpty && provider.manifest.refund?.contract.check == ProviderContract.CheckAbility.none)
    }

    @Test
    func `version 1 carries its keys in the body and in headers`() async throws {
        let provider: FlouciFirstPageProvider = try Sample.configured("flouci page 1")
        let order = try Sample.order(for: "flouci page 1")
        let wire = ScriptedWire(Self.opened)
        let prepared = try await provider.prepare(order, asking: wire)
        guard case .session(let session) = prepared else { throw NothingThrown() }
        #expect(session.operatorReference == "abcdef" && session.lifetimeSeconds == 300)
        let question = try #require(wire.questions.first)
        #expect(question.url == "http://127.0.0.1:8090/op/api/generate_payment")
        let signed = try StrictJSON.parse(provider.sign(question, .sample()).body)
        #expect(signed["app_token"] == "planted-public" && signed["app_secret"] == "planted-private")
        #expect(signed["webhook"] == nil && signed["accept_card"] == false && signed["amount"] == 1_250)
        let asked = verify("SUCCESS")
        #expect(await provider.check(.collect(order), asking: asked).line.hasPrefix("found succeeded"))
        let check = try #require(asked.questions.first)
        #expect(check.url == "http://127.0.0.1:8090/op/api/verify_payment/FoPKKHqfQIKfBqhEj8M47A")
        #expect(
            provider.sign(check, .sample()).headers
                == check.headers + [.init("apppublic", "planted-public"), .init("appsecret", "planted-private")])
        var held = order
        held.capturesLater = true
        let wanted = held
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(wanted, ScriptedWire())
        }
        #expect(thrown.refusal.reason == .invalidRequest && !(provider is any ReceivingCallbacks))
    }
}
