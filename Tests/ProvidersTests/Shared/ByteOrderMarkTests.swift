import Router
import RouterTestKit
import Testing
import WebText

@testable import Providers

/// One byte order mark in front of what an operator says changes nothing; two are not UTF-8 that anybody means.
@Suite("Byte order marks")
struct ByteOrderMarkTests {
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static let charge: JSONValue = [
        "object": "charge", "id": "ch_123", "currency": "usd", "amount": 5_000, "status": "succeeded", "paid": true,
        "captured": true,
    ]

    /// Answers to money requests that say something.
    static let answers: [(name: String, reply: WireReply)] = [
        ("tmoney", json(["code": "2000", "idRequete": .string(Sample.reference)])),
        ("flooz", json(["status": "0", "mrorrefid": "FZ1"])), ("paygate", json(["status": 0, "tx_reference": "T1"])),
        ("mtn-momo", WireReply(status: 202)), ("card charges", json(charge)),
        ("ksher barcode", KsherSample.reply("/api/v1/bscanc/orders", KsherSample.order("Paid"))),
        ("ksher-rsa barcode", KsherKeys.reply(sale)),
    ]

    /// Answers to questions.
    static let findings: [(name: String, reply: WireReply)] = [
        (
            "tmoney",
            json([
                "data": [["idRequete": .string(Sample.reference), "statutRequete": "SUCCES", "montant": 5_000]],
                "total": 1,
            ])
        ),
        ("flooz", json(["details": ["status": 0, "referenceid": "W9", "amount": 5_000]])),
        ("paygate", json(["status": 0, "amount": 5_000])),
        ("mtn-momo", json(["status": "SUCCESSFUL", "amount": "5000", "currency": "XAF"])),
        ("mtn-momo", json(["code": "RESOURCE_NOT_FOUND"], status: 404)),
        ("flouci page", json(["success": true, "result": ["status": "SUCCESS", "amount": 1_250]])),
        (
            "ksher redirect",
            KsherSample.reply("/api/v1/redirect/orders/\(Sample.reference)", KsherSample.order("Paid"))
        ),
        ("ksher-rsa qr", KsherKeys.reply(sale)),
    ]

    /// Notifications whose signature, if there is one, is not over the raw bytes.
    static let callbacks: [(name: String, body: [UInt8])] = [
        ("tmoney", Array(#"{"idRequete":"x","statutRequete":"ECHEC"}"#.utf8)),
        ("flooz", Array(#"{"mrchrefid":"0a1b"}"#.utf8)), ("flooz", Array("mrchrefid=0a1b".utf8)),
        ("paygate", Array(#"{"identifier":"x"}"#.utf8)),
        ("mtn-momo", Array(#"{"externalId":"\#(Sample.reference)","status":"PENDING"}"#.utf8)),
        ("flouci page", Array(#"{"payment_id":"abcdef"}"#.utf8)), ("flouci page", Array("payment_id=abcdef".utf8)),
        ("ksher-rsa qr", KsherKeys.envelope(sale).serialized()),
        (
            "ksher-rsa qr",
            Array(PercentText.encoded(String(decoding: KsherKeys.envelope(sale).serialized(), as: UTF8.self)).utf8)
        ),
    ]

    private static let sale: JSONValue = [
        "result": "SUCCESS", "mch_order_no": .string(Sample.reference), "total_fee": 15_050, "fee_type": "THB",
    ]

    private static func json(_ body: JSONValue, status: Int = 200) -> WireReply {
        WireReply(status: status, body: body.serialized())
    }

    private static func marked(_ reply: WireReply, _ times: Int) -> WireReply {
        var reply = reply
        for _ in 0..<times { reply.body = mark + reply.body }
        return reply
    }

    @Test(arguments: answers)
    func `in front of answers`(name: String, reply: WireReply) throws {
        let provider = try Sample.configured(name, as: (any Collecting).self)
        let order = try Sample.order(for: name)
        let line = provider.read(reply, to: order).line
        #expect(!line.hasPrefix("unknown"))
        #expect(provider.read(Self.marked(reply, 1), to: order).line == line)
        #expect(provider.read(Self.marked(reply, 2), to: order).isUnknown)
    }

    @Test(arguments: findings)
    func `in front of answers to questions`(name: String, reply: WireReply) async throws {
        let provider = try Sample.configured(name, as: (any Checking).self)
        let order = Instruction.collect(try Sample.order(for: name))
        func line(_ reply: WireReply) async -> String {
            await provider.check(order, asking: ScriptedWire(reply)).line
        }
        let plain = await line(reply)
        #expect(!plain.hasPrefix("could not answer"))
        #expect(await line(Self.marked(reply, 1)) == plain)
        #expect(await line(Self.marked(reply, 2)).hasPrefix("could not answer"))
    }

    @Test(arguments: callbacks)
    func `in front of notifications`(name: String, body: [UInt8]) throws {
        let provider = try Sample.configured(name, as: (any ReceivingCallbacks).self)
        func verdict(_ body: [UInt8]) -> CallbackVerdict {
            provider.receive(InboundCallback(method: "POST", body: body), now: Sample.createdAt)
        }
        if case .refused(let why) = verdict(body) { Issue.record("refused: \(why)") }
        #expect(verdict(Self.mark + body) == verdict(body))
        #expect(verdict(Self.mark + Self.mark + body) == .refused(.malformed))
    }

    @Test
    func `in front of signed notifications: the signature is over all bytes that came`() throws {
        let provider: CardProvider = try Sample.configured("card charges")
        let event: JSONValue = [
            "id": "evt_1", "object": "event", "type": "charge.succeeded", "livemode": false,
            "data": ["object": Self.charge],
        ]
        let body = event.serialized()
        let plain = provider.receive(CardEventTests.signed(body), now: CardEventTests.now)
        try #require(plain.about != nil, "not about a payment: \(plain)")
        #expect(provider.receive(CardEventTests.signed(Self.mark + body), now: CardEventTests.now) == plain)
        // Put there, or taken away, by somebody on the way.
        var added = CardEventTests.signed(body)
        added.body = Self.mark + body
        var removed = CardEventTests.signed(Self.mark + body)
        removed.body = body
        for forged in [added, removed] {
            #expect(provider.receive(forged, now: CardEventTests.now) == .refused(.unverified))
        }
        let twice = CardEventTests.signed(Self.mark + Self.mark + body)
        #expect(provider.receive(twice, now: CardEventTests.now) == .refused(.malformed))
    }

    @Test
    func `in front of logins and of the session's answer`() async throws {
        let tmoney: TMoneyProvider = try Sample.configured("tmoney")
        let login = Self.json(["statut": ["code": "2000"], "data": ["token": "abc"]])
        try #require(tmoney.readLogin(Self.marked(login, 1)).token == "abc")
        let session = WireReply(status: 200, body: Array("OK:01234567890123456789012345678901".utf8))
        #expect(try TMoneyOnlineReplies.session(Self.marked(session, 1)) == "01234567890123456789012345678901")
        #expect(throws: PreparationFailure.self) { try TMoneyOnlineReplies.session(Self.marked(session, 2)) }
    }

    @Test
    func `alone it is an empty body`() throws {
        let provider = try Sample.configured("mtn-momo", as: (any Collecting).self)
        let order = try Sample.order(for: "mtn-momo")
        for status in [202, 401, 429, 500] {
            let plain = provider.read(WireReply(status: status), to: order)
            #expect(provider.read(WireReply(status: status, body: Self.mark), to: order) == plain)
        }
    }
}
