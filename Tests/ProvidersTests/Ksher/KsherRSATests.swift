import Router
import RouterTestKit
import Testing
import WebText

@testable import Providers

@Suite("Ksher RSA: orders, checks and refunds")
struct KsherRSATests {
    func provider(_ flow: String, _ more: KeyValuePairs<String, JSONValue> = [:]) throws -> KsherRSAProvider {
        var settings = KsherKeys.settings(flow: flow).objectValue ?? JSONObject()
        for (name, value) in more { settings.change(name, value) }
        return try Sample.provider("ksher-rsa", .object(settings))
    }

    func order(_ flow: String) throws -> CollectInstruction { try Sample.order(for: "ksher-rsa \(flow)") }

    /// The operator's number of the sale.
    static let theirs = "90020240131101501000001"

    static func sale(_ result: String, _ changes: KeyValuePairs<String, JSONValue> = [:]) -> JSONValue {
        var data = JSONObject([
            .init("result", .string(result)), .init("mch_order_no", .string(Sample.reference)),
            .init("total_fee", 15_050), .init("fee_type", "THB"), .init("appid", "mch30000"),
            .init("ksher_order_no", .string(theirs)), .init("pay_mch_order_no", "2303031613445796"),
            .init("channel", "truemoney"),
        ])
        for (name, value) in changes { data.change(name, value) }
        return .object(data)
    }

    func fields(_ request: WireRequest?) throws -> [String: String] {
        let request = try #require(request)
        return try #require(FormText.fields(request.bodyText))
    }

    @Test
    func `a page is opened with everything the operator asks for`() async throws {
        var order = try order("redirect")
        order.language = "th"
        order.text = String(repeating: "ก", count: 50)
        let wire = ScriptedWire(KsherKeys.reply(["pay_content": "https://gateway.ksher.com/ua?order_uuid=1"]))
        let prepared = try await provider("redirect", ["refer_url": "https://shop.example"]).prepare(
            order, asking: wire)
        #expect(
            prepared
                == .session(
                    Session(
                        actions: [.redirect(url: "https://gateway.ksher.com/ua?order_uuid=1")], lifetimeSeconds: 300)))
        let question = try #require(wire.questions.first)
        #expect(question.url == Sample.root + "/api/gateway_pay" && question.header("ksher-sign-version") == "V2")
        #expect(
            try fields(question) == [
                "appid": "mch30000", "mch_order_no": Sample.reference, "total_fee": "15050", "fee_type": "THB",
                "channel_list": "truemoney", "mch_code": Sample.reference,
                "mch_redirect_url": "https://shop.example/ok",
                "mch_redirect_url_fail": "https://shop.example/no", "mch_notify_url": Sample.callbackURL,
                "product_name": String(repeating: "ก", count: 50), "refer_url": "https://shop.example",
                "expire_time": "5", "lang": "th",
            ])
    }

    @Test
    func `a QR code is text to draw`() async throws {
        let content = "00020101021230750016A0000006770101120115010556019950701"
        let wire = ScriptedWire(
            KsherKeys.reply([
                "result": "SUCCESS", "mch_order_no": .string(Sample.reference), "code_url": .string(content),
                "total_fee": "15050",
            ]))
        let prepared = try await provider("qr").prepare(order("qr"), asking: wire)
        #expect(
            prepared
                == .session(
                    Session(
                        actions: [.showQR(content: content)], lifetimeSeconds: 300)
                ))
        #expect(wire.questions.first?.url == Sample.root + "/KsherPay/native_pay")
        let asked = try fields(wire.questions.first)
        #expect(asked["channel"] == "promptpay" && asked["notify_url"] == Sample.callbackURL)
    }

    @Test
    func `a barcode is a money request; with the first key no version is named`() async throws {
        let wire = ScriptedWire()
        let provider = try provider(
            "barcode", ["sign_version": "V1", "ksher_public_key": nil, "allow_short_keys": true])
        guard case .request(let made) = try await provider.prepare(order("barcode"), asking: wire) else {
            throw NothingThrown()
        }
        #expect(wire.questions.isEmpty && made.request.header("ksher-sign-version") == nil)
        #expect(made.request.url == Sample.root + "/KsherPay/quick_pay")
        let asked = try fields(made.request)
        #expect(asked["auth_code"] == "8812345678901234" && asked["channel"] == "truemoney" && asked["sign"] == nil)
    }

    @Test
    func `in production the two halves are where the operator has them`() throws {
        let settings: JSONValue = KsherKeys.settings(flow: "redirect")
        let provider: KsherRSAProvider = try Sample.provider(
            "ksher-rsa", settings, setup: Sample.setup("ksher-rsa", environment: .production, baseURL: nil))
        #expect(provider.connection.pay == "https://api.mch.ksher.net/KsherPay")
        #expect(provider.connection.gateway == "https://gateway.ksher.com/api")
        #expect(provider.connection.mayShow("https://gateway.ksher.com/ua?x"))
        #expect(!provider.connection.mayShow("http://127.0.0.1:8090/ksher-rsa/pay/1"))
        #expect(!provider.connection.mayShow("https://gateway.ksher.com:8443/ua"))
    }

    @Test
    func `what opens nothing says so`() async throws {
        let good: JSONValue = ["pay_content": "https://gateway.ksher.com/ua"]
        let forged = KsherKeys.envelope(good, key: "merchant_private").serialized()
        let rows: [(WireReply, String)] = [
            (KsherKeys.reply(good, code: 1), "invalid_request (code 1)"),
            (KsherKeys.reply(["pay_content": "https://evil.example"]), "not_sent"),
            (KsherKeys.reply([:]), "not_sent"), (WireReply(status: 200, body: forged), "not_sent (code 0)"),
            (WireReply(status: 400), "invalid_request (HTTP 400)"), (WireReply(status: 503), "not_sent (HTTP 503)"),
            (WireReply(status: 403), "credentials_refused (HTTP 403)"),
            (WireReply(status: 429), "throttled (HTTP 429)"),
        ]
        let (provider, order) = (try provider("redirect"), try order("redirect"))
        for (reply, expected) in rows {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepared(order, ScriptedWire(reply))
            }
            #expect(thrown.refusal.line == expected)
        }
        let qr = try self.provider("qr")
        let payer = try self.order("qr")
        for data: JSONValue in [
            ["mch_order_no": "other", "code_url": "x"], ["mch_order_no": .string(Sample.reference)],
            ["mch_order_no": .string(Sample.reference), "code_url": "x", "total_fee": 1],
            ["mch_order_no": .string(Sample.reference), "code_url": "x", "result": "FAIL"],
        ] {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await qr.prepared(payer, ScriptedWire(KsherKeys.reply(data)))
            }
            #expect(thrown.refusal.reason == .notSent)
        }
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply means nothing was sent`(askFailure: AskFailure) async throws {
        let (provider, order) = (try provider("redirect"), try order("redirect"))
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(order, ScriptedWire(askFailure))
        }
        #expect([.notSent, .credentialsRefused].contains(thrown.refusal.reason))
        #expect(await provider.check(.collect(order), asking: ScriptedWire(askFailure)).line.hasPrefix("could not"))
    }

    @Test(arguments: [
        (
            "SUCCESS", "found succeeded reference=\(Sample.reference) units=15050 currency=THB operator=\(theirs)",
            "succeeded reference=\(Sample.reference) units=15050 currency=THB operator=\(theirs)"
        ),
        ("PENDING", "found pending wait", "pending approve_on_phone"),
        ("NOTSURE", "found pending wait", "pending approve_on_phone"),
        ("USERPAYING", "found pending wait", "pending approve_on_phone"),
        ("NOTPAY", "found pending wait", "unknown arrived (NOTPAY)"),
        (
            "CLOSED", "found rejected expired (CLOSED) may flip", "rejected expired (CLOSED) may flip"
        ),
        (
            "PAYERROR", "found rejected declined (PAYERROR) may flip", "rejected declined (PAYERROR) may flip"
        ),
        ("FAIL", "could not answer: result FAIL", "rejected declined (FAIL) may flip"),
        ("REFUND", "could not answer: result REFUND", "unknown arrived (REFUND)"),
        ("FAILURE", "could not answer: result FAILURE", "unknown arrived (FAILURE)"),
        ("", "could not answer: result ", "unknown arrived (no result)"),
    ])
    func `every row of the table of results`(result: String, finding: String, answer: String) async throws {
        for flow in ["redirect", "qr", "barcode"] {
            let wire = ScriptedWire(KsherKeys.reply(Self.sale(result)))
            let (provider, order) = (try provider(flow), try order(flow))
            #expect(await provider.check(.collect(order), asking: wire).line == finding)
            let path = flow == "redirect" ? "/api/gateway_order_query" : "/KsherPay/order_query"
            #expect(wire.questions.map(\.url) == [Sample.root + path])
        }
        let barcode = try provider("barcode").read(KsherKeys.reply(Self.sale(result)), to: order("barcode"))
        #expect(barcode.line == answer)
    }

    @Test
    func `what is stated is compared; what is unreadable is said to be`() async throws {
        let (provider, order) = (try provider("qr"), try order("qr"))
        func find(_ changes: KeyValuePairs<String, JSONValue>) async -> String {
            let wire = ScriptedWire(KsherKeys.reply(Self.sale("SUCCESS", changes)))
            return await provider.check(.collect(order), asking: wire).line
        }
        #expect(await find(["total_fee": "15050"]).contains("units=15050"))
        #expect(await find(["total_fee": "150.50"]).hasSuffix("unreadable"))
        #expect(await find(["total_fee": ""]) == "could not answer: SUCCESS without total_fee")
        #expect(await find(["total_fee": nil]) == "could not answer: SUCCESS without total_fee")
        #expect(await find(["fee_type": "MYR"]).hasSuffix("currency=MYR operator=\(Self.theirs)"))
        #expect(await find(["fee_type": "baht"]).hasSuffix("unreadable"))
        #expect(await find(["mch_order_no": "x"]) == "could not answer: the answer is about another order")
        #expect(await find(["appid": "mch1"]).hasPrefix("could not answer: the answer is not signed"))
    }

    @Test
    func `answers of the call, HTTP and wrong keys prove nothing`() async throws {
        let (provider, order) = (try provider("barcode"), try order("barcode"))
        let forged = KsherKeys.envelope(Self.sale("SUCCESS"), key: "merchant_private").serialized()
        let rows = [
            (WireReply(status: 200, body: forged), "unknown arrived (0)"),
            (KsherKeys.reply(Self.sale("SUCCESS"), code: 1), "unknown arrived (1)"),
            (WireReply(status: 401), "rejected credentials_refused (HTTP 401)"),
            (WireReply(status: 502), "unknown operator_error (HTTP 502)"),
        ]
        for (reply, line) in rows {
            #expect(provider.read(reply, to: order).line == line)
            #expect(provider.readRefund(reply, to: try Sample.followUp(for: "ksher-rsa barcode")).line == line)
            #expect(
                await provider.check(.collect(order), asking: ScriptedWire(reply)).line.hasPrefix("could not answer"))
        }
        let other = provider.read(KsherKeys.reply(Self.sale("SUCCESS", ["mch_order_no": "x"])), to: order)
        #expect(other.line == "unknown arrived (another order)")
    }

    func receive(
        _ body: [UInt8], _ provider: KsherRSAProvider, method: String = "POST"
    ) -> CallbackVerdict {
        provider.receive(InboundCallback(method: method, body: body), now: Sample.createdAt)
    }

    @Test
    func `a notification that is signed well counts, however its body is wrapped`() throws {
        let provider = try provider("redirect")
        let body = KsherKeys.envelope(Self.sale("SUCCESS")).serialized()
        let wrapped = Array(PercentText.encoded(String(decoding: body, as: UTF8.self)).utf8)
        for body in [body, wrapped] {
            let fact = try #require(receive(body, provider).about, "not taken")
            #expect(fact.about == .reference(Sample.reference) && fact.isAuthentic && fact.dedupKey == nil)
            let expected = "succeeded reference=\(Sample.reference) units=15050 currency=THB operator=\(Self.theirs)"
            #expect(fact.claim.line == expected)
            #expect(fact.acknowledgement?.body == Array(#"{"result":"SUCCESS","msg":"OK"}"#.utf8))
        }
        #expect(provider.manifest.contract.callback == .signed)
    }

    @Test
    func `a key that can be broken makes hints only, and so does anything but success`() throws {
        let short = try provider(
            "redirect", ["ksher_public_key": .string(KsherKeys.text("merchant_public"))])
        let cases = [
            (KsherKeys.envelope(Self.sale("SUCCESS"), key: "merchant_private"), short),
            (KsherKeys.envelope(Self.sale("CLOSED")), try provider("redirect")),
            (KsherKeys.envelope(Self.sale("SUCCESS", ["total_fee": ""])), try provider("redirect")),
        ]
        for (envelope, provider) in cases {
            let fact = try #require(receive(envelope.serialized(), provider).about, "not taken")
            #expect(!fact.isAuthentic)
        }
        #expect(short.manifest.contract.callback == .none)
    }

    @Test
    func `a notification that does not verify is refused`() throws {
        let provider = try provider("redirect")
        let forged = KsherKeys.envelope(Self.sale("SUCCESS"), key: "merchant_private").serialized()
        #expect(receive(forged, provider) == .refused(.unverified))
        let failed = KsherKeys.envelope(Self.sale("SUCCESS"), code: 1).serialized()
        #expect(receive(failed, provider) == .refused(.unverified))
        let foreign = KsherKeys.envelope(Self.sale("SUCCESS", ["appid": "mch1"])).serialized()
        #expect(receive(foreign, provider) == .refused(.unverified))
        let good = KsherKeys.envelope(Self.sale("SUCCESS")).serialized()
        #expect(receive(good, provider, method: "GET") == .refused(.malformed))
        let nameless = KsherKeys.envelope(Self.sale("SUCCESS", ["mch_order_no": ""])).serialized()
        #expect(receive(nameless, provider) == .refused(.malformed))
    }

    @Test
    func `a probe asks who we are`() async throws {
        let provider = try provider("qr")
        let good = ScriptedWire(["code": 0, "data": ["account_type": "Test"]])
        #expect(await provider.probe(asking: good) == .accepted("the operator told who the merchant is"))
        #expect(good.questions.first?.url == Sample.root + "/KsherPay/merchant_info")
        #expect(await provider.probe(asking: ScriptedWire(["code": 1])) == .unclear("the call failed"))
    }
}
