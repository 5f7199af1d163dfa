import Router
import RouterTestKit
import Testing
import WebText

@testable import Providers

/// One amount in every spelling, wherever a kind reads one.
@Suite("Spellings of amounts")
struct AmountSpellingTests {
    /// A place where an amount is read.
    struct Place: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The right amount, in the units that the operator counts.
        let units: Int64
        /// What is read of an answer that states this; it begins with `settled`.
        let line: @Sendable (JSONValue) async throws -> String
        var sign = ""

        init(
            _ name: String, _ units: Int64, sign: String = "",
            _ line: @escaping @Sendable (JSONValue) async throws -> String
        ) {
            testDescription = name
            self.units = units
            self.sign = sign
            self.line = line
        }
    }

    static let places: [Place] = [
        Place("tmoney, status query", 5_000) { amount in
            let element: JSONValue = [
                "idRequete": .string(Sample.reference), "statutRequete": "SUCCES", "montant": amount,
            ]
            return try await check("tmoney", ["data": [element], "total": 1])
        },
        Place("tmoney, callback", 5_000) { amount in
            try callback(
                "tmoney",
                [
                    "idRequete": .string(Sample.reference), "statutRequete": "SUCCES", "code": "2002",
                    "montant": amount,
                ])
        },
        Place("tmoney, credit", 5_000) { amount in
            let provider = try Sample.configured("tmoney", as: (any PayingOut).self)
            let body: JSONValue = [
                "idRequete": .string(Sample.reference), "statutRequete": "SUCCES", "code": "2002", "montant": amount,
            ]
            return provider.readPayout(reply(body), to: try Sample.payout(for: "tmoney")).line
        },
        Place("tmoney-online, notification", 5_000) { amount in
            let provider = try Sample.configured("tmoney-online", as: (any ReceivingCallbacks).self)
            let query = FormText.encoded([
                ("purchaseref", Sample.reference), ("status", "OK"), ("error", ""), ("amount", amount.scalarText ?? ""),
                ("currency", "952"), ("payid", "P1"), ("paymentref", "PR1"),
            ])
            let notification = InboundCallback(method: "GET", query: query, peer: "196.168.7.7")
            return try claim(provider.receive(notification, now: Sample.createdAt))
        },
        Place("flooz, verification", 5_000) { amount in
            try await check("flooz", ["status": 0, "details": ["status": 0, "referenceid": "W9", "amount": amount]])
        },
        Place("paygate, status query", 5_000) { amount in
            try await check("paygate", ["status": 0, "identifier": .string(Sample.reference), "amount": amount])
        },
        Place("paygate, payout", 5_000) { amount in
            let provider = try Sample.configured("paygate", as: (any PayingOut).self)
            return provider.readPayout(
                reply(["status": 200, "amount": amount]), to: try Sample.payout(for: "paygate")
            ).line
        },
        Place("mtn-momo, status query", 5_000) { amount in try await check("mtn-momo", momo(amount)) },
        Place("mtn-momo, callback", 5_000) { amount in try callback("mtn-momo", momo(amount)) },
        Place("flouci, verification", 1_250) { amount in
            try await check("flouci page", ["success": true, "result": ["status": "SUCCESS", "amount": amount]])
        },
        Place("flouci, accept", 1_250) { amount in
            let provider = try Sample.configured("flouci accept", as: (any Confirming).self)
            let body: JSONValue = ["code": 0, "result": ["status": "SUCCESS", "amount": amount]]
            return provider.readConfirmation(reply(body), to: try Sample.order(for: "flouci accept")).line
        },
        Place("flouci, refund", 1_250) { amount in
            let result: JSONValue = [
                "status": "success", "payment_id": "FoPKKHqfQIKfBqhEj8M47A", "amount": amount,
            ]
            return try refund("flouci page", reply(["status": "success", "result": result]))
        },
        Place("card, intent", 5_000) { amount in
            let provider = try Sample.configured("card intents", as: (any Collecting).self)
            return provider.read(reply(intent(amount)), to: try Sample.order(for: "card intents")).line
        },
        Place("card, charge", 5_000) { amount in
            let provider = try Sample.configured("card charges", as: (any Collecting).self)
            let body: JSONValue = [
                "object": "charge", "id": "ch_123", "currency": "usd", "amount": amount, "status": "succeeded",
                "paid": true, "captured": true,
            ]
            return provider.read(reply(body), to: try Sample.order(for: "card charges")).line
        },
        Place("card, event", 5_000) { amount in
            let event: JSONValue = [
                "id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "livemode": false,
                "data": ["object": intent(amount)],
            ]
            return try claim(
                CardEvents.read(
                    event.serialized(), api: .paymentIntents, isLive: false,
                    links: PayerLinks(environment: .sandbox, root: Sample.root, domains: [])))
        },
        Place("card, refund", 5_000) { amount in
            let body: JSONValue = [
                "object": "refund", "id": "re_1", "currency": "usd", "amount": amount, "status": "succeeded",
            ]
            return try refund("card intents", reply(body))
        },
        Place("ksher, question", 15_050) { amount in
            let path = "/api/v1/redirect/orders/\(Sample.reference)"
            return try await check(
                "ksher redirect", KsherSample.reply(path, KsherSample.order("Paid", ["amount": amount])))
        },
        Place("ksher, refund", 15_050, sign: "-") { amount in
            let order = KsherSample.order(
                "Refunded",
                [
                    "merchant_order_id": .string(Sample.followUpReference), "reference": .string(Sample.reference),
                    "amount": amount, "order_type": "Refund",
                ], code: "REFUNDED")
            return try refund(
                "ksher redirect", KsherSample.reply("/api/v1/redirect/orders/\(Sample.reference)", order))
        },
        Place("ksher-rsa, question", 15_050) { amount in try await check("ksher-rsa qr", KsherKeys.reply(sale(amount)))
        },
        Place("ksher-rsa, notification", 15_050) { amount in
            try callback("ksher-rsa qr", KsherKeys.envelope(sale(amount)))
        },
        Place("ksher-rsa, refund", 15_050) { amount in
            try refund(
                "ksher-rsa barcode",
                KsherKeys.reply([
                    "result": "REFUND", "mch_refund_no": .string(Sample.followUpReference), "refund_fee": amount,
                    "fee_type": "THB",
                ]))
        },
    ]

    private static func momo(_ amount: JSONValue) -> JSONValue {
        [
            "externalId": .string(Sample.reference), "status": "SUCCESSFUL", "currency": "XAF", "amount": amount,
            "payer": ["partyIdType": "MSISDN", "partyId": "237670112233"],
        ]
    }

    private static func intent(_ amount: JSONValue) -> JSONValue {
        [
            "object": "payment_intent", "id": "pi_123", "currency": "usd", "status": "succeeded", "amount": 5_000,
            "amount_received": amount, "metadata": ["reference": .string(Sample.reference)],
        ]
    }

    private static func sale(_ amount: JSONValue) -> JSONValue {
        ["result": "SUCCESS", "mch_order_no": .string(Sample.reference), "total_fee": amount, "fee_type": "THB"]
    }

    private static func reply(_ body: JSONValue) -> WireReply { WireReply(status: 200, body: body.serialized()) }

    private static func check(_ name: String, _ body: JSONValue) async throws -> String {
        try await check(name, reply(body))
    }

    private static func check(_ name: String, _ reply: WireReply) async throws -> String {
        let provider = try Sample.configured(name, as: (any Checking).self)
        let finding = await provider.check(.collect(try Sample.order(for: name)), asking: ScriptedWire(reply))
        guard case .found(let answer) = finding else { return finding.line }
        return answer.line
    }

    private static func refund(_ name: String, _ reply: WireReply) throws -> String {
        let provider = try Sample.configured(name, as: (any Refunding).self)
        return provider.readRefund(reply, to: try Sample.followUp(for: name)).line
    }

    private static func callback(_ name: String, _ body: JSONValue) throws -> String {
        let provider = try Sample.configured(name, as: (any ReceivingCallbacks).self)
        return try claim(
            provider.receive(InboundCallback(method: "POST", body: body.serialized()), now: Sample.createdAt))
    }

    private static func claim(_ verdict: CallbackVerdict) throws -> String {
        let fact = try #require(verdict.about, "not about a payment: \(verdict)")
        return fact.claim.line
    }

    @Test(arguments: places)
    func `zeros behind the point change nothing`(place: Place) async throws {
        for zeros in ["", ".0", ".00", ".000000000000000000000000"] {
            let text = "\(place.sign)\(place.units)\(zeros)"
            for value in [JSONValue.number(text), .string(text)] {
                let line = try await place.line(value)
                #expect(line.hasPrefix("succeeded") && line.contains("units=\(place.units)"), "\(value): \(line)")
                #expect(!line.hasSuffix("unreadable"), "\(value): \(line)")
            }
        }
    }

    @Test(arguments: places)
    func `any other digit is another amount`(place: Place) async throws {
        let units = place.units
        let numbers = ["\(units).5", "\(units).01", "\(units - 1).9999999999999999999", "\(units).0000000000000000001"]
        let texts = [
            "0\(units)", " \(units)", "\(units) ", "+\(units)", "\(units).", "\(units)e0", "\(units),00", "5 000",
        ]
        for text in numbers + ["\(units)e0", "\(units).0e0", "99999999999999999999"] + texts {
            let line = try await place.line(.string(place.sign + text))
            #expect(line.hasPrefix("succeeded") && line.hasSuffix("unreadable"), "\(text): \(line)")
        }
        for text in numbers + ["\(units)e0", "\(units).0e0", "99999999999999999999"] {
            let line = try await place.line(.number(place.sign + text))
            #expect(line.hasPrefix("succeeded") && line.hasSuffix("unreadable"), "\(text): \(line)")
        }
    }
}
