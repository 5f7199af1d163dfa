import Router
import Testing

@testable import Providers

@Suite("Flooz: the debit")
struct FloozDebitTests {
    let (provider, order): (FloozProvider, CollectInstruction)

    init() throws { (provider, order) = try Sample.collecting("flooz") }

    private func request(_ provider: FloozProvider) async throws -> WireRequest {
        guard case .request(let made) = try await provider.prepare(order, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        return made.request
    }

    @Test
    func `the request, field by field; the merchant's code joins it on the wire only`() async throws {
        let request = try await request(provider)
        #expect(request.method == .post && request.url == Sample.root + "/payment/HttpService/json/cv/debit")
        let body =
            #"{"msisdn":"22899112233","mrchrefid":"\#(Sample.reference)","mrchname":"Boutique","#
            + #""partnermsisdn":"22899999999","amount":"5000""#
        #expect(request.bodyText == body + "}" && request.header("Authorization") == nil)
        let signed = provider.sign(request, .sample())
        #expect(signed.bodyText == body + #","key":"planted-merchant"}"#)
        #expect(signed.headers.count == request.headers.count + 1 && signed.url == request.url)
    }

    @Test
    func `layouts, single paths and the form of amounts are settings`() async throws {
        var settings = try #require(Sample.floozSettings.objectValue)
        settings["layout"] = "production"
        settings["paths"] = ["verify": "/other/verify"]
        settings["amount_form"] = "number"
        let provider: FloozProvider = try Sample.provider("flooz", .object(settings))
        let request = try await request(provider)
        #expect(request.url == Sample.root + "/floozdebitapi/flooz/debitService")
        #expect(request.bodyText.hasSuffix(#""amount":5000}"#))
        #expect(provider.verifyURL == Sample.root + "/other/verify")
    }

    @Test(arguments: Fixture.rows("flooz/debit.json"))
    func `every row of the reply table`(row: Row) {
        #expect(provider.read(row.reply, to: order).line == row.text("answer"))
    }

    @Test
    func `the contract is the careful one`() {
        let manifest = provider.manifest
        #expect(manifest.channels == ["flooz"] && manifest.phoneCountries == ["TG"] && manifest.onePromptPerWallet)
        #expect(manifest.payout == nil && manifest.refund == nil && manifest.wireLimits.totalMilliseconds == 130_000)
        let contract = manifest.contract
        #expect(contract.key == .none && !contract.absenceIsAuthoritative && contract.resendPromptsPayerAgain)
        #expect(contract.promptLifetimeSeconds == 900 && contract.failureQuarantineSeconds == 86_400)
    }

    @Test(
        arguments: [
            ("username", "", "/settings/username: "), ("username", "a:b", "/settings/username: "),
            ("merchant_name", "", "/settings/merchant_name: "),
            ("partner_number", "99999999", "/settings/partner_number: "),
            ("partner_number", "+2289999999", "/settings/partner_number: "), ("layout", "newest", "/layout: "),
            ("paths", ["debit": "debit"], "/settings/paths/debit: "), ("amount_form", "words", "/amount_form: "),
            ("minimum", 0, "/settings/minimum: "), ("color", "red", "/color: the member"),
        ] as [(String, JSONValue, String)])
    func `what is wrong in the settings is named`(name: String, value: JSONValue, complaint: String) throws {
        var settings = try #require(Sample.floozSettings.objectValue)
        settings[name] = value
        #expect(Sample.complaint("flooz", .object(settings)).hasPrefix(complaint))
        #expect(
            Sample.complaint("flooz", Sample.floozSettings, Sample.setup("flooz", baseURL: nil)).hasPrefix("/base_url"))
    }
}

@Suite("Flooz: verification and callbacks")
struct FloozVerifyTests {
    @Test(arguments: Fixture.rows("flooz/verify.json"), ["flooz", "flooz token"])
    func `every row of the verification table`(row: Row, configuration: String) async throws {
        let provider = try Sample.configured(configuration, as: (any Checking).self)
        let wire = ScriptedWire(row.reply)
        let finding = await provider.check(.collect(try Sample.order(for: "flooz")), asking: wire)
        #expect(finding.line == row.text("finding"))
        #expect(wire.questions.map(\.url) == [Sample.root + "/payment/HttpService/json/cv/Verify"])
        #expect(
            wire.questions.map(\.bodyText)
                == [#"{"mrchrefid":"\#(Sample.reference)","partnermsisdn":"22899999999"}"#])
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply is no answer`(failure: AskFailure) async throws {
        let provider: FloozProvider = try Sample.configured("flooz")
        let order = try Sample.order(for: "flooz")
        #expect(await provider.check(.collect(order), asking: ScriptedWire(failure)).line.hasPrefix("could not answer"))
        let payout = await provider.check(.payout(try Sample.payout(for: "flooz")), asking: ScriptedWire())
        #expect(payout.line.hasPrefix("could not answer"))
    }

    private func receive(_ body: String, method: String = "POST") throws -> CallbackVerdict {
        let provider: FloozProvider = try Sample.configured("flooz")
        return provider.receive(InboundCallback(method: method, body: Array(body.utf8)), now: Sample.createdAt)
    }

    @Test(arguments: [
        #"{"amount":"5000","refid":"FZ1","mrchrefid":"\#(Sample.reference)","msisdn":"22899112233","status":0,"message":"m"}"#,
        "amount=5000&refid=FZ1&mrchrefid=\(Sample.reference)&msisdn=22899112233&status=0&message=m",
    ])
    func `JSON and forms are hints`(body: String) throws {
        guard case .about(let fact) = try receive(body) else { throw NothingThrown() }
        #expect(fact.about == .reference(Sample.reference) && !fact.isAuthentic && fact.claim.isUnknown)
        #expect(try receive(body, method: "GET") == .refused(.malformed))
    }

    @Test(arguments: [
        "", "{}", #"{"mrchrefid":""}"#, #"{"mrchrefid":7}"#, "status=0", "mrchrefid=", "mrchrefid=a&mrchrefid=b",
        "mrchrefid=%61", "<html>mrchrefid=a</html>", #"{"mrchrefid":"a","mrchrefid":"b"}"#,
    ])
    func `what names no payment, or two, is refused`(body: String) throws {
        #expect(try receive(body) == .refused(.malformed))
    }
}

@Suite("Flooz: handed-out tokens")
struct FloozTokenTests {
    let provider: FloozTokenProvider

    init() throws { provider = try Sample.configured("flooz token") }

    @Test
    func `the token is asked for with a constant number`() {
        let request = provider.loginRequest(.main)
        #expect(request.method == .get && request.body.isEmpty)
        #expect(request.url == Sample.root + "/token?index=1050&username=demo&password=planted-password")
        #expect(!String(describing: request).contains("planted"))
    }

    @Test(arguments: [
        (200, #"{"key":"abc="}"#, "abc= 300"), (200, #"{"key":""}"#, "unreadable"),
        (200, #"{"key":"a b"}"#, "unreadable"),
        (200, "{}", "unreadable"), (500, #"{"key":"abc"}"#, "unreadable"), (401, "", "refused HTTP 401"),
    ])
    func `login replies`(status: Int, body: String, expected: String) {
        #expect(provider.readLogin(WireReply(status: status, body: Array(body.utf8))).line == expected)
    }

    @Test
    func `everything else is as without`() async throws {
        let order = try Sample.order(for: "flooz token")
        guard case .request(let made) = try await provider.prepare(order, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        let signed = provider.sign(made.request, .sample(token: "abc"))
        #expect(signed.header("Authorization") == "abc" && signed.bodyText.contains("planted-merchant"))
        #expect(provider.manifest == (try Sample.configured("flooz", as: FloozProvider.self)).manifest)
        let body = Array(#"{"mrchrefid":"a1"}"#.utf8)
        let verdict = provider.receive(InboundCallback(method: "POST", body: body), now: Sample.createdAt)
        guard case .about = verdict else { throw NothingThrown() }
    }
}
