import Crypto
import Router
import Testing
import WebText

@testable import Providers

@Suite("Card: refunds, captures and releases")
struct CardFollowUpTests {
    let intents: CardProvider
    let charges: CardProvider

    init() throws {
        intents = try Sample.configured("card intents")
        charges = try Sample.configured("card charges")
    }

    static let root = "http://127.0.0.1:8090/op"
    static let reference = Sample.followUpReference

    func order(_ units: Int64? = nil, refunded: Int64 = 0, of id: String = "pi_123") throws -> FollowUpInstruction {
        try Sample.followUp(for: "card intents", units, refunded: refunded, operatorReference: id)
    }

    func json(_ body: JSONValue, status: Int = 200) -> WireReply {
        WireReply(status: status, body: body.serialized())
    }

    static func refund(_ status: String, _ changes: KeyValuePairs<String, JSONValue> = [:]) -> JSONValue {
        var object = JSONObject([
            .init("id", "re_1"), .init("object", "refund"), .init("amount", 2_000), .init("currency", "usd"),
            .init("status", .string(status)), .init("payment_intent", "pi_123"), .init("charge", "ch_1"),
            .init("metadata", ["reference": .string(reference)]),
        ])
        for (name, value) in changes { object.change(name, value) }
        return .object(object)
    }

    static func error(_ code: String?, type: String = "invalid_request_error") -> JSONValue {
        var object = JSONObject([.init("type", .string(type))])
        object["code"] = code.map { .string($0) }
        return ["error": .object(object)]
    }

    @Test
    func `balances are read by currency; one that cannot be read makes all of them unknown`() async throws {
        let provider: CardProvider = try Sample.configured("card intents")
        let good: JSONValue = [
            "object": "balance",
            "available": [["amount": 666_670, "currency": "usd"], ["amount": -5, "currency": "tnd"]],
            "pending": [["amount": 9, "currency": "usd"]],
        ]
        let wire = ScriptedWire(good)
        let tnd = try #require(Currency(code: "TND"))
        #expect(
            await provider.balances(asking: wire)
                == .known([
                    Balance(Money(666_670, .usd)), Balance(Money(-5, tnd)),
                ]))
        #expect(wire.questions.map(\.url) == [Sample.root + "/v1/balance"])
        for odd: JSONValue in [
            ["object": "list"], ["object": "balance"],
            ["object": "balance", "available": [["amount": "1.5", "currency": "usd"]]],
            ["object": "balance", "available": [["amount": 1, "currency": "zzz"]]],
        ] {
            guard case .couldNotAnswer = await provider.balances(asking: ScriptedWire(odd)) else {
                throw NothingThrown()
            }
        }
    }

    @Test(arguments: [(200, "accepted"), (401, "refused"), (403, "refused"), (500, "unclear"), (404, "unclear")])
    func `the balance shows whether the key is taken`(status: Int, verdict: String) async throws {
        let provider: CardProvider = try Sample.configured("card charges")
        let finding = await provider.probe(
            asking: ScriptedWire(status: status, ["object": "balance", "available": []]))
        #expect("\(finding)".hasPrefix(verdict))
    }

    @Test
    func `each refund has its own key, and names the intent or the charge`() async throws {
        for (provider, id, name) in [
            (intents, "pi_123", "payment_intent"), (charges, "ch_1", "charge"), (intents, "ch_1", "charge"),
        ] {
            let made = try await provider.prepareRefund(order(2_000, refunded: 3_000, of: id), asking: ScriptedWire())
            #expect(made.request.url == Self.root + "/v1/refunds" && made.operatorReference == nil)
            #expect(made.request.header("Idempotency-Key") == "\(Self.reference)-refund")
            #expect(made.request.bodyText == "\(name)=\(id)&amount=2000&metadata[reference]=\(Self.reference)")
        }
    }

    @Test
    func `a refund stays within what is left`() async throws {
        let intents = intents
        var foreign = try order(2_000)
        foreign.amount = Money(2_000, .eur)
        for order in [
            try order(5_001), try order(0), try order(2_001, refunded: 3_000), foreign, try order(1, of: "4242 4242"),
        ] {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await intents.prepareRefund(order, asking: ScriptedWire())
            }
            #expect(thrown.refusal.reason == .invalidRequest)
        }
    }

    @Test(
        arguments: [
            ("succeeded", nil, "succeeded reference=\(reference) units=2000 currency=USD operator=re_1"),
            ("pending", nil, "pending wait operator=re_1"), ("requires_action", nil, "pending wait operator=re_1"),
            ("failed", "lost_or_stolen_card", "rejected account_unavailable (lost_or_stolen_card)"),
            ("failed", "expired_or_canceled_card", "rejected account_unavailable (expired_or_canceled_card)"),
            ("failed", "insufficient_funds", "rejected float_exhausted (insufficient_funds)"),
            ("failed", "declined", "rejected declined (declined)"),
            (
                "failed", "charge_for_pending_refund_disputed",
                "rejected invalid_request (charge_for_pending_refund_disputed)"
            ),
            ("failed", "merchant_request", "rejected invalid_request (merchant_request)"),
            ("failed", "unknown", "rejected unspecified (unknown)"), ("failed", nil, "rejected unspecified (failed)"),
            ("canceled", nil, "rejected unspecified (canceled)"), ("reversed", nil, "unknown arrived (reversed)"),
        ] as [(String, String?, String)])
    func `every status of a refund`(status: String, why: String?, expected: String) async throws {
        let refund = Self.refund(status, ["failure_reason": why.map { .string($0) } ?? .null])
        for provider in [intents, charges] {
            #expect(provider.readRefund(json(refund), to: try order(2_000)).line == expected)
            let wire = ScriptedWire(["object": "list", "has_more": false, "data": [refund]])
            let found = await provider.check(.refund(try order(2_000)), asking: wire).line
            #expect(found == (expected.hasPrefix("unknown") ? "could not answer: \(status)" : "found \(expected)"))
        }
    }

    @Test(
        arguments: [
            (400, "charge_disputed", "rejected invalid_request (charge_disputed)"),
            (400, "refund_disputed_payment", "rejected invalid_request (refund_disputed_payment)"),
            (400, "charge_not_refundable", "rejected invalid_request (charge_not_refundable)"),
            (400, nil, "unknown unlisted (invalid_request_error)"),
            (400, "charge_already_refunded", "unknown arrived (charge_already_refunded)"),
            (400, "parameter_invalid_integer", "rejected invalid_request (parameter_invalid_integer)"),
            (401, nil, "rejected credentials_refused (invalid_request_error)"),
            (404, "resource_missing", "unknown unlisted (resource_missing)"),
            (409, "idempotency_key_in_use", "unknown in_progress (idempotency_key_in_use)"),
            (429, "rate_limit", "rejected throttled (rate_limit)"), (500, nil, "unknown operator_error (HTTP 500)"),
        ] as [(Int, String?, String)])
    func `every error of a refund`(status: Int, code: String?, expected: String) throws {
        let reply = json(Self.error(code), status: status)
        #expect(intents.readRefund(reply, to: try order(2_000)).line == expected)
        let used = json(Self.error(nil, type: "idempotency_error"), status: 400)
        #expect(
            intents.readRefund(used, to: try order(2_000)).line == "unknown duplicate_reference (idempotency_error)")
    }

    @Test
    func `a refund is found in the payment's list`() async throws {
        let other = Self.refund("succeeded", ["metadata": ["reference": "x"]])
        let mine = Self.refund("succeeded")
        func find(_ data: [JSONValue], more: Bool = false, of id: String = "pi_123") async throws -> (String, String?) {
            let wire = ScriptedWire(["object": "list", "has_more": .bool(more), "data": .array(data)])
            let line = await intents.check(.refund(try order(2_000, of: id)), asking: wire).line
            return (line, wire.questions.first?.url)
        }
        #expect(try await find([]) == ("absent", Self.root + "/v1/refunds?payment_intent=pi_123&limit=100"))
        #expect(try await find([other], of: "ch_1") == ("absent", Self.root + "/v1/refunds?charge=ch_1&limit=100"))
        #expect(try await find([other], more: true).0 == "could not answer: the list goes on")
        #expect(try await find([other, mine], more: true).0.hasPrefix("found succeeded"))
        #expect(try await find([mine, mine]).0 == "could not answer: two refunds under one reference")
    }

    @Test
    func `holding is asked for in both interfaces`() async throws {
        var order = try Sample.order(for: "card intents")
        order.capturesLater = true
        let created: JSONValue = [
            "id": "pi_123", "object": "payment_intent", "amount": 5_000, "currency": "usd", "metadata": [:],
        ]
        let wire = ScriptedWire(created)
        _ = try await intents.prepare(order, asking: wire)
        #expect(wire.questions.first?.bodyText.contains("&capture_method=manual&") == true)
        var charge = try Sample.order(for: "card charges")
        charge.capturesLater = true
        guard case .request(let made) = try await charges.prepare(charge, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        #expect(made.request.bodyText.contains("&capture=false&"))
    }

    func intent(_ status: String, _ changes: KeyValuePairs<String, JSONValue> = [:]) -> JSONValue {
        var object = JSONObject([
            .init("id", "pi_123"), .init("object", "payment_intent"), .init("amount", 5_000), .init("currency", "usd"),
            .init("status", .string(status)), .init("capture_method", "manual"), .init("latest_charge", "ch_1"),
            .init("amount_capturable", status == "requires_capture" ? 5_000 : 0),
            .init("amount_received", status == "succeeded" ? 2_000 : 0),
            .init("metadata", ["reference": .string(Sample.reference)]),
        ])
        for (name, value) in changes { object.change(name, value) }
        return .object(object)
    }

    func charge(captured: Bool, _ changes: KeyValuePairs<String, JSONValue> = [:]) -> JSONValue {
        var object = JSONObject([
            .init("id", "ch_1"), .init("object", "charge"), .init("amount", 5_000), .init("currency", "usd"),
            .init("status", "succeeded"), .init("paid", true), .init("captured", .bool(captured)),
            .init("amount_captured", captured ? 2_000 : 0), .init("refunded", false),
            .init("metadata", ["reference": .string(Sample.reference)]),
        ])
        for (name, value) in changes { object.change(name, value) }
        return .object(object)
    }

    @Test
    func `what is held counts only where it was asked for`() async throws {
        var held = try Sample.order(for: "card intents")
        held.capturesLater = true
        let plain = try Sample.order(for: "card intents")
        let settled = "succeeded reference=\(Sample.reference) units=5000 currency=USD operator=pi_123"
        #expect(intents.read(json(intent("requires_capture")), to: held).line == settled)
        #expect(intents.read(json(intent("requires_capture")), to: plain).isUnknown)
        #expect(intents.read(json(intent("succeeded")), to: held).isUnknown)
        #expect(
            await intents.check(.collect(held), asking: ScriptedWire(intent("requires_capture"))).line == "found "
                + settled)
        var heldCharge = try Sample.order(for: "card charges")
        heldCharge.capturesLater = true
        let chargeOrder = try Sample.order(for: "card charges")
        #expect(charges.read(json(charge(captured: false)), to: heldCharge).line.hasPrefix("succeeded"))
        #expect(charges.read(json(charge(captured: false)), to: chargeOrder).isUnknown)
    }

    @Test
    func `captures and releases name what holds the money`() async throws {
        let capture = try await intents.prepareCapture(order(2_000), asking: ScriptedWire())
        #expect(capture.request.url == Self.root + "/v1/payment_intents/pi_123/capture")
        #expect(capture.request.bodyText == "amount_to_capture=2000&metadata[capture]=\(Self.reference)")
        #expect(capture.request.header("Idempotency-Key") == "\(Self.reference)-capture")
        let charged = try await charges.prepareCapture(order(2_000, of: "ch_1"), asking: ScriptedWire())
        #expect(
            charged.request.url == Self.root + "/v1/charges/ch_1/capture" && charged.request.bodyText == "amount=2000")
        let release = try await intents.prepareVoid(order(), asking: ScriptedWire())
        #expect(release.request.url == Self.root + "/v1/payment_intents/pi_123/cancel" && release.request.body.isEmpty)
        #expect(release.request.header("Idempotency-Key") == "\(Self.reference)-cancel")
        let released = try await charges.prepareVoid(order(of: "ch_1"), asking: ScriptedWire())
        #expect(released.request.url == Self.root + "/v1/refunds")
        #expect(released.request.bodyText == "charge=ch_1&metadata[reference]=\(Self.reference)")
        let intents = intents
        for order in [try order(5_001), try order(0), try order(1, of: "")] {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await intents.prepareCapture(order, asking: ScriptedWire())
            }
            #expect(thrown.refusal.reason == .invalidRequest)
        }
    }

    @Test
    func `every reply to a capture`() throws {
        let ours: JSONValue = ["reference": .string(Sample.reference), "capture": .string(Self.reference)]
        func line(_ body: JSONValue, status: Int = 200) throws -> String {
            intents.readCapture(json(body, status: status), to: try order(2_000)).line
        }
        #expect(
            try line(intent("succeeded", ["metadata": ours]))
                == "succeeded reference=\(Self.reference) units=2000 currency=USD")
        #expect(try line(intent("succeeded", ["id": "pi_9"])) == "unknown arrived (another payment)")
        #expect(try line(intent("requires_capture")) == "unknown arrived (requires_capture)")
        #expect(try line(Self.error("payment_intent_unexpected_state"), status: 400).hasPrefix("unknown arrived"))
        #expect(
            try line(Self.error("charge_expired_for_capture"), status: 400)
                == "rejected expired (charge_expired_for_capture)")
        #expect(
            try line(Self.error("charge_already_captured"), status: 400) == "unknown arrived (charge_already_captured)"
        )
        let part = try order(2_000, of: "ch_1")
        #expect(charges.readCapture(json(charge(captured: true)), to: part).line == "succeeded units=2000 currency=USD")
        #expect(charges.readCapture(json(charge(captured: false)), to: part).isUnknown)
    }

    @Test
    func `looking at what held the money`() async throws {
        let ours: JSONValue = ["capture": .string(Self.reference)]
        func capture(_ body: JSONValue) async throws -> String {
            await intents.check(.capture(try order(2_000)), asking: ScriptedWire(body)).line
        }
        func release(_ body: JSONValue) async throws -> String {
            await intents.check(.void(try order()), asking: ScriptedWire(body)).line
        }
        #expect(try await capture(intent("requires_capture")) == "absent")
        #expect(
            try await capture(intent("succeeded", ["metadata": ours])).hasPrefix(
                "found succeeded reference=\(Self.reference)"))
        #expect(try await capture(intent("succeeded")) == "could not answer: captured, but not by this call")
        #expect(
            try await capture(intent("canceled", ["cancellation_reason": "automatic"]))
                == "found rejected expired (automatic)")
        #expect(try await capture(intent("succeeded", ["id": "pi_9"])).hasPrefix("could not answer"))
        #expect(try await release(intent("requires_capture")) == "absent")
        #expect(try await release(intent("canceled")) == "found succeeded")
        #expect(try await release(intent("succeeded")) == "found rejected unspecified (captured)")
        #expect(try await release(intent("processing")) == "could not answer: status processing")
        let held = try order(2_000, of: "ch_1")
        let wire = ScriptedWire(charge(captured: false))
        #expect(await charges.check(.capture(held), asking: wire).line == "absent")
        #expect(wire.questions.map(\.url) == [Self.root + "/v1/charges/ch_1"])
        #expect(
            await charges.check(.capture(held), asking: ScriptedWire(charge(captured: true))).line
                == "found succeeded units=2000 currency=USD")
        let lapsed = charge(captured: false, ["refunded": true])
        #expect(
            await charges.check(.capture(held), asking: ScriptedWire(lapsed)).line
                == "found rejected expired (released)")
    }

    @Test
    func `every reply to a release`() throws {
        func line(_ body: JSONValue, status: Int = 200) throws -> String {
            intents.readVoid(json(body, status: status), to: try order()).line
        }
        #expect(try line(intent("canceled")) == "succeeded")
        #expect(try line(intent("canceled", ["id": "pi_9"])) == "unknown arrived (canceled)")
        #expect(try line(intent("requires_capture")) == "unknown arrived (requires_capture)")
        #expect(try line(Self.error("payment_intent_unexpected_state"), status: 400).hasPrefix("unknown arrived"))
        let whole = Self.refund("succeeded", ["amount": 5_000])
        #expect(
            charges.readVoid(json(whole), to: try order(of: "ch_1")).line.hasPrefix(
                "succeeded reference=\(Self.reference) units=5000"))
    }

    static func event(_ type: String, _ object: JSONValue) -> InboundCallback {
        let body = JSONValue.object(
            JSONObject([
                .init("id", "evt_7"), .init("object", "event"), .init("livemode", false), .init("type", .string(type)),
                .init("data", ["object": object]),
            ])
        ).serialized()
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("1700000000.".utf8) + body, using: SymmetricKey(data: Array("whsec_test_router_0001".utf8)))
        return InboundCallback(
            method: "POST", headers: [.init("stripe-signature", "t=1700000000,v1=\(Hex.text(code))")], body: body)
    }

    func verdict(_ type: String, _ object: JSONValue, _ provider: CardProvider? = nil) -> String {
        let now = Moment(milliseconds: 1_700_000_000_000)
        switch (provider ?? intents).receive(Self.event(type, object), now: now) {
        case .refused(let refusal): return "refused \(refusal.rawValue)"
        case .ignored(let key): return "ignored \(key ?? "")"
        case .notice(let notice):
            let amount = notice.amount.map { " \($0.minorUnits) \($0.currency.code)" } ?? ""
            return "\(notice.kind.rawValue) \(notice.about) \(notice.operatorReference)\(amount) \(notice.reason ?? "")"
        case .about(let fact):
            return "\(fact.about) \(fact.claim.line)" + (fact.isAuthentic ? "" : " (a hint)")
        }
    }

    @Test
    func `the manifest tells what can be held and given back`() {
        for provider in [intents, charges] {
            #expect(provider.manifest.refund?.allowsPartial == true && provider.manifest.refund?.allowsSeveral == true)
            #expect(provider.manifest.authorization?.allowsPartialCapture == true)
            #expect(provider.manifest.authorization?.lifetimeSeconds == 601_200)
            #expect(provider.manifest.contract(for: .refund).key == .replays)
        }
    }
}
