import Router
import Testing

@testable import Providers

@Suite("MTN MoMo: requests")
struct MTNMoMoRequestTests {
    let provider: MTNMoMoProvider

    init() throws { provider = try Sample.configured("mtn-momo") }

    @Test
    func `a collection, field by field`() async throws {
        let order = try Sample.order(for: "mtn-momo")
        guard case .request(let made) = try await provider.prepare(order, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        let request = made.request
        #expect(request.method == .post && request.url == Sample.root + "/collection/v1_0/requesttopay")
        #expect(request.header("X-Reference-Id") == Sample.reference)
        #expect(request.header("X-Target-Environment") == "mtncameroon" && request.header("X-Callback-Url") == nil)
        #expect(
            request.bodyText
                == #"{"amount":"5000","currency":"XAF","externalId":"\#(Sample.reference)","#
                + #""payer":{"partyIdType":"MSISDN","partyId":"237670112233"},"payerMessage":"Panier 15","payeeNote":"Panier 15"}"#
        )
    }

    @Test
    func `a payout and a refund leave from the disbursement product`() async throws {
        let payout = try await provider.preparePayout(try Sample.payout(for: "mtn-momo"), asking: ScriptedWire())
        #expect(payout.request.url == Sample.root + "/disbursement/v1_0/transfer")
        #expect(payout.request.bodyText.contains(#""payee":{"partyIdType":"MSISDN","partyId":"237670112233"}"#))
        let order = try Sample.refund(for: "mtn-momo")
        let refund = try await provider.prepareRefund(order, asking: ScriptedWire())
        #expect(refund.request.url == Sample.root + "/disbursement/v1_0/refund")
        #expect(refund.request.header("X-Reference-Id") == order.reference)
        #expect(refund.request.bodyText.contains(#""referenceIdToRefund":"\#(Sample.reference)""#))
        #expect(refund.request.bodyText.contains(#""externalId":"\#(order.reference)""#))
    }

    @Test(arguments: [
        ("L'été, c'est \"cool\"", "L t c est cool"), ("", "Payment"), ("ééé", "Payment"), ("a\r\nb\u{0}c", "a b c"),
        (String(repeating: "x", count: 200), String(repeating: "x", count: 160)), ("٣", "Payment"),
    ])
    func `notes hold letters, digits and spaces only`(text: String, note: String) {
        #expect(MTNMoMoProvider.note(text) == note)
    }

    @Test
    func `a callback address is sent if the settings say so`() async throws {
        let settings: JSONValue = [
            "target_environment": "mtnghana", "api_user": "7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1",
            "sends_callback_url": true,
        ]
        let provider: MTNMoMoProvider = try Sample.provider("mtn-momo", settings)
        let ghs = try #require(Currency(code: "GHS"))
        let order = try Sample.order(Money(1_250, ghs), channel: "mtn-momo", phone: "+233 24 123 4567")
        guard case .request(let made) = try await provider.prepare(order, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        #expect(made.request.header("X-Callback-Url") == Sample.callbackURL)
        #expect(made.request.bodyText.hasPrefix(#"{"amount":"12.50","currency":"GHS""#))
        #expect(provider.manifest.payout == nil && provider.manifest.refund == nil)
    }

    @Test
    func `partial refunds are a setting, and never more than is left`() async throws {
        var settings = try #require(Sample.configurations.first { $0.name == "mtn-momo" }?.settings.objectValue)
        var order = try Sample.refund(for: "mtn-momo")
        order.amount.minorUnits = 2_000
        let part = order
        let refused = try await failure { () async throws(PreparationFailure) in
            try await provider.prepareRefund(part, asking: ScriptedWire())
        }
        #expect(refused.refusal.reason == .invalidRequest)
        settings["partial_refunds"] = true
        let other: MTNMoMoProvider = try Sample.provider("mtn-momo", .object(settings))
        #expect(try await other.prepareRefund(part, asking: ScriptedWire()).request.bodyText.contains(#""2000""#))
        order.original.refundedMinorUnits = 3_001
        let late = order
        let above = try await failure { () async throws(PreparationFailure) in
            try await other.prepareRefund(late, asking: ScriptedWire())
        }
        #expect(above.refusal.reason == .invalidRequest)
    }

    @Test
    func `each product has its login, and its credentials go nowhere else`() throws {
        let pay = WireRequest(.post, Sample.root + MTNMoMoProvider.collectPath)
        let out = WireRequest(.post, Sample.root + MTNMoMoProvider.payoutPath)
        #expect(provider.login(for: pay) == "collection" && provider.login(for: out) == "disbursement")
        let login = provider.loginRequest("collection")
        #expect(login.url == Sample.root + "/collection/token/" && login.body.isEmpty)
        // The pair user:key in base64, computed apart.
        #expect(
            login.header("Authorization")
                == "Basic N2YzYzFhNTItMGQ0ZS00YzhiLTlhNjEtNWUyYjdkOTBjNGYxOnBsYW50ZWQtYXBpLWtleQ==")
        #expect(login.header("Ocp-Apim-Subscription-Key") == "planted-subscription")
        #expect(login.header("X-Target-Environment") == "mtncameroon")
        let second = provider.loginRequest("disbursement")
        #expect(second.url == Sample.root + "/disbursement/token/")
        #expect(second.header("Ocp-Apim-Subscription-Key") == "planted-second-subscription")
        #expect(second.header("X-Target-Environment") == "mtncameroon")
        let signed = provider.sign(out, .sample(token: "abc"))
        #expect(
            signed.headers == [
                .init("Authorization", "Bearer abc"),
                .init("Ocp-Apim-Subscription-Key", "planted-second-subscription"),
            ])
    }

    @Test
    func `a user id that is no UUID is sent as the portal shows it`() throws {
        let settings: JSONValue = [
            "target_environment": "mtncameroon", "api_user": "bW9tby1wcmFjdGljZS11c2Vy==",
        ]
        let provider: MTNMoMoProvider = try Sample.provider("mtn-momo", settings)
        // base64 of the user id, a colon and the planted key, computed apart.
        #expect(
            provider.loginRequest("collection").header("Authorization")
                == "Basic Ylc5dGJ5MXdjbUZqZEdsalpTMTFjMlZ5PT06cGxhbnRlZC1hcGkta2V5")
        #expect(provider.manifest.account == "mtncameroon/bW9tby1wcmFjdGljZS11c2Vy==")
    }

    @Test
    func `each product may live on a host of its own, and its credentials stay there`() async throws {
        let user = "7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1"
        let settings: JSONValue = [
            "target_environment": "mtncameroon", "api_user": .string(user), "disbursement_api_user": .string(user),
            "hosts": ["disbursement": "https://out.example/momo/"],
        ]
        let provider: MTNMoMoProvider = try Sample.provider("mtn-momo", settings)
        #expect(provider.loginRequest("collection").url == Sample.root + "/collection/token/")
        #expect(provider.loginRequest("disbursement").url == "https://out.example/momo/disbursement/token/")
        let payout = try await provider.preparePayout(try Sample.payout(for: "mtn-momo"), asking: ScriptedWire())
        #expect(payout.request.url == "https://out.example/momo/disbursement/v1_0/transfer")
        #expect(provider.login(for: payout.request) == "disbursement")
        let refund = try await provider.prepareRefund(try Sample.refund(for: "mtn-momo"), asking: ScriptedWire())
        #expect(refund.request.url == "https://out.example/momo/disbursement/v1_0/refund")
        guard
            case .request(let made) = try await provider.prepare(
                try Sample.order(for: "mtn-momo"), asking: ScriptedWire())
        else { throw NothingThrown() }
        #expect(made.request.url == Sample.root + "/collection/v1_0/requesttopay")
        #expect(provider.login(for: made.request) == "collection")
        let wire = ScriptedWire(["availableBalance": "1", "currency": "XAF"])
        _ = await provider.balances(asking: wire)
        #expect(wire.questions.map(\.url) == ["https://out.example/momo/disbursement/v1_0/account/balance"])
    }

    @Test(arguments: [
        (200, #"{"access_token":"t1","token_type":"access_token","expires_in":3600}"#, "t1 3600"),
        (200, #"{"access_token":"t1","expires_in":999999}"#, "t1 86400"),
        (200, #"{"access_token":"t1"}"#, "unreadable"),
        (200, #"{"access_token":"a b","expires_in":5}"#, "unreadable"),
        (200, #"{"access_token":"t1","expires_in":0}"#, "unreadable"), (500, "{}", "unreadable"),
        (401, "", "refused HTTP 401"), (403, "", "refused HTTP 403"), (200, "<html>", "unreadable"),
    ])
    func `login replies`(status: Int, body: String, expected: String) {
        #expect(provider.readLogin(WireReply(status: status, body: Array(body.utf8))).line == expected)
    }

    @Test
    func `the contract is what the operator's page proves`() {
        for operation in [MoneyOperation.collect, .payout, .refund] {
            let contract = provider.manifest.contract(for: operation)
            #expect(contract.key == .none && contract.keyWindowSeconds == 0, "no page says for how long")
            #expect(contract.check == .byOurReference && contract.absenceIsAuthoritative)
            #expect(contract.callback == .none && !contract.throttlingPrecedesExecution)
            #expect(contract.promptLifetimeSeconds == (operation == .collect ? 300 : 0))
        }
    }
}

@Suite("MTN MoMo: replies")
struct MTNMoMoReplyTests {
    @Test(arguments: Fixture.rows("mtn-momo/accepted.json"))
    func `every row of the reply table`(row: Row) throws {
        let provider: MTNMoMoProvider = try Sample.configured("mtn-momo")
        let answer = row.text("answer")
        #expect(provider.read(row.reply, to: try Sample.order(for: "mtn-momo")).line == answer)
        let waiting = answer.replacing("approve_on_phone", with: "wait")
        #expect(provider.readPayout(row.reply, to: try Sample.payout(for: "mtn-momo")).line == waiting)
        #expect(provider.readRefund(row.reply, to: try Sample.refund(for: "mtn-momo")).line == waiting)
    }

    @Test(arguments: Fixture.rows("mtn-momo/status.json"))
    func `every row of the status table`(row: Row) async throws {
        let provider: MTNMoMoProvider = try Sample.configured("mtn-momo")
        let finding = await provider.check(
            .collect(try Sample.order(for: "mtn-momo")), asking: ScriptedWire(row.reply))
        #expect(finding.line == row.text("finding"))
    }

    @Test
    func `money that leaves us has other words for the same reasons`() async throws {
        let provider: MTNMoMoProvider = try Sample.configured("mtn-momo")
        let expected = [
            ("NOT_ENOUGH_FUNDS", "found rejected float_exhausted (NOT_ENOUGH_FUNDS)"),
            ("INTERNAL_PROCESSING_ERROR", "found rejected unspecified (INTERNAL_PROCESSING_ERROR) may flip"),
        ]
        for (code, line) in expected {
            let body: JSONValue = ["status": "FAILED", "reason": ["code": .string(code)]]
            for order in [
                Instruction.payout(try Sample.payout(for: "mtn-momo")), .refund(try Sample.refund(for: "mtn-momo")),
            ] {
                #expect(await provider.check(order, asking: ScriptedWire(body)).line == line)
            }
        }
        let pending = await provider.check(
            .payout(try Sample.payout(for: "mtn-momo")), asking: ScriptedWire(["status": "PENDING"]))
        #expect(pending.line == "found pending wait")
    }

    @Test
    func `each operation is asked about at its own address`() async throws {
        let provider: MTNMoMoProvider = try Sample.configured("mtn-momo")
        let refund = try Sample.refund(for: "mtn-momo")
        let orders: [(Instruction, String)] = [
            (.collect(try Sample.order(for: "mtn-momo")), "/collection/v1_0/requesttopay/" + Sample.reference),
            (.payout(try Sample.payout(for: "mtn-momo")), "/disbursement/v1_0/transfer/" + Sample.reference),
            (.refund(refund), "/disbursement/v1_0/refund/" + refund.reference),
        ]
        for (order, path) in orders {
            let wire = ScriptedWire(["status": "PENDING"])
            _ = await provider.check(order, asking: wire)
            #expect(wire.questions.map(\.url) == [Sample.root + path])
            #expect(wire.questions.first?.header("X-Target-Environment") == "mtncameroon")
        }
        #expect(await provider.check(.void(refund), asking: ScriptedWire()).line.hasPrefix("could not answer"))
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply is no answer`(failure: AskFailure) async throws {
        let provider: MTNMoMoProvider = try Sample.configured("mtn-momo")
        let order = Instruction.collect(try Sample.order(for: "mtn-momo"))
        #expect(await provider.check(order, asking: ScriptedWire(failure)).line.hasPrefix("could not answer"))
    }
}

@Suite("MTN MoMo: questions and callbacks")
struct MTNMoMoQuestionTests {
    let provider: MTNMoMoProvider
    let phone: MSISDN

    init() throws {
        provider = try Sample.configured("mtn-momo")
        phone = try MSISDN(parsing: "+237670112233")
    }

    @Test
    func `the balance is that of the disbursement account`() async throws {
        let wire = ScriptedWire(["availableBalance": "1000", "currency": "XAF"])
        let xaf = try #require(Currency(code: "XAF"))
        #expect(await provider.balances(asking: wire) == .known([Balance(Money(1_000, xaf))]))
        #expect(wire.questions.map(\.url) == [Sample.root + "/disbursement/v1_0/account/balance"])
        let odd = await provider.balances(asking: ScriptedWire(["availableBalance": "1000.5", "currency": "XAF"]))
        guard case .couldNotAnswer = odd else { throw NothingThrown() }
    }

    @Test
    func `a number is looked up, then its name`() async throws {
        let active = WireReply(status: 200, body: Array(#"{"result":true}"#.utf8))
        let name = WireReply(status: 200, body: Array(#"{"given_name":"Ada","family_name":"B"}"#.utf8))
        let wire = ScriptedWire([.success(active), .success(name)])
        #expect(
            await provider.party(phone, on: "mtn-momo", asking: wire) == .customer(Party(isActive: true, name: "Ada B"))
        )
        let base = Sample.root + "/collection/v1_0/accountholder/msisdn/237670112233/"
        #expect(wire.questions.map(\.url) == [base + "active", base + "basicuserinfo"])
        let nameless = ScriptedWire([.success(active), .success(WireReply(status: 403, body: []))])
        #expect(await provider.party(phone, on: "mtn-momo", asking: nameless) == .customer(Party(isActive: true)))
        let inactive = ScriptedWire(["result": false])
        #expect(await provider.party(phone, on: "mtn-momo", asking: inactive) == .customer(Party(isActive: false)))
        let unknown = ScriptedWire(status: 404, ["code": "RESOURCE_NOT_FOUND"])
        #expect(await provider.party(phone, on: "mtn-momo", asking: unknown) == .notCustomer)
    }

    @Test(arguments: ["PUT", "POST"])
    func `a callback by PUT or POST is a hint`(method: String) throws {
        let body: JSONValue = [
            "amount": "5000", "currency": "XAF", "externalId": .string(Sample.reference), "status": "SUCCESSFUL",
            "financialTransactionId": "77", "payer": ["partyIdType": "MSISDN", "partyId": "237670112233"],
        ]
        let verdict = provider.receive(
            InboundCallback(method: method, body: body.serialized()), now: Sample.createdAt)
        guard case .about(let fact) = verdict else { throw NothingThrown() }
        #expect(fact.about == .reference(Sample.reference) && !fact.isAuthentic && fact.dedupKey == nil)
        #expect(fact.claim.line == "succeeded reference=\(Sample.reference) units=5000 currency=XAF operator=77")
    }

    @Test(arguments: [
        "", "{}", #"{"externalId":"x","status":"FAILED"}"#, #"{"status":"SUCCESSFUL"}"#,
        #"{"externalId":"0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"}"#,
        #"{"externalId":"0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D","status":"FAILED"}"#,
    ])
    func `what names no transaction of ours is refused`(body: String) {
        #expect(
            provider.receive(InboundCallback(method: "PUT", body: Array(body.utf8)), now: Sample.createdAt)
                == .refused(.malformed))
    }

    @Test
    func `a GET is no callback`() {
        let body = Array(#"{"externalId":"\#(Sample.reference)","status":"FAILED"}"#.utf8)
        #expect(
            provider.receive(InboundCallback(method: "GET", body: body), now: Sample.createdAt) == .refused(.malformed))
    }
}
