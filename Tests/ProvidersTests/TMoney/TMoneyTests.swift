import Router
import RouterTestKit
import Testing

@testable import Providers

@Suite("TMoney: the debit")
struct TMoneyDebitTests {
    let (provider, order): (TMoneyProvider, CollectInstruction)

    init() throws { (provider, order) = try Sample.collecting("tmoney") }

    private func request(_ provider: TMoneyProvider, _ order: CollectInstruction) async throws -> MoneyRequest {
        let wire = ScriptedWire()
        guard case .request(let request) = try await provider.prepare(order, asking: wire) else {
            throw NothingThrown()
        }
        #expect(wire.questions.isEmpty)
        return request
    }

    @Test
    func `the request is the operator's, field by field`() async throws {
        let made = try await request(provider, order)
        #expect(made.request.method == .post)
        #expect(made.request.url == "http://127.0.0.1:8090/op/tmoney-middleware/debit")
        #expect(made.request.header("Content-Type") == "application/json")
        #expect(made.operatorReference == nil)
        #expect(
            made.request.bodyText
                == #"{"idRequete":"\#(Sample.reference)","numeroClient":"22890112233","montant":5000,"#
                + #""refCommande":"\#(Sample.reference)","dateHeureRequete":"2026-11-21 09:30:05","description":"Panier 15"}"#
        )
    }

    @Test
    func `field spellings and paths are settings`() async throws {
        let settings: JSONValue = [
            "username": "demo", "request_id_field": "idrequete", "request_time_field": "dateheureRequete",
            "paths": [
                "debit": "/push-api/v1/debit", "debit_status": "https://other.example/push-api/v1/transactionid",
            ],
        ]
        let provider: TMoneyProvider = try Sample.provider("tmoney", settings)
        let made = try await request(provider, order)
        #expect(made.request.url.hasSuffix("/op/push-api/v1/debit"))
        #expect(made.request.bodyText.contains(#"{"idrequete":"\#(Sample.reference)""#))
        #expect(made.request.bodyText.contains(#""dateheureRequete":"2026-11-21 09:30:05""#))
        #expect(!made.request.bodyText.contains("idRequete"))
        let wire = ScriptedWire(["data": []])
        _ = await provider.check(.collect(order), asking: wire)
        #expect(
            wire.questions.map(\.url)
                == ["https://other.example/push-api/v1/transactionid?idrequete=\(Sample.reference)"])
    }

    @Test
    func `hostile text stays text`() async throws {
        var order = order
        order.text = "\",\"montant\":1,\"x\":\"\r\n\u{0}"
        let made = try await request(provider, order)
        let parsed = try StrictJSON.parse(made.request.body)
        #expect(parsed["montant"] == 5_000)
        #expect(parsed["description"]?.stringValue == order.text)
        order.text = ""
        #expect(try StrictJSON.parse(try await request(provider, order).request.body)["description"] == "Paiement")
    }

    @Test(arguments: [
        ("no phone", Money(5_000, .xof), nil), ("a foreign phone", Money(5_000, .xof), "+216 20 123 456"),
        ("too little", Money(99, .xof), "+22890112233"), ("too much", Money(2_000_001, .xof), "+22890112233"),
        ("another currency", Money(5_000, .tnd), "+22890112233"),
    ])
    func `orders that do not fit are refused before anything is sent`(
        name: String, amount: Money, phone: String?
    ) async throws {
        let order = try Sample.order(amount, channel: "tmoney", phone: phone)
        let wire = ScriptedWire()
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: wire)
        }
        #expect(thrown.refusal.reason == .invalidRequest)
        #expect(!thrown.detail.contains("90112233") && wire.questions.isEmpty)
    }

    @Test(arguments: Fixture.rows("tmoney/debit.json"))
    func `every row of the reply table`(row: Row) {
        #expect(provider.read(row.reply, to: order).line == row.text("answer"))
    }

    @Test
    func `the contract is the careful one`() {
        let manifest = provider.manifest
        #expect(manifest.channels == ["tmoney"] && manifest.phoneCountries == ["TG"] && manifest.requires == [.phone])
        #expect(manifest.currencies == [.init(.xof, minimum: 100, maximum: 2_000_000)])
        #expect(!manifest.onePromptPerWallet && !manifest.mayReuseConnections && manifest.referenceShape == .uuid)
        let contract = manifest.contract
        #expect(contract.key == .none && contract.keyWindowSeconds == 0 && !contract.keyIsStrong)
        #expect(contract.check == .byOurReference && !contract.absenceIsAuthoritative && contract.callback == .none)
        #expect(!contract.authenticationPrecedesExecution && !contract.throttlingPrecedesExecution)
        #expect(contract.promptLifetimeSeconds == 120 && contract.maximumServerLifeSeconds == 86_400)
        #expect(contract.resendPromptsPayerAgain && contract.reviewAfterSeconds == 1_800)
        let waits = (0..<25).map { contract.checkLadder.wait(before: $0) / 1_000 }
        #expect(
            waits == Array(repeating: 5, count: 6) + Array(repeating: 15, count: 8) + Array(repeating: 60, count: 10)
                + [120])
    }
}

@Suite("TMoney: login")
struct TMoneyLoginTests {
    @Test
    func `the login request carries the credentials and nothing else does`() throws {
        let provider: TMoneyProvider = try Sample.configured("tmoney")
        let request = provider.loginRequest(.main)
        #expect(request.url == "http://127.0.0.1:8090/op/login" && request.method == .post)
        #expect(request.bodyText == #"{"nomUtilisateur":"demo","motDePasse":"planted-password"}"#)
    }

    @Test(arguments: Fixture.rows("tmoney/login.json"))
    func `every row of the login table`(row: Row) throws {
        let provider: TMoneyProvider = try Sample.configured("tmoney")
        #expect(provider.readLogin(row.reply).line == row.text("result"))
    }

    @Test
    func `authorizing adds the bearer token only`() throws {
        let provider: TMoneyProvider = try Sample.configured("tmoney")
        let request = WireRequest(.post, "https://x.example/", headers: [.init("A", "b")], body: [1, 2])
        let signed = provider.sign(request, .sample(token: "abc"))
        #expect(signed.headers == [.init("A", "b"), .init("Authorization", "Bearer abc")])
        #expect(signed.body == request.body && signed.url == request.url)
        #expect(provider.sign(request, .sample()) == request)
    }
}

@Suite("TMoney: the check")
struct TMoneyCheckTests {
    private func find(_ reply: WireReply) async throws -> StatusCheckResult {
        let provider: TMoneyProvider = try Sample.configured("tmoney")
        return await provider.check(.collect(try Sample.order(for: "tmoney")), asking: ScriptedWire(reply))
    }

    @Test
    func `asks by our reference, without credentials of its own`() async throws {
        let provider: TMoneyProvider = try Sample.configured("tmoney")
        let wire = ScriptedWire(["total": 0, "data": []])
        _ = await provider.check(.collect(try Sample.order(for: "tmoney")), asking: wire)
        let question = try #require(wire.questions.first)
        #expect(question.method == .get && question.body.isEmpty && question.header("Authorization") == nil)
        #expect(
            question.url == "http://127.0.0.1:8090/op/tmoney-middleware/transactionid?idRequete=\(Sample.reference)")
    }

    @Test(arguments: Fixture.rows("tmoney/check.json"))
    func `every row of the transaction table`(row: Row) async throws {
        var element = try #require(row["element"]?.objectValue)
        element["idRequete"] = .string(Sample.reference)
        let body: JSONValue = ["total": 1, "data": [.object(element)]]
        #expect(try await find(WireReply(status: 200, body: body.serialized())).line == row.text("finding"))
    }

    @Test(arguments: Fixture.rows("tmoney/check-replies.json"))
    func `every row of the reply table`(row: Row) async throws {
        #expect(try await find(row.reply).line == row.text("finding"))
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply is no answer`(failure: AskFailure) async throws {
        let provider: TMoneyProvider = try Sample.configured("tmoney")
        let finding = await provider.check(.collect(try Sample.order(for: "tmoney")), asking: ScriptedWire(failure))
        #expect(finding.line.hasPrefix("could not answer"))
    }
}

@Suite("TMoney: callbacks")
struct TMoneyCallbackTests {
    private func receive(_ body: [UInt8], method: String = "POST") throws -> CallbackVerdict {
        let provider: TMoneyProvider = try Sample.configured("tmoney")
        return provider.receive(InboundCallback(method: method, body: body), now: Sample.createdAt)
    }

    @Test
    func `a success is a hint, acknowledged as the operator expects`() throws {
        let fact = try #require(
            try receive(Fixture.bytes("tmoney/callback-success.json")).about, "not about a transaction")
        #expect(fact.about == .reference(Sample.reference))
        #expect(!fact.isAuthentic)
        #expect(fact.claim.line == "succeeded reference=\(Sample.reference) units=5000 operator=TM123")
        let acknowledgement = try #require(fact.acknowledgement)
        #expect(acknowledgement.contentType == "application/json")
        let answer = try StrictJSON.parse(acknowledgement.body)
        #expect(answer["code"] == "2001" && answer["idRequete"]?.stringValue == Sample.reference)
        #expect(answer["refCommande"] == "C-15" && answer["dateHeureRequete"] == "2026-11-21 09:30:05")
        #expect(answer["message"]?.stringValue?.isEmpty == false)
    }

    @Test(arguments: [
        ("SUCCES", "2002", "succeeded reference=r1 units=5000"), ("SUCCES", "200", "unknown unlisted (SUCCES/200)"),
        ("SUCCESS", "2002", "unknown unlisted (SUCCESS/2002)"),
        ("ECHEC", "500", "rejected declined (500) may flip"),
        ("EN ATTENTE", "2000", "pending approve_on_phone"), ("EN_ATTENTE", "2000", "pending approve_on_phone"),
    ])
    func `claims follow status and code`(status: String, code: String, line: String) throws {
        let body: JSONValue = [
            "idRequete": "r1", "statutRequete": .string(status), "code": .string(code), "montant": 5_000,
        ]
        let fact = try #require(try receive(body.serialized()).about, "not about a transaction")
        #expect(fact.claim.line == line)
    }

    @Test
    func `a success without its code claims nothing`() throws {
        let body: JSONValue = ["idRequete": "r1", "statutRequete": "SUCCES", "montant": 5_000]
        let fact = try #require(try receive(body.serialized()).about, "not about a transaction")
        #expect(fact.claim.isUnknown)
    }

    @Test(arguments: [
        "", "{}", "[]", "null", #"{"idRequete":""}"#, #"{"idRequete":5}"#, #"{"idRequete":"a","idRequete":"b"}"#,
        "idRequete=abc", "<html>", #"{"idRequete":"a""#,
    ])
    func `what names no transaction is refused`(body: String) throws {
        #expect(try receive(Array(body.utf8)) == .refused(.malformed))
    }

    @Test
    func `an id beyond any length is refused`() throws {
        let body: JSONValue = ["idRequete": .string(String(repeating: "x", count: 101))]
        #expect(try receive(body.serialized()) == .refused(.malformed))
    }
}

@Suite("TMoney: configuration")
struct TMoneyConfigurationTests {
    @Test(
        arguments: [
            (["username": ""], "/settings/username: expected"), ([:], "/username: the member"),
            (["username": "d", "user": "d"], "/user: the member"),
            (["username": "d", "request_id_field": "id"], "/request_id_field: "),
            (["username": "d", "minimum": 0], "/settings/minimum: "),
            (["username": "d", "minimum": 10, "maximum": 9], "/settings/maximum: "),
            (["username": "d", "minimum": "1"], "/minimum: "),
            (["username": "d", "paths": ["debit": "debit"]], "/settings/paths/debit: "),
            (
                ["username": "d", "paths": ["login": "http://other.example/login"]],
                "/settings/paths/login: expected https"
            ),
            (["username": "d", "paths": ["debit_status": "/a?b=c"]], "/settings/paths/debit_status: "),
        ] as [(JSONValue, String)])
    func `what is wrong is named`(settings: JSONValue, complaint: String) {
        #expect(Sample.complaint("tmoney", settings).hasPrefix(complaint))
    }

    @Test
    func `the address comes from the contract, so it is required`() {
        for environment in PayEnvironment.allCases {
            let setup = Sample.setup("tmoney", environment: environment, baseURL: nil)
            #expect(Sample.complaint("tmoney", ["username": "d"], setup).hasPrefix("/base_url: "))
        }
    }

    @Test
    func `plain http is for literal loopback in the sandbox`() {
        let refused = ["http://127.0.0.1:1", "http://operator.example", "ftp://operator.example", "operator.example"]
        for url in refused {
            let setup = Sample.setup("tmoney", environment: .production, baseURL: url)
            #expect(Sample.complaint("tmoney", ["username": "d"], setup).hasPrefix("/base_url: "))
        }
        let setup = Sample.setup("tmoney", environment: .production, baseURL: "https://operator.example/x/")
        #expect(Sample.complaint("tmoney", ["username": "d"], setup) == "none")
        let sandbox = Sample.setup("tmoney", baseURL: "http://localhost:8090")
        #expect(Sample.complaint("tmoney", ["username": "d"], sandbox).hasPrefix("/base_url: expected https"))
    }

    @Test(arguments: [[:], ["password": ""]])
    func `the password is required`(secrets: [String: String]) {
        let setup = Sample.setup("tmoney", secrets: secrets)
        #expect(Sample.complaint("tmoney", ["username": "d"], setup).hasPrefix("/secrets/password: "))
    }
}
