import Router
import Testing

@testable import Providers

@Suite("Flouci: QR and code")
struct FlouciAcceptTests {
    let provider: FlouciAcceptProvider
    let older: FlouciAcceptProvider
    let order: CollectInstruction

    init() throws {
        provider = try Sample.configured("flouci accept")
        older = try Sample.configured("flouci accept 2019")
        order = try Sample.order(for: "flouci accept")
    }

    private func typed(_ code: String, _ id: String? = "P-77") -> Router.Confirmation {
        Router.Confirmation(code: Secret(code), operatorPaymentID: id)
    }

    @Test
    func `first the payer scans and types; nothing is asked`() async throws {
        let wire = ScriptedWire()
        let prepared = try await provider.prepare(order, asking: wire)
        let payload =
            "https://pay.example/flouci?app=planted-public&amount=1250&ref=\(Sample.reference)&desc=Panier%2015"
        #expect(prepared == .input([.showQR(content: payload), .enterCode(length: 6)]))
        #expect(wire.questions.isEmpty)
    }

    @Test
    func `a QR content beyond 1000 bytes is refused`() async throws {
        var order = order
        order.text = String(repeating: "é", count: 200)
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: ScriptedWire())
        }
        #expect(thrown.refusal.reason == .invalidRequest)
    }

    @Test
    func `the confirmation's bytes hold no key`() async throws {
        let made = try await provider.prepare(order, confirmedBy: typed("123456"), asking: ScriptedWire())
        #expect(made.request.url == "http://127.0.0.1:8090/op/api/accept" && made.operatorReference == "P-77")
        #expect(made.request.bodyText == #"{"payment_id":"P-77","flouci_otp":"123456","amount":"1250"}"#)
        let earlier = try await older.prepare(order, confirmedBy: typed("123456"), asking: ScriptedWire())
        #expect(earlier.request.bodyText == #"{"id":"P-77","code":"123456"}"#)
    }

    @Test
    func `the keys are put in at the last moment, always the same way`() async throws {
        let made = try await provider.prepare(order, confirmedBy: typed("123456"), asking: ScriptedWire()).request
        let signed = provider.sign(made, .sample())
        #expect(
            signed.bodyText
                == #"{"payment_id":"P-77","flouci_otp":"123456","amount":"1250","app_token":"planted-public","#
                + #""app_secret":"planted-private"}"#)
        #expect(provider.sign(made, .sample()) == signed)
        #expect(signed.headers == made.headers && signed.url == made.url)
        let earlier = older.sign(
            try await older.prepare(order, confirmedBy: typed("000001"), asking: ScriptedWire()).request, .sample())
        #expect(earlier.bodyText.hasSuffix(#""appToken":"planted-public","appSecret":"planted-private"}"#))
    }

    @Test
    func `no other request gets the keys`() {
        let other = WireRequest(.post, "http://127.0.0.1:8090/op/api/other", body: Array("{}".utf8))
        #expect(provider.sign(other, .sample()) == other)
        let foreign = WireRequest(.post, "https://evil.example/api/accept", body: Array("{}".utf8))
        #expect(provider.sign(foreign, .sample()) == foreign)
        let notJSON = WireRequest(.post, "http://127.0.0.1:8090/op/api/accept", body: Array("a=b".utf8))
        #expect(provider.sign(notJSON, .sample()) == notJSON)
    }

    @Test(arguments: [(" 123456\r\n", "123456"), ("aB-9 z", "aB-9 z"), ("\t0\t", "0"), ("\"}", "\\\"}")])
    func `an id passes unchanged after trimming`(text: String, sent: String) async throws {
        let made = try await provider.prepare(order, confirmedBy: typed("000001", text), asking: ScriptedWire())
        #expect(made.request.bodyText.contains(#""payment_id":"\#(sent)""#))
    }

    @Test(
        arguments: [
            (" 123456\r\n", "123456"), ("123 456", "123456"), ("12-34-56", "123456"), ("000000", "000000"),
            ("12345", nil), ("1234567", nil), ("12345a", nil), ("abcdef", nil), ("{amount}", nil), ("\"}", nil),
            ("１２３４５６", nil), ("١٢٣٤٥٦", nil), ("12345\u{200B}6", nil), ("12.34.56", nil), ("-123456", "123456"),
        ] as [(String, String?)])
    func `a code is six digits, however it was grouped; whatever else is no code`(
        text: String, sent: String?
    ) async throws {
        guard let sent else {
            let refused = try await failure { () async throws(PreparationFailure) in
                try await provider.prepare(order, confirmedBy: typed(text), asking: ScriptedWire())
            }
            #expect(refused.refusal.reason == .invalidRequest && refused.detail.contains("6 digits"))
            return
        }
        let made = try await provider.prepare(order, confirmedBy: typed(text), asking: ScriptedWire())
        #expect(made.request.bodyText.contains(#""flouci_otp":"\#(sent)""#))
    }

    @Test(arguments: ["", "   ", "12é456", "12\u{0}456", "12\n456", String(repeating: "7", count: 65)])
    func `what cannot be a code is refused without repeating it`(text: String) async throws {
        let code = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, confirmedBy: typed(text), asking: ScriptedWire())
        }
        #expect(code.refusal.reason == .invalidRequest)
        let id = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, confirmedBy: typed("123456", text), asking: ScriptedWire())
        }
        #expect(id.detail.contains("operator_payment_id") && !id.detail.contains("777"))
    }

    @Test
    func `without the operator's payment id there is nothing to accept`() async throws {
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, confirmedBy: typed("123456", nil), asking: ScriptedWire())
        }
        #expect(thrown.refusal.reason == .invalidRequest && thrown.detail.contains("operator_payment_id"))
    }

    @Test(arguments: Fixture.rows("flouci/accept-2021.json"))
    func `every row of the newer answer table`(row: Row) {
        #expect(provider.readConfirmation(row.reply, to: order).line == row.text("answer"))
    }

    @Test(arguments: Fixture.rows("flouci/accept-2019.json"))
    func `every row of the older answer table`(row: Row) {
        #expect(older.readConfirmation(row.reply, to: order).line == row.text("answer"))
    }

    @Test
    func `the contract knows neither key nor check`() {
        #expect(provider.manifest.channels == ["flouci-code"])
        #expect(provider.manifest.payerActions == [.showQR, .enterCode])
        let contract = provider.manifest.contract
        #expect(contract.check == .none && contract.key == .none && contract.callback == .none)
        #expect(!contract.authenticationPrecedesExecution && !contract.throttlingPrecedesExecution)
        #expect(contract.reviewAfterSeconds == 60 && !contract.absenceIsAuthoritative)
        #expect(!(provider is any Checking) && !(provider is any ReceivingCallbacks))
    }
}

@Suite("Flouci: the QR template")
struct FlouciQRTemplateTests {
    private func template(_ text: String, _ checkoutURL: String? = nil) throws -> FlouciQRTemplate {
        try FlouciQRTemplate(text, checkoutURL: checkoutURL, publicKey: Secret("4bc20c76-9df5-41ee-a63a-90914072b393"))
    }

    @Test(arguments: Fixture.rows("flouci/qr-payloads.json"))
    func `the published examples`(row: Row) throws {
        let filled = try template(FlouciQRTemplate.standard, "https://pay.example/flouci").filled(
            amount: row["amount"]?.integerValue ?? 0, reference: row.text("reference"),
            description: row.text("description"))
        #expect(filled == row.text("payload"))
    }

    @Test
    func `literal text stays; values cannot pose as placeholders`() throws {
        let filled = try template("x:{amount}/{reference}.").filled(
            amount: 5, reference: "{description}", description: "d")
        #expect(filled == "x:5/%7Bdescription%7D.")
    }

    @Test
    func `the limit is 1000 bytes exactly`() throws {
        let filled = try template("{description}")
        #expect(filled.filled(amount: 1, reference: "", description: String(repeating: "a", count: 1_000)) != nil)
        #expect(filled.filled(amount: 1, reference: "", description: String(repeating: "a", count: 1_001)) == nil)
    }

    @Test(arguments: [
        ("{private_key}", "/settings/qr_template: unknown placeholder {private_key}"),
        ("{Amount}", "/settings/qr_template: unknown placeholder {Amount}"),
        ("{}", "/settings/qr_template: unknown placeholder {}"), ("{amount", "/settings/qr_template: a brace"),
        ("amount}", "/settings/qr_template: a brace"), ("{{amount}}", "/settings/qr_template: unknown"),
        ("{checkout_url}", "/settings/checkout_url: the QR template"),
        (String(repeating: "x", count: 1_001), "/settings/qr_template: longer"),
    ])
    func `what is wrong is named`(text: String, complaint: String) {
        let settings: JSONValue = ["flow": "accept", "qr_template": .string(text)]
        #expect(Sample.complaint("flouci", settings).hasPrefix(complaint))
    }
}

@Suite("Flouci: configuration")
struct FlouciConfigurationTests {
    @Test(
        arguments: [
            (["flow": "pages"], "/flow: "), (["flow": "accept"], "/settings/checkout_url: "),
            (["flow": "accept", "checkout_url": "http://pay.example"], "/settings/checkout_url: expected https"),
            (["flow": "accept", "checkout_url": "https://p.example", "accept_card": true], "/settings/accept_card: "),
            (["flow": "accept", "checkout_url": "https://p.example", "body_style": "2020"], "/body_style: "),
            (["body_style": "2021"], "/settings/body_style: "), (["qr_template": "x"], "/settings/qr_template: "),
            (["checkout_url": "https://p.example"], "/settings/checkout_url: "),
            (["accept_card": "yes"], "/accept_card: "),
            (["maximum": 5], "/settings/maximum: "), (["public_key": "x"], "/public_key: the member"),
        ] as [(JSONValue, String)])
    func `what is wrong is named`(settings: JSONValue, complaint: String) {
        #expect(Sample.complaint("flouci", settings).hasPrefix(complaint))
    }

    @Test(arguments: ["", "a b", "a:b", "a\tb", "clé"])
    func `keys are non-empty, without white space and colons, and never repeated in the complaint`(value: String) {
        for name in ["public_key", "private_key"] {
            var secrets = ["public_key": "p", "private_key": "s"]
            secrets[name] = value
            let complaint = Sample.complaint("flouci", [:], Sample.setup("flouci", secrets: secrets))
            #expect(complaint.hasPrefix("/secrets/\(name): "))
            #expect(value.isEmpty || !complaint.contains(value))
        }
    }

    @Test
    func `the production address is built in`() async throws {
        let provider: FlouciPageProvider = try Sample.provider(
            "flouci", [:], setup: Sample.setup("flouci", environment: .production, baseURL: nil))
        let wire = ScriptedWire(["success": true])
        _ = await provider.check(.collect(try Sample.order(for: "flouci page")), asking: wire)
        #expect(wire.questions.first?.url.hasPrefix("https://developers.flouci.com/api/v2/verify_payment/") == true)
    }
}
