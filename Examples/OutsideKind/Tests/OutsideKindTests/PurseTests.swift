import OutsideKind
import Providers
import Router
import RouterTestKit
import Testing
import WebText

@Suite("A kind from outside, beside built-in ones")
struct PurseTests {
    private static let now = Moment(milliseconds: 1_700_000_000_000)
    private static let reference = "0123456789abcdef0123456789abcdef"

    private func purse() throws -> any PaymentProvider {
        let setup = ProviderSetup(
            id: "purse-tg", environment: .sandbox, baseURL: "http://127.0.0.1:9",
            secrets: ["password": Secret("purse-password-0001"), "webhook_key": Secret("purse-webhook-0001")])
        return try RegisteredKind(PurseKind.self).make(settings: ["merchant": "42"], setup: setup)
    }

    /// A notification as the operator signs it.
    private func callback(
        _ body: JSONValue, key: String = "purse-webhook-0001", at seconds: Int64 = 1_700_000_000
    )
        -> InboundCallback
    {
        let bytes = body.serialized()
        let code = MessageCode.sha256.code(of: Array("\(seconds).".utf8) + bytes, key: Secret(key))
        return InboundCallback(
            method: "POST",
            headers: [.init("x-purse-time", "\(seconds)"), .init("x-purse-signature", Base64.encode(code))],
            body: bytes)
    }

    @Test
    func `the router knows the built-in kinds and its own, each under its name`() throws {
        let kinds = BuiltInKinds.all + [RegisteredKind(VoucherKind.self), RegisteredKind(PurseKind.self)]
        #expect(Set(kinds.map(\.name)).count == kinds.count)
        let tmoney = try #require(kinds.first { $0.name == "tmoney" })
        let provider = try tmoney.make(
            settings: ["username": "demo"],
            setup: ProviderSetup(
                id: "tmoney-tg", environment: .sandbox, baseURL: "http://127.0.0.1:9",
                secrets: Dictionary(uniqueKeysWithValues: tmoney.secretNames.map { ($0, Secret("s-0001")) })))
        #expect(provider.manifest.channels == ["tmoney"])
    }

    @Test
    func `keeps every promise of a provider`() async throws {
        let customer = Customer(phone: try MSISDN(parsing: "+22890000001"))
        let order = CollectInstruction(
            attempt: AttemptID(at: Self.now, from: SystemRandom()), reference: Self.reference, channel: "purse",
            amount: Money(2_500, .xof), customer: customer, callbackURL: "http://127.0.0.1/callbacks/purse-tg",
            createdAt: Self.now)
        let payout = PayoutInstruction(
            attempt: order.attempt, reference: Self.reference, channel: "purse", amount: order.amount,
            customer: customer, callbackURL: order.callbackURL, createdAt: Self.now)
        func body(_ state: String) -> JSONValue {
            [
                "id": "P1", "state": .string(state), "reference": .string(Self.reference), "amount": 2_500,
                "currency": "XOF",
            ]
        }
        // The operator sends one object in every phase; only a question can be answered with "unknown".
        let reply = ReplyTable(
            codes: ["/state"], amount: .at("/amount"), currency: .at("/currency"), reference: .at("/reference"),
            rows: [.init(.executed, body("done")), .init(.pending, body("open")), .init(.refused, body("refused"))])
        var check = reply
        check.rows.append(.init(.absent, 404, ["state": "unknown"]))
        let conformance = ProviderConformance(
            try purse(),
            ProviderDescription(
                secrets: ["purse-password-0001", "purse-webhook-0001"],
                operations: [
                    OperationDescription(.collect(order), reply: reply, check: check),
                    OperationDescription(.payout(payout), reply: reply, check: check),
                ],
                callbacks: [
                    CallbackDescription(
                        about: .collect(order), reply, signature: .header("x-purse-signature"), now: Self.now
                    ) { callback($0) }
                ],
                logins: [
                    (
                        .main,
                        ReplyTable(rows: [
                            .init(.executed, ["token": "t-1", "expires_in": 900]), .init(.refused, 401, nil),
                        ])
                    )
                ]))
        #expect(await conformance.violations() == [])
    }

    @Test
    func `logs in, and the token goes where it belongs`() throws {
        let purse = try #require(try purse() as? any AccessTokenIssuing)
        let request = purse.loginRequest(.main)
        #expect(request.headers == [.init("Authorization", "Basic NDI6cHVyc2UtcGFzc3dvcmQtMDAwMQ==")])
        let body: JSONValue = ["token": "t-1", "expires_in": 900]
        #expect(
            purse.readLogin(WireReply(status: 200, body: body.serialized())) == .token("t-1", lifetimeSeconds: 900))
        #expect(purse.readLogin(WireReply(status: 401, body: [])) == .refused(providerCode: "401"))
        #expect(purse.readLogin(WireReply(status: 200, body: [])) == .unreadable)
        let context = SigningContext(token: "t-1", now: Self.now, sequence: 1, random: 1)
        let signed = purse.sign(WireRequest(.get, "http://127.0.0.1:9/x"), context)
        #expect(signed.headers == [.init("Authorization", "Bearer t-1")])
    }

    @Test
    func `a signed notification counts; a forged, old or unreadable one does not`() throws {
        let purse = try #require(try purse() as? any ReceivingCallbacks)
        let body: JSONValue = [
            "event": "e-1", "id": "P1", "state": "done", "reference": .string(Self.reference), "amount": 2_500,
            "currency": "XOF",
        ]
        guard case .about(let fact) = purse.receive(callback(body), now: Self.now) else {
            Issue.record("a signed notification was refused")
            return
        }
        #expect(fact.proof == .signature && fact.about == .reference(Self.reference) && fact.dedupKey == "e-1")
        let statement = ReportedTransaction(
            reference: Self.reference, of: .units(2_500), .xof, operatorReference: "P1")
        #expect(fact.claim == .succeeded(statement))
        #expect(purse.receive(callback(body, key: "other"), now: Self.now) == .refused(.unverified))
        var changed = callback(body)
        changed.body = Array(String(decoding: changed.body, as: UTF8.self).replacing("2500", with: "9999").utf8)
        #expect(purse.receive(changed, now: Self.now) == .refused(.unverified))
        #expect(purse.receive(InboundCallback(method: "POST"), now: Self.now) == .refused(.unverified))
        #expect(purse.receive(callback(body, at: 1_699_999_000), now: Self.now) == .refused(.stale))
        #expect(purse.receive(callback([1, 2]), now: Self.now) == .refused(.malformed))
    }

    @Test
    func `a payout is one sealed request without credentials, and its reply is read like a debit's`() async throws {
        let purse = try #require(try purse() as? any PayingOut)
        let order = PayoutInstruction(
            attempt: AttemptID(at: Self.now, from: SystemRandom()), reference: Self.reference, channel: "purse",
            amount: Money(2_500, .xof), customer: Customer(phone: try MSISDN(parsing: "+22890000001")),
            callbackURL: "http://127.0.0.1/callbacks/purse-tg", createdAt: Self.now)
        let money = try await purse.preparePayout(order, asking: ScriptedAsking { _ in nil })
        #expect(money.request.url == "http://127.0.0.1:9/credits")
        #expect(money.request.headers.allSatisfy { $0.name != "Authorization" })
        #expect(try StrictJSON.parse(money.request.body)["amount"] == 2_500)
        for (state, expected) in [
            ("refused", ProviderOutcome.rejected(Refusal(.declined, providerCode: "refused"))),
            ("open", .pending(Progress(actions: [.approveOnPhone(hint: nil)]))), ("lost", .unknown(Doubt(.unlisted))),
        ] {
            let body: JSONValue = ["state": .string(state), "reference": .string(Self.reference), "amount": 2_500]
            #expect(purse.readPayout(WireReply(status: 200, body: body.serialized()), to: order) == expected)
        }
        #expect(purse.manifest.payout?.channels == ["purse"])
    }
}
