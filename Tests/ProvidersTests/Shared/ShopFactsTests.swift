import Router
import Testing
import WebText

@testable import Providers

/// The shop's order number and name and the payer's e-mail go out wherever an operator has a place for them.
@Suite("What operators are told of the shop")
struct ShopFactsTests {
    private func order(_ configuration: String, text: String = "Panier 15") throws -> CollectInstruction {
        var order = try Sample.order(for: configuration)
        order.text = text
        order.orderNumber = "CMD-17"
        order.shop = Shop(name: "Chez Ama")
        order.customer.email = "kofi@example.com"
        return order
    }

    private func body(_ configuration: String, _ order: CollectInstruction) async throws -> JSONValue {
        let provider: any Collecting = try Sample.configured(configuration)
        guard case .request(let money) = try await provider.prepare(order, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        return try StrictJSON.parse(money.request.body)
    }

    private func page(_ order: CollectInstruction, _ settings: JSONValue? = nil) async throws -> [String: String] {
        let session = WireReply(status: 200, body: Array("OK:01234567890123456789012345678901".utf8))
        let settings = settings ?? ["merchant_id": "1234567890123456"]
        let provider: TMoneyOnlineProvider = try Sample.provider("tmoney-online", settings)
        guard case .session(let opened) = try await provider.prepare(order, asking: ScriptedWire(session)),
            case .submitForm(_, let fields)? = opened.actions.first
        else { throw NothingThrown() }
        return Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
    }

    @Test
    func `TMoney: refCommande is the shop's order number, and ours where it gave none`() async throws {
        var order = try order("tmoney")
        #expect(try await body("tmoney", order)["refCommande"] == "CMD-17")
        #expect(try await body("tmoney", order)["idRequete"] == .string(Sample.reference))
        order.orderNumber = nil
        #expect(try await body("tmoney", order)["refCommande"] == .string(Sample.reference))
        var payout = try Sample.payout(for: "tmoney")
        payout.orderNumber = "PAIE-3"
        let provider: TMoneyProvider = try Sample.configured("tmoney")
        let credit = try await provider.preparePayout(payout, asking: ScriptedWire()).request
        #expect(try StrictJSON.parse(credit.body)["refCommande"] == "PAIE-3")
    }

    @Test
    func `TMoney Online: the order number before the text, the app's words before the provider's`() async throws {
        var order = try order("tmoney-online")
        var fields = try await page(order)
        #expect(fields["description"] == "CMD-17 Panier 15" && fields["purchaseref"] == Sample.reference)
        #expect(fields["brand"] == "Chez Ama" && fields["text"] == nil)
        let settings: JSONValue = ["merchant_id": "1234567890123456", "brand": "Galerie", "text": "Merci"]
        fields = try await page(order, settings)
        #expect(fields["brand"] == "Galerie" && fields["text"] == "Merci")
        order.shop = Shop(name: "app", brand: "Ama", text: "A bientôt")
        fields = try await page(order, settings)
        #expect(fields["brand"] == "Ama" && fields["text"] == "A bientôt")
        order.shop = Shop()
        #expect(try await page(order)["brand"] == nil)
        order.text = ""
        #expect(try await page(order)["description"] == "CMD-17")
        order.text = String(repeating: "é", count: 248)
        #expect(try await page(order)["description"]?.unicodeScalars.count == 255)
    }

    @Test
    func `Flooz: mrchname is the shop`() async throws {
        var order = try order("flooz")
        #expect(try await body("flooz", order)["mrchname"] == "Boutique")
        order.shop.brand = "Ama"
        #expect(try await body("flooz", order)["mrchname"] == "Ama")
        let provider: FloozProvider = try Sample.provider(
            "flooz", ["username": "demo", "partner_number": "22899999999"])
        order.shop.brand = nil
        guard case .request(let money) = try await provider.prepare(order, asking: ScriptedWire()) else {
            throw NothingThrown()
        }
        #expect(try StrictJSON.parse(money.request.body)["mrchname"] == "Chez Ama")
    }

    @Test(
        arguments: [
            (nil, "CMD-17 Panier 15"), ("{shop}: {description} ({email})", "Chez Ama: Panier 15 (kofi@example.com)"),
            ("{name} {reference}", "CMD-17"), ("customer email:{email}", "customer email:kofi@example.com"),
            ("fixed", "fixed"),
        ] as [(String?, String)])
    func `Ksher: note is a template`(note: String?, expected: String) async throws {
        var settings: JSONObject = JSONObject([.init("flow", "barcode")])
        if let note { settings["note"] = .string(note) }
        let provider: KsherProvider = try Sample.provider("ksher", .object(settings))
        guard
            case .request(let money) = try await provider.prepare(
                try order("ksher barcode"), asking: ScriptedWire())
        else { throw NothingThrown() }
        #expect(try StrictJSON.parse(money.request.body)["note"] == .string(expected))
    }

    @Test(arguments: ["{order}", "{", "a}", "{reference"])
    func `Ksher: an unknown place is named`(note: String) {
        #expect(Sample.complaint("ksher", ["note": .string(note)]).hasPrefix("/settings/note: "))
    }

    @Test(arguments: ["card intents", "card charges"])
    func `cards: metadata[order_id] and receipt_email`(configuration: String) async throws {
        var order = try order(configuration)
        order.operatorReference = nil
        func form() async throws -> [String: String] {
            let provider: CardProvider = try Sample.configured(configuration)
            let created: JSONValue = [
                "id": "pi_1", "object": "payment_intent", "amount": 5_000, "currency": "usd",
                "status": "requires_confirmation", "metadata": ["reference": .string(Sample.reference)],
            ]
            let wire = ScriptedWire(WireReply(status: 200, body: created.serialized()))
            guard case .request(let money) = try await provider.prepare(order, asking: wire) else {
                throw NothingThrown()
            }
            let request = wire.questions.first ?? money.request
            return FormText.fields(String(decoding: request.body, as: UTF8.self)) ?? [:]
        }
        var fields = try await form()
        #expect(fields["metadata[order_id]"] == "CMD-17" && fields["metadata[reference]"] == Sample.reference)
        #expect(fields["receipt_email"] == "kofi@example.com")
        order.customer.email = "no address"
        order.orderNumber = nil
        fields = try await form()
        #expect(fields["receipt_email"] == nil && fields["metadata[order_id]"] == nil)
    }

    @Test(arguments: [
        ("a@b.co", true), ("first.last+tag@sub.example.org", true), ("a@b", false), ("@b.co", false),
        ("a@.co", false), ("a@b..co", false), ("a b@c.co", false), ("a@b@c.co", false), ("a@-b.co", false),
        ("é@b.co", false), ("a,b@c.co", false), ("", false),
    ])
    func `an e-mail address that the operator would refuse stays out`(text: String, isUsable: Bool) {
        #expect(EmailShape.isUsable(text) == isUsable)
    }

    @Test
    func `a missing fact leaves no space behind`() throws {
        let template = try TextTemplate("{reference} - {description} {shop} !", setting: "note")
        #expect(template.filled([:]) == "- !")
        #expect(template.filled([.shop: "S"]) == "- S !")
        #expect(template.filled([.reference: "R", .description: "D  d"]) == "R - D  d !")
        #expect(try TextTemplate("{reference} {description}", setting: "note").filled([.reference: "R"]) == "R")
        #expect(try TextTemplate("", setting: "note").filled([.reference: "R"]) == "")
    }
}
