import Router
import RouterTestKit
import Testing

@testable import Providers

@Suite("TMoney: credits")
struct TMoneyCreditTests {
    let (provider, order): (TMoneyProvider, PayoutInstruction)

    init() throws { (provider, order) = try Sample.payingOut("tmoney") }

    @Test
    func `the request is the operator's, field by field`() async throws {
        let made = try await provider.preparePayout(order, asking: ScriptedWire())
        #expect(made.request.method == .post && made.request.url == Sample.root + "/api/tpcredit")
        #expect(
            made.request.bodyText
                == #"{"idRequete":"\#(Sample.reference)","numeroClient":"22890112233","montant":5000,"#
                + #""refCommande":"\#(Sample.reference)","dateHeureRequete":"2026-11-21 09:30:05","description":"Salaire 7"}"#
        )
    }

    @Test
    func `the newer layout is one setting, and single paths go before it`() async throws {
        let settings: JSONValue = ["username": "demo", "layout": "newer", "paths": ["debit": "/other/debit"]]
        let newer: TMoneyProvider = try Sample.provider("tmoney", settings)
        #expect(
            try await newer.preparePayout(order, asking: ScriptedWire()).request.url == Sample.root
                + "/m-banking/v1/api/tpcredit")
        #expect(newer.debitURL == Sample.root + "/other/debit")
        #expect(newer.statusURL == Sample.root + "/push-api/v1/transactionid")
        #expect(newer.creditStatusURL == Sample.root + "/m-banking/v1/api/tpcredit/check-transaction-id")
        #expect(newer.loginURL == Sample.root + "/login")
    }

    @Test(arguments: Fixture.rows("tmoney/credit.json"))
    func `every row of the reply table`(row: Row) {
        #expect(provider.readPayout(row.reply, to: order).line == row.text("answer"))
    }

    @Test
    func `the answer tells what we have left`() throws {
        let body: JSONValue = [
            "code": "2002", "statutRequete": "SUCCES", "montant": 5_000, "soldePartenaire": "995000",
        ]
        let statement = try #require(
            provider.readPayout(WireReply(status: 200, body: body.serialized()), to: order).succeeded, "not succeeded")
        #expect(statement.balance == Balance(Money(995_000, .xof), channels: ["tmoney"]))
    }

    @Test
    func `a credit is asked about at its own address, and a debit is no credit`() async throws {
        let element: JSONValue = [
            "idRequete": .string(Sample.reference), "statutRequete": "SUCCES", "montant": 5_000,
            "typeRequete": "CREDIT",
        ]
        let wire = ScriptedWire(["total": 1, "data": [element]])
        let finding = await provider.check(.payout(order), asking: wire)
        #expect(finding.line == "found succeeded reference=\(Sample.reference) units=5000")
        #expect(
            wire.questions.map(\.url) == [
                Sample.root + "/api/tpcredit/check-transaction-id?idRequete=\(Sample.reference)"
            ])
        let debit: JSONValue = [
            "idRequete": .string(Sample.reference), "statutRequete": "SUCCES", "montant": 5_000, "typeRequete": "DEBIT",
        ]
        let other = await provider.check(.payout(order), asking: ScriptedWire(["total": 1, "data": [debit]]))
        #expect(other.line == "could not answer: not a credit")
        let empty = await provider.check(.payout(order), asking: ScriptedWire(["total": 0, "data": []]))
        #expect(empty == .absent)
    }

    @Test
    func `a callback about a credit is read as one`() throws {
        let body: JSONValue = [
            "idRequete": "r1", "statutRequete": "SUCCES", "code": "2000", "montant": 5_000, "typeRequete": "CREDIT",
        ]
        let verdict = provider.receive(InboundCallback(method: "POST", body: body.serialized()), now: Sample.createdAt)
        guard case .about(let fact) = verdict else { throw NothingThrown() }
        #expect(fact.claim.line == "succeeded reference=r1 units=5000" && !fact.isAuthentic)
    }

    @Test
    func `payouts are sent once, ever`() {
        let contract = provider.manifest.contract(for: .payout)
        #expect(contract.key == .none && contract.check == .byOurReference && !contract.absenceIsAuthoritative)
        #expect(provider.manifest.payout?.channels == ["tmoney"])
    }
}

@Suite("TMoney: credits of the first version")
struct TMoneyLegacyCreditTests {
    let (provider, order): (TMoneyProvider, PayoutInstruction)

    init() throws { (provider, order) = try Sample.payingOut("tmoney legacy") }

    @Test
    func `the password is added on the wire only`() async throws {
        let request = try await provider.preparePayout(order, asking: ScriptedWire()).request
        let query =
            "merchantid=1234&client=22890112233&amount=5000&currency=XOF&trxcode=\(Sample.reference)"
            + "&description=Salaire%207&referenceid=\(Sample.reference)"
        #expect(request.method == .get && request.url == Sample.root + "/v1/credit?" + query && request.body.isEmpty)
        let signed = provider.sign(request, .sample(token: "abc"))
        #expect(signed.url == request.url + "&password=planted-legacy")
        #expect(signed.header("Authorization") == nil)
        #expect(!String(describing: signed).contains("planted") && !"\(signed)".contains("22890112233"))
        let debit = provider.sign(WireRequest(.post, provider.debitURL), .sample(token: "abc"))
        #expect(debit.url == provider.debitURL && debit.header("Authorization") == "Bearer abc")
    }

    @Test(arguments: [200, 202, 400, 401, 403, 404, 409, 500])
    func `no answer of it proves anything`(status: Int) {
        let bodies: [JSONValue] = [
            ["result": "OK", "transactionid": "1"], ["result": "0", "amount": "5000"],
            ["code": "2002", "statutRequete": "SUCCES", "montant": 5_000],
            ["result": "NOK"], ["code": "403"], ["fault": ["code": 1]],
        ]
        for body in bodies {
            let reply = WireReply(status: status, body: body.serialized())
            #expect(provider.readPayout(reply, to: order).isUnknown)
        }
    }

    @Test
    func `it cannot be asked about`() async {
        #expect(provider.manifest.contract(for: .payout).check == .none)
        #expect(await provider.check(.payout(order), asking: ScriptedWire()).line.hasPrefix("could not answer"))
    }

    @Test(
        arguments: [
            (["path": "v1", "role": "agent", "id": "1"], "/settings/legacy_credit/path: "),
            (["path": "/v1?x=1", "role": "agent", "id": "1"], "/settings/legacy_credit/path: "),
            (["path": "/v1", "role": "boss", "id": "1"], "/legacy_credit/role: "),
            (["path": "/v1", "role": "agent", "id": ""], "/settings/legacy_credit/id: "),
            (["path": "/v1", "role": "agent", "id": "a&b"], "/settings/legacy_credit/id: "),
        ] as [(JSONValue, String)])
    func `what is wrong is named`(legacy: JSONValue, complaint: String) {
        #expect(Sample.complaint("tmoney", ["username": "d", "legacy_credit": legacy]).hasPrefix(complaint))
    }

    @Test
    func `it needs its password`() {
        let settings: JSONValue = ["username": "d", "legacy_credit": ["path": "/v1", "role": "agent", "id": "1"]]
        let setup = Sample.setup("tmoney", secrets: ["password": "x"])
        #expect(Sample.complaint("tmoney", settings, setup).hasPrefix("/secrets/legacy_password: "))
    }
}
