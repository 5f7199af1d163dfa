import Router
import RouterTestKit
import Testing
import WebText

@testable import Providers

/// Credits of the first version with a list of what each `result` means.
@Suite("TMoney: results of the first version")
struct TMoneyLegacyResultTests {
    private static let settings: JSONValue = [
        "username": "demo", "operator_addresses": ["196.168.7.7"],
        "legacy_credit": [
            "path": "/v1/credit", "role": "agent", "id": "1234", "sms": "{shop}: {description}",
            "results": ["OK": "succeeded", "0": "succeeded", "KO": "refused", "WAIT": "pending"],
        ],
    ]
    let provider: TMoneyProvider
    let order: PayoutInstruction

    init() throws {
        provider = try Sample.provider("tmoney", Self.settings)
        var order = try Sample.payout(for: "tmoney")
        order.shop = Shop(name: "Chez Ama")
        order.customer.email = "kofi@example.com"
        self.order = order
    }

    private func fields(_ changes: KeyValuePairs<String, JSONValue?> = [:]) -> JSONValue {
        var fields = JSONObject([
            .init("agentid", "1234"), .init("client", "22890112233"), .init("amount", "5000"), .init("currency", "XOF"),
            .init("referenceid", .string(Sample.reference)), .init("result", "OK"), .init("transactionid", "V1-9"),
        ])
        for (name, value) in changes { fields[name] = value }
        return .object(fields)
    }

    private func read(_ changes: KeyValuePairs<String, JSONValue?> = [:], status: Int = 200) -> String {
        provider.readPayout(WireReply(status: status, body: fields(changes).serialized()), to: order).line
    }

    @Test
    func `sms and email go out`() async throws {
        let request = try await provider.preparePayout(order, asking: ScriptedWire()).request
        #expect(request.url.contains("agentid=1234&") && request.url.contains("&sms=Chez%20Ama%3A%20Salaire%207"))
        #expect(request.url.hasSuffix("&email=kofi%40example.com"))
        var bare = order
        bare.customer.email = nil
        let second = try await provider.preparePayout(bare, asking: ScriptedWire()).request
        #expect(!second.url.contains("email="))
    }

    @Test
    func `each result means what the setting says`() {
        let paid = "succeeded reference=\(Sample.reference) units=5000 currency=XOF operator=V1-9"
        #expect(read() == paid)
        #expect(read(["result": 0]) == paid && read(["currency": "952", "amount": 5_000]) == paid)
        #expect(read(["result": "KO", "transactionid": ""]) == "rejected unspecified (KO)")
        #expect(read(["result": "WAIT"]) == "pending wait operator=V1-9")
    }

    @Test
    func `what is not listed, or not whole, proves nothing`() {
        for changes: KeyValuePairs<String, JSONValue?> in [
            ["result": "ok"], ["result": nil], ["result": ""], ["transactionid": ""], ["transactionid": nil],
            ["agentid": "999"], ["agentid": nil], ["client": nil], ["client": "22890999999"], ["referenceid": nil],
            ["amount": nil], ["amount": "5 000"], ["currency": nil], ["currency": "CFA"],
        ] {
            #expect(read(changes).hasPrefix("unknown"), "\(changes)")
        }
        for status in [202, 400, 403, 500] where status != 202 {
            #expect(read(status: status).hasPrefix("unknown"), "\(status)")
        }
        #expect(read(["amount": "4999"]).contains("units=4999"))
    }

    private func receive(
        _ fields: JSONValue, peer: String = "196.168.7.7", method: String = "POST", asForm: Bool = false,
        asQuery: Bool = false
    ) -> CallbackVerdict {
        let form = FormText.encoded(
            (fields.objectValue?.members ?? []).map { ($0.name, $0.value.stringValue ?? "") })
        return provider.receive(
            InboundCallback(
                method: method, query: asQuery ? form : "",
                body: asQuery ? [] : asForm ? Array(form.utf8) : fields.serialized(), peer: peer),
            now: Sample.createdAt)
    }

    private func fact(_ verdict: CallbackVerdict) throws -> CallbackFact {
        guard case .about(let fact) = verdict else { throw NothingThrown() }
        return fact
    }

    @Test
    func `the same seven fields count as a call back, from the operator's addresses only`() throws {
        let verdicts = [
            receive(fields()), receive(fields(), asForm: true), receive(fields(), method: "GET", asQuery: true),
        ]
        for verdict in verdicts {
            let fact = try fact(verdict)
            #expect(fact.about == .reference(Sample.reference) && fact.proof == .listedAddress)
            #expect(fact.claim.line.hasPrefix("succeeded") && fact.transactionID == "V1-9")
            #expect(fact.payer == "22890112233" && fact.statement?.minorUnits == 5_000)
        }
        #expect(try fact(receive(fields(), peer: "196.168.7.8")).proof == .nothing)
        #expect(try fact(receive(fields(["result": "KO"]))).claim.line == "rejected unspecified (KO)")
    }

    @Test
    func `the second version's call backs prove nothing without a question`() throws {
        let hint: JSONValue = [
            "idRequete": .string(Sample.reference), "statutRequete": "SUCCES", "code": "2002", "montant": 5_000,
        ]
        #expect(try fact(receive(hint)).proof == .nothing && fact(receive(hint)).payerReference == nil)
        #expect(provider.manifest.contract.check == .byOurReference, "so that an address is only a reason to ask")
    }

    @Test(
        arguments: [
            ("USSD77", "DEBIT", "ABCD", "ABCD"), ("USSD77", "CREDIT", "ABCD", nil), ("USSD77", "DEBIT", "", nil),
            (Sample.reference, "DEBIT", "ABCD", nil), (Sample.reference.uppercased(), "DEBIT", "ABCD", nil),
        ] as [(String, String, String, String?)])
    func `what a payer typed in the menu is told of ids that are not ours`(
        _ id: String, _ type: String, _ order: String, _ typed: String?
    ) throws {
        let body: JSONValue = [
            "idRequete": .string(id), "typeRequete": .string(type), "refCommande": .string(order),
            "statutRequete": "SUCCES", "code": "2002", "montant": 5_000, "numeroClient": "22890112233",
        ]
        let told = try fact(receive(body))
        #expect(told.payerReference == typed && told.about == .reference(id))
        #expect(told.proof == (typed == nil ? .nothing : .listedAddress) && told.payer == "22890112233")
        let elsewhere = try fact(receive(body, peer: "196.168.7.8"))
        #expect(elsewhere.payerReference == nil && elsewhere.proof == .nothing)
        let long = try fact(receive(body.withMembers(["pad": .string(String(repeating: "x", count: 5_000))])))
        #expect(long.payerReference == nil && long.proof == .nothing)
    }

    @Test
    func `only with addresses does a call back settle a credit`() throws {
        #expect(provider.manifest.contract(for: .payout).callback == .addressOnly)
        #expect(provider.manifest.contract.callback == .addressOnly)
        let deaf: TMoneyProvider = try Sample.configured("tmoney legacy")
        #expect(deaf.manifest.contract(for: .payout).callback == .none)
        #expect(deaf.manifest.contract.callback == .none)
    }

    @Test(
        arguments: [
            (["results": ["OK": "done"]], "/legacy_credit/results/OK: "),
            (["sms": "{phone}"], "/settings/legacy_credit/sms: "), (["email": "{"], "/settings/legacy_credit/email: "),
        ] as [(JSONValue, String)])
    func `what is wrong in the settings is named`(more: JSONValue, complaint: String) {
        var legacy = JSONObject([.init("path", "/v1"), .init("role", "agent"), .init("id", "1")])
        for member in more.objectValue?.members ?? [] { legacy[member.name] = member.value }
        let settings: JSONValue = ["username": "d", "legacy_credit": .object(legacy)]
        #expect(Sample.complaint("tmoney", settings).hasPrefix(complaint))
    }
}
