import Router
import RouterTestKit
import Testing

@testable import Providers

@Suite("PayGate: requests")
struct PayGateRequestTests {
    let provider: PayGateProvider

    init() throws { provider = try Sample.configured("paygate") }

    @Test
    func `a payment, field by field; the key joins it on the wire only`() async throws {
        let order = try Sample.order(for: "paygate")
        guard case .request(let made) = try await provider.prepare(order, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        let request = made.request
        #expect(request.method == .post && request.url == Sample.root + "/api/v1/pay")
        let body =
            #"{"phone_number":"99112233","amount":5000,"description":"Panier 15","#
            + #""identifier":"\#(Sample.reference)","network":"FLOOZ""#
        #expect(request.bodyText == body + "}")
        let signed = provider.sign(request, .sample())
        #expect(signed.bodyText == body + #","auth_token":"planted-auth-token"}"#)
        #expect(signed.headers == request.headers && signed.url == request.url)
    }

    @Test
    func `the network follows the channel`() async throws {
        let yas = try Sample.order(Money(5_000, .xof), channel: "tmoney")
        guard case .request(let made) = try await provider.prepare(yas, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        #expect(made.request.bodyText.contains(#""phone_number":"90112233""#))
        #expect(made.request.bodyText.hasSuffix(#""network":"TMONEY"}"#))
        let single: PayGateProvider = try Sample.provider("paygate", ["networks": ["FLOOZ"]])
        #expect(single.manifest.channels == ["flooz"])
        let refused = try await failure { () async throws(PreparationFailure) in
            try await single.prepare(yas, asking: ScriptedWire())
        }
        #expect(refused.refusal.reason == .invalidRequest)
    }

    @Test
    func `a payout, field by field`() async throws {
        let made = try await provider.preparePayout(try Sample.payout(for: "paygate"), asking: ScriptedWire())
        #expect(made.request.url == Sample.root + "/api/v1/disburse")
        #expect(
            made.request.bodyText
                == #"{"phone_number":"99112233","amount":5000,"reason":"Salaire 7","#
                + #""reference":"\#(Sample.reference)","network":"FLOOZ"}"#)
    }

    @Test
    func `the page's address names everything, and the payment by our identifier`() async throws {
        let provider: PayGateProvider = try Sample.configured("paygate page")
        let order = try Sample.order(for: "paygate page")
        guard case .session(let session) = try await provider.prepare(order, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        #expect(session.operatorReference == nil && session.lifetimeSeconds == 300)
        #expect(
            session.actions == [
                .redirect(
                    url: Sample.root + "/v1/page?token=planted-auth-token&amount=5000&description=Panier%2015"
                        + "&identifier=\(Sample.reference)&url=https%3A%2F%2Fpay.example%2Fcallbacks%2Fsome%2Freturn"
                        + "&phone=99112233&network=FLOOZ")
            ])
        let paid: JSONValue = [
            "identifier": .string(Sample.reference), "tx_reference": "T9", "status": 0, "amount": 5_000,
        ]
        let finding = await provider.check(.collect(order), asking: ScriptedWire(paid))
        #expect(finding.line == "found succeeded reference=\(Sample.reference) units=5000 operator=T9")
        #expect(provider.read(WireReply(status: 200, body: paid.serialized()), to: order).isUnknown)
    }

    @Test
    func `payouts are sent once and cannot be asked about`() async throws {
        let contract = provider.manifest.contract(for: .payout)
        #expect(contract.key == .none && contract.check == .none && contract.reviewAfterSeconds == 60)
        #expect(provider.manifest.contract.key == .none && !provider.manifest.contract.absenceIsAuthoritative)
        let finding = await provider.check(.payout(try Sample.payout(for: "paygate")), asking: ScriptedWire())
        #expect(finding.line.hasPrefix("could not answer"))
        let none: PayGateProvider = try Sample.provider("paygate", ["pays_out": false])
        #expect(none.manifest.payout == nil)
    }
}

@Suite("PayGate: replies")
struct PayGateReplyTests {
    let provider: PayGateProvider

    init() throws { provider = try Sample.configured("paygate") }

    @Test(arguments: Fixture.rows("paygate/pay.json"))
    func `every row of the payment table`(row: Row) throws {
        #expect(provider.read(row.reply, to: try Sample.order(for: "paygate")).line == row.text("answer"))
    }

    @Test(arguments: Fixture.rows("paygate/status.json"))
    func `every row of the status table`(row: Row) async throws {
        let order = try Sample.order(for: "paygate")
        let wire = ScriptedWire(row.reply)
        #expect(await provider.check(.collect(order), asking: wire).line == row.text("finding"))
        #expect(wire.questions.map(\.url) == [Sample.root + "/api/v2/status"])
        #expect(wire.questions.map(\.bodyText) == [#"{"identifier":"\#(Sample.reference)"}"#])
    }

    @Test(arguments: Fixture.rows("paygate/disburse.json"))
    func `every row of the payout table`(row: Row) throws {
        #expect(provider.readPayout(row.reply, to: try Sample.payout(for: "paygate")).line == row.text("answer"))
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply is no answer`(failure: AskFailure) async throws {
        let order = Instruction.collect(try Sample.order(for: "paygate"))
        #expect(await provider.check(order, asking: ScriptedWire(failure)).line.hasPrefix("could not answer"))
        guard case .couldNotAnswer = await provider.balances(asking: ScriptedWire(failure)) else {
            throw NothingThrown()
        }
    }

    @Test
    func `each wallet has its balance`() async throws {
        let wire = ScriptedWire(["flooz": 1_000, "tmoney": "2000"])
        let expected = [
            Balance(Money(1_000, .xof), channels: ["flooz"]), Balance(Money(2_000, .xof), channels: ["tmoney"]),
        ]
        #expect(await provider.balances(asking: wire) == .known(expected))
        for body in [
            ["flooz": 1_000], ["flooz": 1_000, "tmoney": "2 000"], ["flooz": 1, "tmoney": 2, "error_code": 403],
        ] as [JSONValue] {
            try #require(
                await provider.balances(asking: ScriptedWire(body)).couldNotAnswer != nil,
                "a balance out of \(body.jsonText)")
        }
    }

    @Test
    func `a callback is a hint, whatever status it claims`() throws {
        let body: JSONValue = [
            "tx_reference": "T9", "identifier": .string(Sample.reference), "amount": 5_000, "status": 0,
        ]
        let verdict = provider.receive(InboundCallback(method: "POST", body: body.serialized()), now: Sample.createdAt)
        guard case .about(let fact) = verdict else { throw NothingThrown() }
        #expect(fact.about == .reference(Sample.reference) && !fact.isAuthentic && fact.claim.isUnknown)
    }

    @Test(arguments: [
        "", "{}", #"{"identifier":""}"#, #"{"identifier":5}"#, #"{"tx_reference":"T9"}"#, "identifier=abc",
    ])
    func `what names no payment is refused`(body: String) {
        #expect(
            provider.receive(InboundCallback(method: "POST", body: Array(body.utf8)), now: Sample.createdAt)
                == .refused(.malformed))
    }

    @Test(
        arguments: [
            (["networks": []], "/settings/networks: "), (["networks": ["FLOOZ", "FLOOZ"]], "/settings/networks: "),
            (["networks": ["flooz"]], "/networks/0: "), (["flow": "qr"], "/flow: "),
            (["paths": ["pay": "pay"]], "/settings/paths/pay: "),
            (["paths": ["pay": "/p?x=1"]], "/settings/paths/pay: "),
            (["minimum": 0], "/settings/minimum: "), (["token": "x"], "/token: the member"),
        ] as [(JSONValue, String)])
    func `what is wrong in the settings is named`(settings: JSONValue, complaint: String) {
        #expect(Sample.complaint("paygate", settings).hasPrefix(complaint))
    }

    @Test
    func `the key is required, the address is not`() throws {
        #expect(
            Sample.complaint("paygate", [:], Sample.setup("paygate", secrets: [:])).hasPrefix("/secrets/auth_token: "))
        let setup = Sample.setup("paygate", environment: .production, baseURL: nil)
        let provider: PayGateProvider = try Sample.provider("paygate", [:], setup: setup)
        #expect(provider.payURL == "https://paygateglobal.com/api/v1/pay")
    }
}
