import Router
import RouterTestKit
import Testing
import WebText

@testable import Providers

/// The published vectors of the REST interface.
@Suite("Ksher REST: signatures")
struct KsherSignatureTests {
    private static let signature = KsherSample.signature

    private static func context(_ seconds: Int64) -> SigningContext {
        SigningContext(now: Moment(milliseconds: seconds * 1_000), sequence: 1, random: 2)
    }

    private func provider(_ settings: JSONValue = [:]) throws -> KsherProvider {
        try Sample.provider("ksher", settings)
    }

    private func order(
        _ amount: Int64, channel: PaymentChannel, reference: String, text: String
    ) throws -> CollectInstruction {
        var order = try Sample.order(Money(amount, .thb), channel: channel, phone: nil, text: text)
        order.reference = reference
        order.returnURLs = ReturnURLs(
            success: "https://shop.example/orders/Demo20240131T101500/success",
            failure: "https://shop.example/orders/Demo20240131T101500/fail")
        return order
    }

    @Test
    func `A1: creating an order`() async throws {
        let provider = try provider([
            "channels": ["linepay", "shopeepay", "wechat", "promptpay", "truemoney", "card"],
            "codes": ["promptpay": "bbl_promptpay", "card": "ktbcard"],
        ])
        let order = try order(
            15_050, channel: "thai-wallets", reference: "Demo20240131T101500", text: "customer email:a@example.com")
        let wire = ScriptedWire(.init(status: 500))
        _ = try? await provider.prepare(order, asking: wire)
        let question = try #require(wire.questions.first)
        #expect(!question.bodyText.contains("signature") && !question.bodyText.contains("timestamp"))
        let signed = provider.sign(question, Self.context(1_706_670_900))
        let body = try StrictJSON.parse(signed.body)
        #expect(body["channel"] == "linepay,airpay,wechat,bbl_promptpay,truemoney,ktbcard")
        #expect(body["timestamp"] == "1706670900")
        #expect(body["signature"] == "93C8C8F7AF8B5D75B252659C3B977281413E3E171BF94173CCDFF09D616620AD")
    }

    @Test
    func `A2: asking`() async throws {
        let provider = try provider()
        let order = try order(15_050, channel: "linepay", reference: "Demo20240131T101500", text: "")
        let wire = ScriptedWire(.init(status: 500))
        _ = await provider.check(.collect(order), asking: wire)
        let question = try #require(wire.questions.first)
        #expect(question.url == "\(Sample.root)/api/v1/redirect/orders/Demo20240131T101500")
        let signed = provider.sign(question, Self.context(1_706_670_960))
        #expect(
            signed.url == question.url + "?timestamp=1706670960&signature="
                + "0F6464DD0E6664C646F6718E7B841B2C8903C6F01263474915038CD65D26D573")
        #expect(signed.headers == question.headers && signed.body.isEmpty)
    }

    @Test
    func `A3: giving back`() async throws {
        let provider = try provider()
        var order = try Sample.followUp(for: "ksher redirect")
        order.reference = "Refund_Demo20240131T101500"
        order.original.reference = "Demo20240131T101500"
        let made = try await provider.prepareRefund(order, asking: ScriptedWire())
        #expect(made.request.method == .put)
        #expect(made.request.url == "\(Sample.root)/api/v1/redirect/orders/Demo20240131T101500")
        #expect(
            made.request.bodyText == #"{"refund_amount":15050,"refund_order_id":"Refund_Demo20240131T101500"}"#)
        let body = try StrictJSON.parse(provider.sign(made.request, Self.context(1_706_671_000)).body)
        #expect(body["signature"] == "B025997570855E1D943BB40202E550680437E07CF8FB2435F04696292B9721A1")
    }

    private static let answered: JSONValue = [
        "acquirer": "Ksher", "acquirer_order_id": "", "amount": 15_050, "api_name": "Redirect", "channel": "",
        "channel_order_id": "", "cleared": false, "currency": "THB", "error_code": "PENDING",
        "error_message": "Order is pending on further processing", "force_clear": false,
        "gateway_order_id": "sandboxdoc321", "id": "321", "locked": false,
        "merchant_order_id": "Demo20240131T101500", "note": "", "order_date": "2024-01-31 03:15:00.123456",
        "order_type": "Sale",
        "reference": "https://gateway.ksher.com/ua?order_uuid=00000000000000000000000000000000",
        "reserved1": "2401311015001234", "reserved2": "False", "reserved3": "False", "reserved4": "False",
        "status": "Available", "timestamp": "1706670960", "log_entry_url": "https://log.example/1",
        "signature": "92820E71662E8CDB284212178C23C7AC18BAA8DB1BF57A462D9DAD2258071727",
    ]
    private static let path = "/api/v1/redirect/orders/Demo20240131T101500"

    @Test
    func `A4: an answer`() {
        #expect(Self.signature.verified(Self.answered, Self.path) == Self.answered)
    }

    @Test(
        arguments: [
            ("amount", 15_051), ("amount", "15050 "), ("cleared", true), ("signature", ""), ("signature", nil),
            ("signature", "92820E71662E8CDB284212178C23C7AC18BAA8DB1BF57A462D9DAD2258071728"), ("note", nil),
            ("note", []), ("extra", "x"), ("status", "Paid"),
        ] as [(String, JSONValue)])
    func `an answer that is not whole is not believed`(name: String, value: JSONValue) throws {
        var body = try #require(Self.answered.objectValue)
        body.change(name, value)
        #expect(Self.signature.verified(.object(body), Self.path) == nil)
        #expect(Self.signature.verified(Self.answered, "/api/v1/redirect/orders") == nil)
        #expect(KsherSignature(Secret("other")).verified(Self.answered, Self.path) == nil)
        #expect(Self.signature.verified(nil, Self.path) == nil)
    }

    private func receive(
        _ query: String, method: String = "GET", webhook: String? = "https://shop.example/webhook"
    )
        throws -> CallbackVerdict
    {
        let provider = try provider(webhook.map { ["webhook_url": .string($0)] } ?? [:])
        return provider.receive(InboundCallback(method: method, query: query), now: Sample.createdAt)
    }

    private static let notified =
        "type=Order&instance=Demo20240131T101500&code=StatusChange&message=Order%20Paid&signature="
        + "C3B2ACCFD59D19D064715967C11760FAFDFD85A77A2C62BB3575E4A55113A6A5"

    @Test
    func `A5: a notification is a reason to ask, no more`() throws {
        for query in [Self.notified, Self.notified.replacing("%20", with: "+")] {
            let fact = try #require(try receive(query).about, "not taken")
            #expect(fact.about == .reference("Demo20240131T101500") && !fact.isAuthentic && fact.dedupKey == nil)
            #expect(fact.claim.line == "unknown unlisted (Order Paid)")
        }
    }

    @Test
    func `a notification that does not verify is refused`() throws {
        #expect(try receive(Self.notified, webhook: nil) == .refused(.unverified))
        #expect(try receive(Self.notified, webhook: "https://shop.example/webhook/") == .refused(.unverified))
        #expect(try receive(Self.notified, method: "POST") == .refused(.unverified))
        #expect(try receive(Self.notified + "&x=1") == .refused(.unverified))
        #expect(try receive(Self.notified.replacing("Paid", with: "Closed")) == .refused(.unverified))
        #expect(try receive(Self.notified + "&type=Order") == .refused(.malformed))
        #expect(try receive("type=Order") == .refused(.malformed))
        #expect(try receive("type=%zz&signature=00") == .refused(.malformed))
    }

    @Test
    func `other signed notifications are of no interest, but must verify`() throws {
        let fields = [("type", "Settlement"), ("instance", "x"), ("code", "StatusChange"), ("message", "")]
        let signed = Self.signature.sign("https://shop.example/webhook", fields)
        let query = FormText.encoded(fields + [("signature", signed)])
        #expect(try receive(query) == .ignored(dedupKey: nil))
        let empty = [("type", "order"), ("instance", ""), ("code", "statuschange")]
        let bad = FormText.encoded(
            empty + [("signature", Self.signature.sign("https://shop.example/webhook", empty))])
        #expect(try receive(bad) == .refused(.malformed))
    }

    @Test
    func `A6: Thai text`() {
        let fields = [
            ("note", "ทดสอบ"), ("amount", "100"), ("timestamp", "1706670900"), ("channel", "promptpay"),
            ("merchant_order_id", "กข001"),
        ]
        let expected = "ADEA7DD8B02C1F1413C25B35C9C5CFE7911E7033B87A7961F011D8FFD7ECC429"
        #expect(Self.signature.sign("/api/v1/cscanb/orders", fields) == expected)
        #expect(Self.signature.verifies(expected.lowercased(), "/api/v1/cscanb/orders", fields))
    }
}
