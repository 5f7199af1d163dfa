import Router
import Testing

@testable import Providers

/// What is given back.
extension KsherRSATests {
    @Test(arguments: [
        ("truemoney", "mch_order_no", "2303031613445796"), ("card", "ksher_order_no", "90020240131101501000001"),
        ("ktbcard", "ksher_order_no", "90020240131101501000001"),
    ])
    func `a page's payment is refunded under the number the page gave it; a card's under the operator's`(
        channel: String, name: String, number: String
    ) async throws {
        let provider = try provider("redirect")
        let wire = ScriptedWire(KsherKeys.reply(Self.sale("SUCCESS", ["channel": .string(channel)])))
        let order = try Sample.followUp(for: "ksher-rsa redirect", 5_000)
        let made = try await provider.prepareRefund(order, asking: wire)
        #expect(made.request.url == Sample.root + "/KsherPay/order_refund")
        #expect(
            try fields(made.request) == [
                "appid": "mch30000", name: number, "mch_refund_no": Sample.followUpReference, "total_fee": "15050",
                "refund_fee": "5000", "fee_type": "THB",
            ])
    }

    @Test
    func `other payments are refunded under our number, without asking`() async throws {
        let provider = try provider("barcode")
        let wire = ScriptedWire()
        let order = try Sample.followUp(for: "ksher-rsa barcode")
        let made = try await provider.prepareRefund(order, asking: wire)
        #expect(wire.questions.isEmpty)
        #expect(try fields(made.request)["mch_order_no"] == Sample.reference)
    }

    @Test
    func `what cannot be refunded is not asked for`() async throws {
        let provider = try provider("redirect")
        let rows: [(FollowUpInstruction, [JSONValue], RefusalReason)] = [
            (try Sample.followUp(for: "ksher-rsa qr"), [], .invalidRequest),
            (try Sample.followUp(for: "ksher-rsa redirect", 15_051), [], .invalidRequest),
            (try Sample.followUp(for: "ksher-rsa redirect", 1, refunded: 15_050), [], .invalidRequest),
            (
                try Sample.followUp(for: "ksher-rsa redirect"), [Self.sale("SUCCESS", ["channel": "promptpay"])],
                .invalidRequest
            ),
            (try Sample.followUp(for: "ksher-rsa redirect"), [Self.sale("PENDING")], .notSent),
            (try Sample.followUp(for: "ksher-rsa redirect"), [Self.sale("SUCCESS", ["total_fee": 1])], .notSent),
            (
                try Sample.followUp(for: "ksher-rsa redirect"), [Self.sale("SUCCESS", ["pay_mch_order_no": ""])],
                .notSent
            ),
        ]
        for (order, answers, reason) in rows {
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepareRefund(
                    order, asking: ScriptedWire(answers.map { .success(KsherKeys.reply($0)) }))
            }
            #expect(thrown.refusal.reason == reason)
        }
    }

    @Test(
        arguments: [
            (
                "REFUND", "ref", 5_000, "succeeded reference=\(Sample.followUpReference) units=5000 currency=THB"
            ),
            ("REFUNDSUCCESS", "ref", 5_000, "succeeded reference=\(Sample.followUpReference) units=5000 currency=THB"),
            ("SUCCESS", "ref", 5_000, "pending wait"), ("SUCCESS", nil, nil, "pending wait"),
            ("PENDING", "ref", nil, "pending wait"), ("NOTSURE", "ref", nil, "pending wait"),
            ("REFUND", nil, 5_000, "unknown arrived (REFUND)"),
            ("REFUND", "ref", nil, "unknown arrived (REFUND without refund_fee)"),
            ("REFUND", "other", 5_000, "unknown arrived (another refund)"),
            ("FAIL", "ref", 5_000, "unknown arrived (FAIL)"),
            ("PAYERROR", "ref", 5_000, "unknown arrived (PAYERROR)"),
        ] as [(String, String?, Int64?, String)])
    func `every row of the table of refunds`(result: String, number: String?, fee: Int64?, expected: String) throws {
        var data = JSONObject([.init("result", .string(result)), .init("fee_type", "THB")])
        data["mch_refund_no"] = number.map { .string($0 == "ref" ? Sample.followUpReference : $0) }
        data["refund_fee"] = fee.map { JSONValue($0) }
        let order = try Sample.followUp(for: "ksher-rsa redirect", 5_000)
        #expect(try provider("redirect").readRefund(KsherKeys.reply(.object(data)), to: order).line == expected)
    }

    @Test
    func `a refund is found in the list, by its number`() async throws {
        let provider = try provider("barcode")
        let order = try Sample.followUp(for: "ksher-rsa barcode", 5_000)
        func find(_ refunds: JSONValue) async -> (String, ScriptedWire) {
            let wire = ScriptedWire(KsherKeys.reply(["refund_fee": "2", "refund_orders": refunds]))
            return (await provider.check(.refund(order), asking: wire).line, wire)
        }
        func refund(_ state: String, _ fee: JSONValue? = 5_000, number: String = Sample.followUpReference) -> JSONValue
        {
            var refund = JSONObject([
                .init("mch_refund_no", .string(number)), .init("refund_state", .string(state)),
                .init("ksher_refund_no", .string("R-of-\(number)")),
            ])
            refund["mch_refund_fee"] = fee
            return .object(refund)
        }
        let done = refund("REFUNDSUCCESS")
        let (line, wire) = await find([refund("REFUNDSUCCESS", 1, number: "other"), done])
        let theirs = "R-of-\(Sample.followUpReference)"
        #expect(line == "found succeeded reference=\(Sample.followUpReference) units=5000 operator=\(theirs)")
        #expect(wire.questions.map(\.url) == [Sample.root + "/KsherPay/refund_query"])
        #expect(await find([]).0 == "absent")
        #expect(await find([refund("REFUNDSUCCESS", number: "other")]).0 == "absent")
        #expect(await find([done, done]).0 == "could not answer: two refunds under one number")
        #expect(await find([refund("REFUNDSUCCESS", nil)]).0 == "could not answer: a refund without an amount")
        #expect(await find([refund("REFUNDING")]).0 == "found pending wait")
        #expect(await find([refund("REFUNDFAIL")]).0 == "could not answer: refund_state REFUNDFAIL")
        #expect(await find("x").0 == "could not answer: no list of refunds")
    }

    @Test
    func `Alipay has no list: only a whole refund shows in the sale`() async throws {
        let provider = try provider("qr")
        func find(_ result: String, _ amount: Int64) async throws -> String {
            var order = try Sample.followUp(for: "ksher-rsa qr", amount)
            order.original.channel = "alipay"
            let wire = ScriptedWire(KsherKeys.reply(Self.sale(result)))
            return await provider.check(.refund(order), asking: wire).line
        }
        #expect(try await find("REFUND", 15_050) == "found succeeded units=15050 currency=THB")
        #expect(try await find("REFUND", 5_000).hasPrefix("could not answer"))
        #expect(try await find("SUCCESS", 15_050).hasPrefix("could not answer"))
    }
}
