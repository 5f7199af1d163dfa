import Router
import Testing

@testable import Providers

@Suite("Ksher REST: orders, checks and refunds")
struct KsherTests {
    private func provider(_ flow: String, _ more: KeyValuePairs<String, JSONValue> = [:]) throws -> KsherProvider {
        var settings = JSONObject([.init("flow", .string(flow))])
        for (name, value) in more { settings[name] = value }
        return try Sample.provider("ksher", .object(settings))
    }

    private func order(_ flow: String) throws -> CollectInstruction { try Sample.order(for: "ksher \(flow)") }

    private static let orders = [
        "redirect": "/api/v1/redirect/orders", "qr": "/api/v1/cscanb/orders", "barcode": "/api/v1/bscanc/orders",
    ]

    @Test
    func `a page is opened for one wallet or for all of them`() async throws {
        let provider = try provider("redirect", ["mid": "mch1", "provider": "Ksher"])
        let reply = KsherSample.reply(
            "/api/v1/redirect/orders", KsherSample.order("Available", ["reference": "https://gateway.ksher.com/ua?o=1"])
        )
        var order = try order("redirect")
        let wire = ScriptedWire(reply)
        #expect(
            try await provider.prepare(order, asking: wire)
                == .session(
                    Session(
                        actions: [.redirect(url: "https://gateway.ksher.com/ua?o=1")], lifetimeSeconds: 300)))
        #expect(
            wire.questions.first?.bodyText
                == #"{"amount":15050,"merchant_order_id":"\#(Sample.reference)","channel":"truemoney","#
                + #""note":"Panier 15","redirect_url":"https://shop.example/ok","#
                + #""redirect_url_fail":"https://shop.example/no","mid":"mch1","provider":"Ksher"}"#)
        order.channel = "thai-wallets"
        let all = ScriptedWire(reply)
        _ = try await provider.prepare(order, asking: all)
        let body = try StrictJSON.parse(try #require(all.questions.first).body)
        #expect(body["channel"] == "promptpay,truemoney,linepay,airpay,alipay,wechat,card")
    }

    @Test
    func `a QR code is the operator's picture`() async throws {
        let picture = "data:image/png;base64,iVBORw0KGgo="
        let wire = ScriptedWire(
            KsherSample.reply("/api/v1/cscanb/orders", KsherSample.order("Available", ["reserved1": .string(picture)])))
        let prepared = try await provider("qr").prepare(order("qr"), asking: wire)
        #expect(
            prepared
                == .session(
                    Session(
                        actions: [.showQR(content: picture)], lifetimeSeconds: 300)
                ))
        #expect(wire.questions.first?.url == Sample.root + "/api/v1/cscanb/orders")
    }

    @Test
    func `a barcode is a money request`() async throws {
        let wire = ScriptedWire()
        guard case .request(let made) = try await provider("barcode").prepare(order("barcode"), asking: wire) else {
            throw NothingThrown()
        }
        #expect(wire.questions.isEmpty && made.operatorReference == nil)
        #expect(made.request.url == Sample.root + "/api/v1/bscanc/orders")
        #expect(
            made.request.bodyText
                == #"{"amount":15050,"merchant_order_id":"\#(Sample.reference)","channel":"truemoney","#
                + #""note":"Panier 15","auth_code":"8812345678901234"}"#)
    }

    @Test(arguments: [
        ("FAIL", "Available", "https://gateway.ksher.com/ua", "invalid_request (FAIL)"),
        ("SUCCESS", "Paid", "https://gateway.ksher.com/ua", "not_sent"),
        ("SUCCESS", "Available", "https://ksher.com.evil.example/ua", "not_sent"),
        ("SUCCESS", "Available", "http://gateway.ksher.com/ua", "not_sent"),
        ("SUCCESS", "Available", "", "not_sent"),
    ])
    func `what opens nothing says so`(code: String, status: String, link: String, expected: String) async throws {
        let body = KsherSample.order(status, ["reference": .string(link)], code: code)
        let reply = KsherSample.reply("/api/v1/redirect/orders", body)
        let (provider, order) = (try provider("redirect"), try order("redirect"))
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(order, ScriptedWire(reply))
        }
        #expect(thrown.refusal.line == expected)
    }

    @Test(arguments: [(400, "invalid_request"), (401, "credentials_refused"), (429, "throttled"), (500, "not_sent")])
    func `HTTP errors open nothing`(status: Int, reason: String) async throws {
        let (provider, order) = (try provider("redirect"), try order("redirect"))
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(order, ScriptedWire(WireReply(status: status)))
        }
        #expect(thrown.refusal.reason.rawValue == reason)
    }

    @Test
    func `an unsigned answer opens nothing, and no answer neither`() async throws {
        let body = KsherSample.order("Available", ["reference": "https://gateway.ksher.com/ua"])
        var wires = [ScriptedWire(body)]
        wires += ScriptedWire.failures.map { ScriptedWire($0) }
        let (provider, order) = (try provider("redirect"), try order("redirect"))
        for wire in wires {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepared(order, wire)
            }
            #expect([.notSent, .credentialsRefused].contains(thrown.refusal.reason))
        }
    }

    @Test(arguments: [
        ("Available", "PENDING", "found pending wait"), ("Available", "FAIL", "found pending wait"),
        ("Paid", "SUCCESS", "found succeeded reference=\(Sample.reference) units=15050 currency=THB"),
        ("Paid", "FAIL", "could not answer: status Paid with FAIL"),
        ("Closed", "FAIL", "found rejected expired (Closed) may flip"),
        ("Refunded", "REFUNDED", "could not answer: status Refunded with REFUNDED"),
        ("Available2", "SUCCESS", "could not answer: status Available2 with SUCCESS"),
        ("", "SUCCESS", "could not answer: status  with SUCCESS"),
    ])
    func `every row of the table of sales`(status: String, code: String, expected: String) async throws {
        for flow in ["redirect", "qr", "barcode"] {
            let path = "\(Self.orders[flow] ?? "")/\(Sample.reference)"
            let wire = ScriptedWire(KsherSample.reply(path, KsherSample.order(status, code: code)))
            let (provider, order) = (try provider(flow), try order(flow))
            #expect(await provider.check(.collect(order), asking: wire).line == expected)
        }
    }

    @Test(
        arguments: [
            ("amount", 15_051, "found succeeded reference=\(Sample.reference) units=15051 currency=THB"),
            ("amount", "150.50", "found succeeded reference=\(Sample.reference) unreadable"),
            ("amount", nil, "could not answer: Paid without an amount"),
            ("currency", "USD", "found succeeded reference=\(Sample.reference) units=15050 currency=USD"),
            ("currency", "???", "found succeeded reference=\(Sample.reference) units=15050 unreadable"),
            ("currency", nil, "found succeeded reference=\(Sample.reference) units=15050"),
            (
                "gateway_order_id", "90020240131101501000001",
                "found succeeded reference=\(Sample.reference) units=15050 currency=THB operator=90020240131101501000001"
            ),
            ("gateway_order_id", "", "found succeeded reference=\(Sample.reference) units=15050 currency=THB"),
            ("merchant_order_id", "other", "could not answer: the answer is about another order"),
            ("order_type", "Refund", "could not answer: the answer is about another order"),
        ] as [(String, JSONValue, String)])
    func `a paid sale states what was paid`(name: String, value: JSONValue, expected: String) async throws {
        let path = "/api/v1/redirect/orders/\(Sample.reference)"
        var body = try #require(KsherSample.order("Paid").objectValue)
        body.change(name, value)
        let wire = ScriptedWire(KsherSample.reply(path, .object(body)))
        let (provider, order) = (try provider("redirect"), try order("redirect"))
        #expect(await provider.check(.collect(order), asking: wire).line == expected)
    }

    @Test
    func `only the documented 404 means absent; unsigned answers mean nothing`() async throws {
        let documented: JSONValue = ["code": 404, "name": "Not Found", "description": "<p>no</p>"]
        let provider = try provider("redirect")
        let order = Instruction.collect(try order("redirect"))
        #expect(await provider.check(order, asking: ScriptedWire(status: 404, documented)) == .absent)
        #expect(await provider.check(order, asking: ScriptedWire(status: 404, ["code": 400])).line.contains("HTTP 404"))
        #expect(
            await provider.check(order, asking: ScriptedWire(KsherSample.order("Paid"))).line.contains("not signed"))
        for failure in ScriptedWire.failures {
            #expect(await provider.check(order, asking: ScriptedWire(failure)).line.hasPrefix("could not answer"))
        }
    }

    @Test(arguments: [
        ("Paid", "SUCCESS", "", "succeeded reference=\(Sample.reference) units=15050 currency=THB"),
        ("", "FAIL", "", "rejected declined (FAIL) may flip"),
        ("Available", "FAIL", "ErrorCode: invalid_payment_code", "rejected token_unusable (FAIL) may flip"),
        ("Closed", "FAIL", "Insufficient balance", "rejected insufficient_funds (FAIL) may flip"),
        ("Available", "PENDING", "", "pending approve_on_phone"),
        ("Available", "SUCCESS", "", "pending approve_on_phone"),
        ("Paid", "FAIL", "", "unknown arrived (FAIL/Paid)"),
        ("Paid", "PENDING", "", "unknown arrived (PENDING/Paid)"),
        ("Unheard", "SUCCESS", "", "unknown arrived (SUCCESS/Unheard)"),
    ])
    func `every row of the table of barcodes`(status: String, code: String, hint: String, expected: String) throws {
        let body = KsherSample.order(status, ["reserved2": .string(hint)], code: code)
        let reply = KsherSample.reply("/api/v1/bscanc/orders", body)
        #expect(try provider("barcode").read(reply, to: order("barcode")).line == expected)
        // What is signed for another address is not believed.
        let foreign = KsherSample.reply("/api/v1/redirect/orders", body)
        #expect(try provider("barcode").read(foreign, to: order("barcode")).isUnknown)
    }

    @Test(arguments: [
        (400, 400, "unknown unlisted (HTTP 400)"), (401, 401, "rejected credentials_refused (HTTP 401)"),
        (403, 403, "rejected credentials_refused (HTTP 403)"), (400, 500, "unknown unlisted (HTTP 400)"),
        (404, 404, "unknown unlisted (HTTP 404)"), (500, 500, "unknown operator_error (HTTP 500)"),
    ])
    func `documented HTTP errors of money requests; all else proves nothing`(
        status: Int, code: Int64, expected: String
    ) throws {
        let reply = WireReply(
            status: status, body: JSONValue.object(JSONObject([.init("code", JSONValue(code))])).serialized())
        #expect(try provider("barcode").read(reply, to: order("barcode")).line == expected)
        let refund = try provider("redirect").readRefund(reply, to: Sample.followUp(for: "ksher redirect"))
        #expect(refund.line == expected)
    }

    private func refundReply(_ changes: KeyValuePairs<String, JSONValue> = [:], code: String = "REFUNDED") -> WireReply
    {
        var body = KsherSample.order("Refunded", code: code).objectValue ?? JSONObject()
        body["merchant_order_id"] = .string(Sample.followUpReference)
        body["reference"] = .string(Sample.reference)
        body["amount"] = -5_000
        body["order_type"] = "Refund"
        for (name, value) in changes { body.change(name, value) }
        return KsherSample.reply("/api/v1/redirect/orders/\(Sample.reference)", .object(body))
    }

    @Test
    func `a refund states a negative amount under our refund's number`() throws {
        let provider = try provider("redirect")
        let order = try Sample.followUp(for: "ksher redirect", 5_000)
        let read = { (reply: WireReply) in provider.readRefund(reply, to: order).line }
        #expect(read(refundReply()) == "succeeded reference=\(Sample.followUpReference) units=5000 currency=THB")
        #expect(read(refundReply(["amount": 5_000])).hasSuffix("unreadable"))
        #expect(read(refundReply(["amount": "-5000.00"])).contains("units=5000"))
        #expect(read(refundReply(["amount": "-5000.01"])).hasSuffix("unreadable"))
        #expect(read(refundReply(["reference": "other"])) == "unknown arrived (REFUNDED)")
        #expect(read(refundReply(["order_type": "Sale"])) == "unknown arrived (REFUNDED)")
        #expect(read(refundReply(code: "FAIL")) == "unknown arrived (FAIL)")
        #expect(read(refundReply(code: "SUCCESS")) == "unknown arrived (SUCCESS)")
    }

    @Test
    func `the sale tells of a refund only if it was the whole and the only one`() async throws {
        let provider = try provider("redirect")
        let path = "/api/v1/redirect/orders/\(Sample.reference)"
        func find(_ status: String, _ amount: Int64, refunded: Int64 = 0) async throws -> String {
            let wire = ScriptedWire(KsherSample.reply(path, KsherSample.order(status)))
            let order = try Sample.followUp(for: "ksher redirect", amount, refunded: refunded)
            return await provider.check(.refund(order), asking: wire).line
        }
        #expect(try await find("Refunded", 15_050) == "found succeeded units=15050 currency=THB")
        #expect(try await find("Refunded", 5_000).hasPrefix("could not answer"))
        #expect(try await find("Refunded", 15_050, refunded: 1).hasPrefix("could not answer"))
        #expect(try await find("Paid", 15_050).hasPrefix("could not answer"))
    }

    @Test
    func `a refund never asks for more than is left, and never of PromptPay`() async throws {
        let provider = try provider("redirect")
        for order in [
            try Sample.followUp(for: "ksher redirect", 15_051), try Sample.followUp(for: "ksher redirect", 0),
            try Sample.followUp(for: "ksher redirect", 5_000, refunded: 10_051), try Sample.followUp(for: "ksher qr"),
        ] {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepareRefund(order, asking: ScriptedWire())
            }
            #expect(thrown.refusal.reason == .invalidRequest)
        }
        #expect(provider.manifest.refund?.exceptChannels == ["promptpay"])
        #expect(provider.manifest.refund?.allowsPartial == false)
        #expect(try self.provider("barcode", ["partial_refunds": true]).manifest.refund?.allowsPartial == true)
    }

    @Test(
        arguments: [
            ("redirect", 99, "truemoney", nil), ("redirect", 100_000_001, "truemoney", nil),
            ("redirect", 15_050, "flooz", nil), ("qr", 15_050, "linepay", nil), ("qr", 15_050, "thai-wallets", nil),
            ("barcode", 15_050, "promptpay", "8812345678901234"), ("barcode", 15_050, "truemoney", nil),
            ("barcode", 15_050, "truemoney", "1234567"), ("barcode", 15_050, "truemoney", "88123456 8901234"),
        ] as [(String, Int64, String, String?)])
    func `orders that do not fit are refused before anything is asked`(
        flow: String, amount: Int64, channel: String, token: String?
    ) async throws {
        let order = try Sample.order(
            Money(amount, .thb), channel: PaymentChannel(stringLiteral: channel), phone: nil, token: token)
        let provider = try provider(flow)
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(order, ScriptedWire())
        }
        #expect([.invalidRequest, .tokenUnusable].contains(thrown.refusal.reason))
    }

    @Test
    func `what is wrong in the settings is named`() throws {
        let rows: [(JSONValue, String)] = [
            (["flow": "page"], "/flow: "), (["channels": []], "/settings/channels: "),
            (["channels": ["tmoney"]], "/settings/channels/0: "),
            (["channels": ["alipay", "alipay"]], "/settings/channels/1: "),
            (["flow": "qr", "channels": ["linepay"]], "/settings/channels/0: "),
            (["codes": ["kplus": "x"]], "/settings/codes/kplus: "),
            (["codes": ["card": "a b"]], "/settings/codes/card: "),
            (["mid": "a b"], "/settings/mid: "), (["provider": ""], "/settings/provider: "),
            (["webhook_url": "shop.example"], "/settings/webhook_url: "), (["minimum": 0], "/settings/minimum: "),
        ]
        for (settings, complaint) in rows {
            #expect(Sample.complaint("ksher", settings).hasPrefix(complaint), "\(complaint)")
        }
        #expect(Sample.complaint("ksher", [:], Sample.setup("ksher", baseURL: nil)).hasPrefix("/base_url: "))
        #expect(Sample.complaint("ksher", [:], Sample.setup("ksher", secrets: [:])).hasPrefix("/secrets/token: "))
        #expect(Sample.complaint("ksher", ["channels": ["kplus", "ktc-instalments"]]) == "none")
    }

    @Test
    func `instalments have a least amount of their own`() async throws {
        let provider = try provider("redirect", ["channels": ["ktc-instalments"]])
        let order = try Sample.order(Money(299_999, .thb), channel: "ktc-instalments", phone: nil)
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(order, ScriptedWire())
        }
        #expect(thrown.detail.contains("300000"))
    }

    @Test
    func `a probe tells good credentials from bad ones`() async throws {
        let provider = try provider("redirect")
        let accepted = await provider.probe(asking: ScriptedWire(["data": []]))
        #expect(accepted == .accepted("the list of channels was given"))
        #expect(await provider.probe(asking: ScriptedWire(status: 401, [:])) == .refused("HTTP 401"))
        #expect(await provider.probe(asking: ScriptedWire(status: 500, [:])) == .unclear("HTTP 500"))
    }

    @Test
    func `requests to other places are left alone`() throws {
        let request = WireRequest(.post, "https://other.example/api", body: Array("{}".utf8))
        #expect(try provider("redirect").sign(request, .sample()) == request)
    }

    @Test
    func `the contract promises nothing that is not known`() throws {
        let manifest = try provider("redirect").manifest
        let contract = manifest.contract
        #expect(contract.key == .none && contract.check == .byOurReference && !contract.absenceIsAuthoritative)
        #expect(!contract.authenticationPrecedesExecution && !contract.throttlingPrecedesExecution)
        #expect(contract.callback == .none && contract.failureQuarantineSeconds == 86_400)
        #expect(manifest.referenceShape == .hexadecimal(length: 32) && manifest.requires.isEmpty)
        #expect(try provider("barcode").manifest.requires == [.sourceToken])
        #expect(manifest.channels.last == "thai-wallets" && manifest.payerActions == [.redirect])
    }
}

extension Collecting {
    /// Prepares; for closures that may throw one type of error only.
    func prepared(_ order: CollectInstruction, _ wire: ScriptedWire) async throws(PreparationFailure) -> Prepared {
        try await prepare(order, asking: wire)
    }
}
