import Router
import RouterTestKit
import Testing
import WebText

@testable import Providers

@Suite("TMoney Online: the page")
struct TMoneyOnlineTests {
    let (provider, order): (TMoneyOnlineProvider, CollectInstruction)

    init() throws { (provider, order) = try Sample.collecting("tmoney-online") }

    private static let session = WireReply(status: 200, body: Array("OK:01234567890123456789012345678901\n".utf8))

    private func form(
        _ provider: TMoneyOnlineProvider, _ order: CollectInstruction
    ) async throws -> [WireRequest.Header] {
        guard case .session(let session) = try await provider.prepare(order, asking: ScriptedWire(Self.session)),
            case .submitForm(_, let fields)? = session.actions.first
        else { throw NothingThrown() }
        return fields
    }

    @Test
    func `a session is asked for in plain text, and all thirteen fields go into the form`() async throws {
        var order = order
        order.returnURLs = ReturnURLs(
            success: "https://shop.example/ok", failure: "https://shop.example/no", cancel: "https://shop.example/stop")
        order.language = "en"
        let wire = ScriptedWire(Self.session)
        guard case .session(let session) = try await provider.prepare(order, asking: wire) else {
            throw NothingThrown()
        }
        #expect(wire.questions.map(\.url) == [Sample.root + "/online/online.php?merchantid=1234567890123456"])
        #expect(wire.questions.first?.method == .get && wire.questions.first?.body.isEmpty == true)
        #expect(session.operatorReference == nil && session.lifetimeSeconds == 180)
        #expect(
            session.actions == [
                .submitForm(
                    url: Sample.root + "/online/online.php",
                    fields: [
                        .init("sessionid", "01234567890123456789012345678901"), .init("merchantid", "1234567890123456"),
                        .init("amount", "5000"), .init("currency", "952"), .init("purchaseref", Sample.reference),
                        .init("brand", "Boutique Lomé"), .init("phonennumber", "22890112233"),
                        .init("description", "Panier 15"), .init("accepturl", "https://shop.example/ok"),
                        .init("declineurl", "https://shop.example/no"), .init("cancelurl", "https://shop.example/stop"),
                        .init("text", "Merci"), .init("language", "en"),
                    ])
            ])
    }

    @Test
    func `what is not known stays out; the router's own page serves where none is given`() async throws {
        let provider: TMoneyOnlineProvider = try Sample.provider(
            "tmoney-online",
            ["merchant_id": "1234567890123456", "brand": "B", "phone_field": "phonenumber", "path": "/pay.php"])
        let order = try Sample.order(Money(100, .xof), channel: "tmoney-online", phone: nil, text: "")
        let fields = try await form(provider, order)
        let back = Sample.callbackURL + "/return"
        #expect(
            fields.map(\.name) == [
                "sessionid", "merchantid", "amount", "currency", "purchaseref", "brand", "accepturl", "declineurl",
                "cancelurl", "language",
            ])
        #expect(fields.suffix(4).map(\.value) == [back, back, back, "fr"])
        var german = try Sample.order(for: "tmoney-online")
        german.language = "de"
        let second = try await form(provider, german)
        #expect(second.last?.value == "fr" && second.contains { $0.name == "phonenumber" })
    }

    @Test
    func `sizes are checked before anything is asked`() async throws {
        var rows: [CollectInstruction] = []
        for change: (inout CollectInstruction) -> Void in [
            { $0.text = String(repeating: "é", count: 256) },
            { $0.returnURLs.success = "https://shop.example/" + String(repeating: "a", count: 130) },
            { $0.returnURLs.cancel = "shop.example" }, { $0.amount = Money(99, .xof) },
            { $0.amount = Money(2_000_001, .xof) }, { $0.amount = Money(5_000, .usd) },
        ] {
            var order = order
            change(&order)
            rows.append(order)
        }
        for order in rows {
            let wire = ScriptedWire()
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepared(order, wire)
            }
            #expect(thrown.refusal.reason == .invalidRequest && wire.questions.isEmpty)
            #expect(!thrown.detail.contains("90112233"))
        }
        var long = order
        long.text = String(repeating: "é", count: 255)
        long.callbackURL = "https://pay.example/" + String(repeating: "c", count: 140)
        #expect(try await form(provider, long).count == 10)
    }

    @Test(arguments: [
        (200, "NOK:UNKNOWN_MERCHANT", "credentials_refused (UNKNOWN_MERCHANT)"),
        (200, "NOK:SYSTEM_DOWN\r\n", "operator_unavailable (SYSTEM_DOWN)"),
        (200, "NOK:<b>", "operator_unavailable (NOK)"), (200, "NOK:", "operator_unavailable (NOK)"),
        (200, "OK:0123456789012345678901234567890", "not_sent"),
        (200, "OK:012345678901234567890123456789012", "not_sent"),
        (200, "OK:0123456789012345678901234567890a", "not_sent"),
        (200, "ok:01234567890123456789012345678901", "not_sent"), (200, "", "not_sent"),
        (403, "", "credentials_refused (HTTP 403)"), (429, "", "throttled (HTTP 429)"),
        (500, "OK:01234567890123456789012345678901", "not_sent (HTTP 500)"),
    ])
    func `every answer to the session's question`(status: Int, body: String, expected: String) async throws {
        let wire = ScriptedWire(WireReply(status: status, body: Array(body.utf8)))
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(order, wire)
        }
        #expect(thrown.refusal.line == expected)
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply means nothing was sent`(askFailure: AskFailure) async throws {
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepared(order, ScriptedWire(askFailure))
        }
        #expect([.notSent, .credentialsRefused].contains(thrown.refusal.reason))
        try #require(
            await provider.probe(asking: ScriptedWire(askFailure)).unclear != nil,
            "a probe without an answer proved something")
    }

    @Test
    func `a probe opens a session that lapses`() async throws {
        #expect(
            await provider.probe(asking: ScriptedWire(Self.session))
                == .accepted("a session was opened; it lapses by itself"))
        let unknown = ScriptedWire(WireReply(status: 200, body: Array("NOK:UNKNOWN_MERCHANT".utf8)))
        try #require(await provider.probe(asking: unknown).refused != nil, "an unknown merchant was not refused")
    }

    @Test
    func `nobody can be asked, and the contract says so`() throws {
        let contract = provider.manifest.contract
        #expect(contract.check == .none && contract.key == .none && contract.callback == .addressOnly)
        #expect(contract.promptLifetimeSeconds == 180 && contract.reviewAfterSeconds == 1_080)
        #expect(contract.refusalsEndWithSession && contract.failureQuarantineSeconds == 180)
        let short: TMoneyOnlineProvider = try Sample.provider(
            "tmoney-online", ["merchant_id": "1234567890123456", "session_seconds": 60])
        #expect(short.manifest.contract.promptLifetimeSeconds == 60 && short.sessionSeconds == 60)
        #expect(short.manifest.contract.failureQuarantineSeconds == 60)
        #expect(short.manifest.contract.reviewAfterSeconds == 960)
        #expect(!(provider is any Checking) && provider.manifest.payerActions == [.submitForm])
        let deaf: TMoneyOnlineProvider = try Sample.provider(
            "tmoney-online", ["merchant_id": "1234567890123456", "brand": "B"])
        #expect(deaf.manifest.contract.callback == .none)
    }

    @Test
    func `what is wrong in the settings is named`() {
        let rows: [(KeyValuePairs<String, JSONValue>, String)] = [
            (["merchant_id": "123"], "/settings/merchant_id: "),
            (["merchant_id": "12345678901234é"], "/settings/merchant_id: "),
            (["brand": ""], "/settings/brand: "),
            (["brand": .string(String(repeating: "b", count: 151))], "/settings/brand: "),
            (["text": ""], "/settings/text: "), (["language": "de"], "/language: "),
            (["phone_field": "phone"], "/phone_field: "),
            (["path": "pay.php"], "/settings/path: "), (["session_seconds": 0], "/settings/session_seconds: "),
            (["operator_addresses": ["yas.tg"]], "/settings/operator_addresses/0: "),
            (["operator_addresses": ["1.2.3.4", "::ffff:1.2.3.4"]], "/settings/operator_addresses/1: "),
            (["operator_addresses": ["10.0.0.0/8"]], "/settings/operator_addresses/0: "),
            (["operator_addresses": ["01.2.3.4"]], "/settings/operator_addresses/0: "),
            (["maximum": 50], "/settings/maximum: "),
        ]
        for (changes, complaint) in rows {
            var settings = JSONObject([.init("merchant_id", "1234567890123456"), .init("brand", "B")])
            for (name, value) in changes { settings[name] = value }
            #expect(Sample.complaint("tmoney-online", .object(settings)).hasPrefix(complaint), "\(complaint)")
        }
        let good: JSONValue = [
            "merchant_id": "1234567890123456", "brand": "B", "operator_addresses": ["1.2.3.4", "2001:DB8::1"],
        ]
        #expect(Sample.complaint("tmoney-online", good) == "none")
        let setup = Sample.setup("tmoney-online", baseURL: nil)
        #expect(Sample.complaint("tmoney-online", good, setup).hasPrefix("/base_url: "))
    }
}

@Suite("TMoney Online: notifications")
struct TMoneyOnlineCallbackTests {
    private func receive(
        _ changes: KeyValuePairs<String, String?> = [:], peer: String = "196.168.7.7", method: String = "GET"
    ) throws -> CallbackVerdict {
        let provider: TMoneyOnlineProvider = try Sample.configured("tmoney-online")
        var fields = [
            "purchaseref": Sample.reference, "amount": "5000", "currency": "952", "status": "OK", "clientid": "77",
            "cname": "Ama K", "mobile": "22890112233", "paymentref": "PR1", "payid": "P-1", "timestamp": "1795253405",
            "error": "",
        ]
        for (name, value) in changes { fields[name] = value }
        let query = FormText.encoded(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        return provider.receive(
            InboundCallback(method: method, query: query, peer: peer), now: Sample.createdAt)
    }

    private func fact(_ verdict: CallbackVerdict) throws -> CallbackFact {
        guard case .about(let fact) = verdict else { throw NothingThrown() }
        return fact
    }

    @Test(arguments: [
        ("OK", "", "succeeded reference=\(Sample.reference) units=5000 currency=XOF operator=PR1"),
        ("NOK", "CANCEL", "rejected cancelled_by_payer (CANCEL) may flip"),
        ("NOK", "AUTHENTICATION", "rejected wrong_credentials (AUTHENTICATION) may flip"),
        ("NOK", "PAYMENT_FAILED", "rejected declined (PAYMENT_FAILED) may flip"),
        ("NOK", "EXPIRED_SESSION", "rejected expired (EXPIRED_SESSION)"), ("NOK", "", "unknown unlisted (NOK/)"),
        ("OK", "CANCEL", "unknown unlisted (OK/CANCEL)"), ("ok", "", "unknown unlisted (ok/)"),
        ("NOK", "WRONG_PIN", "unknown unlisted (NOK/WRONG_PIN)"),
    ])
    func `every status and error`(status: String, error: String, expected: String) throws {
        let fact = try fact(receive(["status": status, "error": error]))
        #expect(fact.claim.line == expected && fact.about == .reference(Sample.reference))
        #expect(fact.isAuthentic && fact.transactionID == "P-1" && fact.dedupKey == nil && fact.acknowledgement == nil)
        #expect(fact.statement?.minorUnits == 5_000 && fact.statement?.currency == .xof)
    }

    @Test(arguments: [
        ("196.168.7.7", true), ("::ffff:196.168.7.7", true), ("::FFFF:196.168.7.7", true), ("196.168.7.8", false),
        ("", false), ("196.168.7.7:80", false), ("unix", false),
    ])
    func `only the operator's own addresses are believed`(peer: String, isBelieved: Bool) throws {
        for changes: KeyValuePairs<String, String?> in [[:], ["status": "NOK", "error": "CANCEL"]] {
            let fact = try fact(receive(changes, peer: peer))
            #expect(fact.isAuthentic == isBelieved && fact.dedupKey == nil)
        }
    }

    @Test
    func `without a list nobody is believed`() throws {
        let provider: TMoneyOnlineProvider = try Sample.provider(
            "tmoney-online", ["merchant_id": "1234567890123456", "brand": "B"])
        for peer in ["196.168.7.7", "127.0.0.1", ""] {
            let verdict = provider.receive(
                InboundCallback(method: "GET", query: "purchaseref=r&status=OK&payid=1", peer: peer),
                now: Sample.createdAt)
            #expect(try fact(verdict).isAuthentic == false)
        }
    }

    @Test
    func `amounts and currencies are stated as they came`() throws {
        #expect(try fact(receive(["amount": "4999"])).claim.line.contains("units=4999"))
        #expect(try fact(receive(["amount": "5 000"])).claim.line.hasSuffix("unreadable"))
        #expect(try fact(receive(["amount": nil])).claim.line.hasSuffix("unreadable"))
        #expect(try fact(receive(["currency": "840"])).claim.line.hasSuffix("currency=USD operator=PR1"))
        #expect(try fact(receive(["currency": "XOF"])).claim.line.hasSuffix("unreadable"))
        #expect(try fact(receive(["currency": nil])).claim.line.hasSuffix("unreadable"))
    }

    @Test
    func `paymentref names the payment, payid where there is none, and our reference never`() throws {
        #expect(try fact(receive()).claim.line.hasSuffix("operator=PR1"))
        for value in [nil, "", "two words", String(repeating: "p", count: 129)] as [String?] {
            #expect(try fact(receive(["paymentref": value])).claim.line.hasSuffix("operator=P-1"))
        }
    }

    @Test
    func `the payer's number is handed on as it came`() throws {
        #expect(try fact(receive()).payer == "22890112233")
        #expect(try fact(receive(["mobile": "90 11 22 33"])).payer == "90 11 22 33")
        for value in [nil, ""] as [String?] { #expect(try fact(receive(["mobile": value])).payer == nil) }
    }

    @Test
    func `a success without a payment id is none`() throws {
        for value in [nil, "", String(repeating: "p", count: 129)] as [String?] {
            let fact = try fact(receive(["payid": value]))
            #expect(fact.claim.line == "unknown unlisted (no payid)" && fact.transactionID == nil)
        }
        let refusal = try fact(receive(["payid": "", "status": "NOK", "error": "CANCEL"]))
        #expect(refusal.claim.line.hasPrefix("rejected") && refusal.transactionID == nil)
    }

    @Test
    func `what cannot be read, or names no purchase, is refused`() throws {
        #expect(try receive(method: "POST") == .refused(.malformed))
        #expect(try receive(["purchaseref": nil]) == .refused(.malformed))
        #expect(try receive(["purchaseref": ""]) == .refused(.malformed))
        let provider: TMoneyOnlineProvider = try Sample.configured("tmoney-online")
        for query in ["purchaseref=a&purchaseref=b", "purchaseref=%zz", "purchaseref=a&amount=1&amount=2"] {
            let verdict = provider.receive(InboundCallback(method: "GET", query: query), now: Sample.createdAt)
            #expect(verdict == .refused(.malformed))
        }
    }
}
