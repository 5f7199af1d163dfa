import Router
import Testing
import WebText

@testable import Providers

/// The page on which payers choose: what it offers, and what can be given back of what was paid there.
@Suite("Ksher: the page on which payers choose")
struct ThaiWalletPageTests {
    private func rest(_ more: KeyValuePairs<String, JSONValue> = [:]) throws -> KsherProvider {
        var settings = JSONObject([.init("flow", "redirect")])
        for (name, value) in more { settings[name] = value }
        return try Sample.provider("ksher", .object(settings))
    }

    private func rsa(_ more: KeyValuePairs<String, JSONValue> = [:]) throws -> KsherRSAProvider {
        var settings = KsherKeys.settings(flow: "redirect").objectValue ?? JSONObject()
        for (name, value) in more { settings.change(name, value) }
        return try Sample.provider("ksher-rsa", .object(settings))
    }

    private func page(_ choices: [PaymentChannel], _ amount: Int64 = 15_050) throws -> CollectInstruction {
        var order = try Sample.order(for: "ksher redirect")
        order.channel = "thai-wallets"
        order.choices = choices
        order.amount = Money(amount, .thb)
        return order
    }

    /// What either interface is asked to offer.
    private func offered(
        _ order: CollectInstruction, _ settings: KeyValuePairs<String, JSONValue> = [:]
    ) async throws -> String {
        let first = ScriptedWire(.init(status: 500))
        _ = try? await rest(settings).prepare(order, asking: first)
        let created = try #require(first.questions.first)
        let body = try StrictJSON.parse(created.body)
        let second = ScriptedWire(.init(status: 500))
        _ = try? await rsa(settings).prepare(order, asking: second)
        let asked = try #require(second.questions.first)
        let fields = try #require(FormText.fields(asked.bodyText))
        #expect(body["channel"]?.stringValue == fields["channel_list"])
        return fields["channel_list"] ?? ""
    }

    @Test
    func `it offers what the payment allows, in the caller's order, and everything where nothing is said`() async throws
    {
        #expect(try await offered(page(["linepay", "promptpay"])) == "linepay,promptpay")
        #expect(try await offered(page(["shopeepay"])) == "airpay")
        #expect(try await offered(page(["promptpay", "card"]), ["codes": ["card": "ktccard"]]) == "promptpay,ktccard")
        #expect(try await offered(page([])) == "promptpay,truemoney,linepay,airpay,alipay,wechat,card")
        #expect(try rest().manifest.choosingChannel == "thai-wallets")
        #expect(try rsa().manifest.choosingChannel == "thai-wallets")
        #expect(try rest(["flow": "qr"]).manifest.choosingChannel == nil)
        #expect(try rsa(["flow": "barcode"]).manifest.choosingChannel == nil)
    }

    @Test
    func `it offers no wallet that would refuse the amount`() async throws {
        let settings: KeyValuePairs<String, JSONValue> = ["channels": ["promptpay", "kplus", "ktc-instalments"]]
        #expect(try await offered(page([], 1_999), settings) == "promptpay")
        #expect(try await offered(page(["ktc-instalments", "kplus"], 2_000), settings) == "kplus")
        #expect(try await offered(page([], 300_000), settings) == "promptpay,kplus,ktc_instal")
        let (provider, order) = (try rest(settings), try page(["kplus", "ktc-instalments"], 1_999))
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(order, ScriptedWire())
        }
        #expect(thrown.refusal.reason == .invalidRequest && thrown.detail.contains("2000"))
    }

    private func refund(_ configuration: String) throws -> FollowUpInstruction {
        var order = try Sample.followUp(for: configuration)
        order.original.channel = "thai-wallets"
        return order
    }

    private static let path = "/api/v1/redirect/orders/\(Sample.reference)"

    private func sale(_ wallet: JSONValue?) -> WireReply {
        var body = KsherSample.order("Paid").objectValue ?? JSONObject()
        body["channel"] = wallet
        return KsherSample.reply(Self.path, .object(body))
    }

    @Test(arguments: ["promptpay", "bbl_promptpay", "promptpay2"])
    func `REST: a refund that the wallet cannot give is refused before anything is sent`(wallet: String) async throws {
        let (provider, order) = (try rest(), try refund("ksher redirect"))
        let wire = ScriptedWire(sale(.string(wallet)))
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepareRefund(order, asking: wire)
        }
        #expect(thrown.refusal == Refusal(.invalidRequest, providerCode: wallet))
        #expect(wire.questions.map(\.method) == [.get])
    }

    @Test
    func `REST: a merchant's own code for PromptPay is PromptPay`() async throws {
        let (provider, order) = (try rest(["codes": ["promptpay": "thai_qr"]]), try refund("ksher redirect"))
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepareRefund(order, asking: ScriptedWire(sale("thai_qr")))
        }
        #expect(thrown.refusal == Refusal(.invalidRequest, providerCode: "thai_qr"))
    }

    @Test(arguments: ["truemoney", "", nil] as [String?])
    func `REST: other wallets, and one that the sale does not name, are given back`(wallet: String?) async throws {
        let wire = ScriptedWire(sale(wallet.map { .string($0) }))
        let made = try await rest().prepareRefund(try refund("ksher redirect"), asking: wire)
        #expect(made.request.method == .put && made.request.url == Sample.root + Self.path)
        // Where the channel is the wallet, nobody has to ask.
        let direct = try await rest().prepareRefund(try Sample.followUp(for: "ksher redirect"), asking: ScriptedWire())
        #expect(direct.request.url == made.request.url)
    }

    @Test
    func `REST: while nobody knows how it was paid, no refund is sent`() async throws {
        let (provider, order) = (try rest(), try refund("ksher redirect"))
        let other = KsherSample.reply(Self.path, KsherSample.order("Paid", ["merchant_order_id": "other"]))
        for reply in [WireReply(status: 500), WireReply(status: 404), other] {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepareRefund(order, asking: ScriptedWire(reply))
            }
            #expect(thrown.refusal.reason == .notSent)
        }
    }

    @Test
    func `RSA: the same, by the wallet that the sale names`() async throws {
        let (provider, order) = (try rsa(), try refund("ksher-rsa redirect"))
        let wire = ScriptedWire(KsherKeys.reply(KsherRSATests.sale("SUCCESS", ["channel": "promptpay2"])))
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepareRefund(order, asking: wire)
        }
        #expect(thrown.refusal == Refusal(.invalidRequest, providerCode: "promptpay2"))
        #expect(wire.questions.count == 1)
    }
}
