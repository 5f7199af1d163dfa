import Router
import RouterTestKit
import Testing

@testable import Providers

@Suite("Flouci: the hosted page")
struct FlouciPageTests {
    let (provider, order): (FlouciPageProvider, CollectInstruction)

    init() throws { (provider, order) = try Sample.collecting("flouci page") }

    private func production() throws -> FlouciPageProvider {
        try Sample.provider(
            "flouci", [:], setup: Sample.setup("flouci", environment: .production, baseURL: nil))
    }

    @Test
    func `opening a page asks one question, field by field`() async throws {
        var order = order
        order.returnURLs = ReturnURLs(success: "https://shop.example/ok", failure: "https://shop.example/no")
        let wire = ScriptedWire(["result": ["payment_id": "abcdef", "link": "https://flouci.com/pay/abcdef"]])
        let prepared = try await provider.prepare(order, asking: wire)
        #expect(
            prepared
                == .session(
                    Session(
                        operatorReference: "abcdef",
                        actions: [
                            .redirect(url: "https://flouci.com/pay/abcdef"),
                            .showQR(content: "https://flouci.com/pay/abcdef"),
                        ], lifetimeSeconds: 300)))
        let question = try #require(wire.questions.first)
        #expect(wire.questions.count == 1 && question.method == .post)
        #expect(question.url == "http://127.0.0.1:8090/op/api/v2/generate_payment")
        #expect(
            question.bodyText
                == #"{"amount":1250,"success_link":"https://shop.example/ok","fail_link":"https://shop.example/no","#
                + #""webhook":"https://pay.example/callbacks/some","developer_tracking_id":"\#(Sample.reference)","#
                + #""session_timeout_secs":300,"accept_card":false}"#)
    }

    @Test
    func `without return addresses the router's own page serves; cards are a setting`() async throws {
        let provider: FlouciPageProvider = try Sample.provider("flouci", ["accept_card": true])
        let wire = ScriptedWire(["result": ["payment_id": "abcdef", "link": "https://flouci.com/pay/abcdef"]])
        _ = try await provider.prepare(order, asking: wire)
        let body = try StrictJSON.parse(try #require(wire.questions.first).body)
        #expect(body["success_link"] == "https://pay.example/callbacks/some/return")
        #expect(body["fail_link"] == "https://pay.example/callbacks/some/return")
        #expect(body["accept_card"] == true)
    }

    @Test(arguments: Fixture.rows("flouci/generate.json"))
    func `every row of the answer table`(row: Row) async throws {
        let wire = ScriptedWire(row.reply)
        let line: String
        do throws(PreparationFailure) {
            guard case .session(let session) = try await provider.prepare(order, asking: wire),
                case .redirect(let url)? = session.actions.first
            else { throw .invalid("no session") }
            line = "session \(session.operatorReference ?? "none") \(url)"
        } catch {
            line = error.refusal.line
        }
        #expect(line == row.text("outcome"))
    }

    @Test
    func `in production the sandbox operator's link is foreign`() async throws {
        let row = try #require(Fixture.rows("flouci/generate.json").first { $0.name == "sandbox link" })
        let provider = try production()
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: ScriptedWire(row.reply))
        }
        #expect(thrown.refusal.reason == .notSent)
    }

    @Test
    func `in production every address is https`() async throws {
        let provider = try production()
        for url in ["http://shop.example/ok", "shop.example", "javascript:alert(1)"] {
            var order = order
            order.returnURLs.success = url
            let wire = ScriptedWire()
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepare(order, asking: wire)
            }
            #expect(thrown.refusal.reason == .invalidRequest && wire.questions.isEmpty)
        }
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply means nothing was sent`(askFailure: AskFailure) async throws {
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: ScriptedWire(askFailure))
        }
        #expect([.notSent, .credentialsRefused].contains(thrown.refusal.reason))
    }

    @Test
    func `an operator's message reaches the log short and without keys`() async throws {
        let body: JSONValue = [
            "result": ["message": .string("Bad key planted-private-0123456789 " + String(repeating: "x ", count: 500))]
        ]
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: ScriptedWire(status: 400, body))
        }
        #expect(thrown.detail.contains("Bad key ***") && thrown.detail.utf8.count < 300)
    }

    @Test(arguments: [0, 99, 1_000_000_001, -5])
    func `orders outside the limits are refused`(units: Int64) async throws {
        let order = try Sample.order(Money(units, .tnd), channel: "flouci", phone: nil)
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: ScriptedWire())
        }
        #expect(thrown.refusal.reason == .invalidRequest)
    }

    @Test
    func `the keys travel as one bearer`() {
        let request = WireRequest(.get, "https://developers.flouci.com/x", body: [1])
        let signed = provider.sign(request, .sample())
        #expect(signed.headers == [.init("Authorization", "Bearer planted-public:planted-private")])
        #expect(signed.body == request.body && signed.url == request.url)
    }

    @Test
    func `there is no money request to read`() {
        #expect(provider.read(WireReply(status: 200, body: Array(#"{"code":0}"#.utf8)), to: order).isUnknown)
    }

    @Test
    func `the contract asks slowly and trusts no callback`() {
        let manifest = provider.manifest
        #expect(manifest.channels == ["flouci"] && !manifest.mayReuseConnections && manifest.requires.isEmpty)
        #expect(manifest.currencies == [.init(.tnd, minimum: 100, maximum: 1_000_000_000)])
        let contract = manifest.contract
        #expect(contract.check == .byOperatorReference && contract.key == .none && contract.callback == .none)
        #expect(contract.failureQuarantineSeconds == 86_400 && contract.promptLifetimeSeconds == 300)
        #expect(contract.checksPerSecond == 1 && contract.reviewAfterSeconds == 1_800)
        let waits = (0..<8).map { contract.checkLadder.wait(before: $0) / 1_000 }
        #expect(waits == [5, 10, 20, 30, 60, 60, 120, 300])
    }
}

@Suite("Flouci: the check")
struct FlouciCheckTests {
    @Test(arguments: Fixture.rows("flouci/verify.json"))
    func `every row of the status table`(row: Row) async throws {
        let provider: FlouciPageProvider = try Sample.configured("flouci page")
        let wire = ScriptedWire(row.reply)
        let finding = await provider.check(.collect(try Sample.order(for: "flouci page")), asking: wire)
        #expect(finding.line == row.text("finding"))
        #expect(finding != .absent)
        #expect(
            wire.questions.map(\.url) == ["http://127.0.0.1:8090/op/api/v2/verify_payment/FoPKKHqfQIKfBqhEj8M47A"])
    }

    @Test
    func `without a payment id nothing is asked`() async throws {
        let provider: FlouciPageProvider = try Sample.configured("flouci page")
        let wire = ScriptedWire()
        let order = try Sample.order(Money(1_250, .tnd), channel: "flouci", phone: nil)
        #expect(await provider.check(.collect(order), asking: wire).line == "could not answer: no payment id is known")
        #expect(wire.questions.isEmpty)
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply is no answer`(failure: AskFailure) async throws {
        let provider: FlouciPageProvider = try Sample.configured("flouci page")
        let finding = await provider.check(
            .collect(try Sample.order(for: "flouci page")), asking: ScriptedWire(failure))
        #expect(finding.line.hasPrefix("could not answer"))
    }
}

@Suite("Flouci: callbacks")
struct FlouciCallbackTests {
    private func receive(_ callback: InboundCallback) throws -> CallbackVerdict {
        let provider: FlouciPageProvider = try Sample.configured("flouci page")
        return provider.receive(callback, now: Sample.createdAt)
    }

    @Test(arguments: [
        ("GET", "payment_id=FoPKKHqfQIKfBqhEj8M47A&success=True", ""),
        ("GET", "success=False&payment_id=FoPKKHqfQIKfBqhEj8M47A", ""),
        ("GET", "payment%5Fid=%46oPKKHqfQIKfBqhEj8M47A", ""),
        ("POST", "", #"{"payment_id":"FoPKKHqfQIKfBqhEj8M47A"}"#),
        ("POST", "", #" {"result":{"payment_id":"FoPKKHqfQIKfBqhEj8M47A","status":"SUCCESS"}}"#),
        ("POST", "", #"{"data":{"payment_id":"FoPKKHqfQIKfBqhEj8M47A"}}"#),
        ("POST", "", "payment_id=FoPKKHqfQIKfBqhEj8M47A&success=True"),
        ("PUT", "payment_id=FoPKKHqfQIKfBqhEj8M47A", #"{"payment_id":"FoPKKHqfQIKfBqhEj8M47A"}"#),
    ])
    func `every shape on record names the payment`(method: String, query: String, body: String) throws {
        let verdict = try receive(InboundCallback(method: method, query: query, body: Array(body.utf8)))
        let fact = try #require(verdict.about, "not about a payment")
        #expect(fact.about == .operatorReference("FoPKKHqfQIKfBqhEj8M47A"))
        #expect(!fact.isAuthentic && fact.claim.isUnknown && fact.acknowledgement == nil && fact.dedupKey == nil)
    }

    @Test(arguments: [
        ("", ""), ("success=True", ""), ("payment_id=", ""), ("payment_id", ""), ("payment_id=abc%2F..%2Fdef", ""),
        ("payment_id=abcdef&payment_id=ghijkl", ""), ("payment_id=abcdef", #"{"payment_id":"ghijkl"}"#),
        ("payment_id=%zz%zz%zz", ""), ("", #"{"payment_id":123456}"#), ("", #"{"payment_id":"abcdef""#),
        ("", #"{"payment_id":"abcdef","payment_id":"abcdef"}"#), ("", "<html>"), ("", "{}"),
        ("payment_id=%FF%FE%FD%FC%FB%FA", ""),
    ])
    func `what names no payment, or two, is refused`(query: String, body: String) throws {
        let callback = InboundCallback(method: "POST", query: query, body: Array(body.utf8))
        #expect(try receive(callback) == .refused(.malformed))
    }
}
