import Router
import RouterTestKit
import WebText

@testable import Providers

extension Described {
    static let ksher = [("ksher redirect", "redirect"), ("ksher qr", "cscanb"), ("ksher barcode", "bscanc")].map {
        name, flow in
        Described(name) { provider in
            let path = "/api/v1/\(flow)/orders"
            let order = try Sample.order(for: name)
            let refund = try Sample.refund(for: name)
            return ProviderDescription(
                secrets: secrets("ksher"),
                operations: [
                    OperationDescription(
                        .collect(order), reply: flow == "bscanc" ? charge(path) : nil, check: sale(path)
                    ) { _ in
                        KsherSample.reply(
                            path,
                            KsherSample.order(
                                "Available",
                                flow == "redirect"
                                    ? ["reference": "https://gateway.ksher.com/ua?o=1"]
                                    : ["reserved1": "data:image/png;base64,iVBORw0KGgo="]))
                    },
                    OperationDescription(
                        .refund(refund), reply: ksherRefund(path, refund), check: refunded(path, refund)),
                ],
                callbacks: [
                    CallbackDescription(
                        about: .collect(order),
                        ReplyTable(rows: [
                            .init(
                                .unclear,
                                ["instance": reference, "type": "Order", "code": "StatusChange", "message": "m"])
                        ]), signature: .query("signature"), now: Sample.createdAt, make: webhook)
                ])
        }
    }

    @Sendable private static func webhook(_ body: JSONValue) -> InboundCallback {
        var fields = (body.objectValue?.members ?? []).map { ($0.name, $0.value.scalarText ?? "") }
        fields.append(("signature", KsherSample.signature.sign("https://shop.example/webhook", fields)))
        return InboundCallback(method: "GET", query: FormText.encoded(fields))
    }

    private static func signed(_ path: String) -> @Sendable (Int, JSONValue?) -> WireReply {
        { status, body in body.map { KsherSample.reply(path, $0, status: status) } ?? WireReply(status: status) }
    }

    private static func ksherTable(
        _ path: String, _ codes: [String], reference: String = "/merchant_order_id", _ rows: [ReplyTable.Row]
    ) -> ReplyTable {
        ReplyTable(
            codes: codes, amount: .at("/amount"), currency: .at("/currency"), reference: .at(reference), rows: rows,
            seal: signed(path))
    }

    private static func charge(_ path: String) -> ReplyTable {
        ksherTable(
            path, ["/error_code", "/status"],
            [
                .init(.executed, KsherSample.order("Paid")), .init(.pending, KsherSample.order("Available")),
                .init(.pending, KsherSample.order("Available", code: "PENDING")),
                .init(.pending, KsherSample.order("", code: "PENDING")),
                .init(.pending, KsherSample.order("", ["status": .null], code: "PENDING")),
                .init(.refusedForNow, KsherSample.order("Available", code: "FAIL"), whatever: ["/status"]),
                .init(.unclear, KsherSample.order("Paid", code: "FAIL")),
            ])
    }

    private static func sale(_ path: String) -> ReplyTable {
        ksherTable(
            path + "/" + Sample.reference, ["/status", "/error_code", "/code"],
            [
                .init(.executed, KsherSample.order("Paid"), whatever: ["/code"]),
                .init(.pending, KsherSample.order("Available"), whatever: ["/error_code", "/code"]),
                .init(.refusedForNow, KsherSample.order("Closed"), whatever: ["/error_code", "/code"]),
                .init(.unclear, KsherSample.order("Refunded")),
                .init(.absent, 404, ["code": 404, "name": "Not Found"], whatever: ["/status", "/error_code"]),
            ])
    }

    private static func ksherRefund(_ path: String, _ order: FollowUpInstruction) -> ReplyTable {
        let body: JSONValue = [
            "error_code": "REFUNDED", "reference": .string(order.original.reference),
            "merchant_order_id": .string(order.reference), "amount": "-15050", "currency": "THB",
            "order_type": "Refund",
        ]
        return ksherTable(
            path + "/" + order.original.reference, ["/error_code"],
            [.init(.executed, body), .init(.unclear, changed(body, ["error_code": "FAIL"]))])
    }

    private static func refunded(_ path: String, _ order: FollowUpInstruction) -> ReplyTable {
        ksherTable(
            path + "/" + order.original.reference, ["/status"],
            [.init(.executed, KsherSample.order("Refunded")), .init(.unclear, KsherSample.order("Paid"))])
    }

    static let ksherRSA = ["redirect", "qr", "barcode"].map { flow in
        Described("ksher-rsa \(flow)") { _ in
            let order = try Sample.order(for: "ksher-rsa \(flow)")
            let refund = try Sample.refund(for: "ksher-rsa \(flow)")
            return ProviderDescription(
                secrets: secrets("ksher-rsa"),
                operations: [
                    OperationDescription(
                        .collect(order), reply: flow == "barcode" ? rsaCharge : nil, check: rsaSale,
                        questions: rsaOpened),
                    OperationDescription(
                        .refund(refund), reply: rsaRefund(refund), check: rsaRefunds(refund), questions: rsaOpened),
                ],
                callbacks: [
                    CallbackDescription(
                        about: .collect(order),
                        rsaTable([
                            // The sandbox key is short enough to be forged with, so that nothing is believed by it.
                            (.unclear, KsherRSATests.sale("SUCCESS")), (.unclear, KsherRSATests.sale("CLOSED")),
                        ]), signature: .member("/sign"), now: Sample.createdAt
                    ) { body in
                        InboundCallback(method: "POST", body: KsherKeys.envelope(body).serialized())
                    }
                ])
        }
    }

    @Sendable private static func rsaOpened(_ request: WireRequest) -> WireReply? {
        if request.url.hasSuffix("/gateway_pay") {
            return KsherKeys.reply(["pay_content": "https://gateway.ksher.com/ua?order_uuid=1&lang=en"])
        }
        if request.url.hasSuffix("/native_pay") {
            return KsherKeys.reply([
                "result": "SUCCESS", "mch_order_no": reference, "code_url": "000201010212", "total_fee": 15_050,
            ])
        }
        return KsherKeys.reply(KsherRSATests.sale("SUCCESS"))
    }

    @Sendable private static func enveloped(_ status: Int, _ data: JSONValue?) -> WireReply {
        WireReply(status: status, body: data.map { KsherKeys.envelope($0).serialized() } ?? [])
    }

    private static func rsaTable(_ rows: [(ReplyTable.Meaning, JSONValue)]) -> ReplyTable {
        ReplyTable(
            codes: ["/result"], amount: .at("/total_fee"), currency: .at("/fee_type"), reference: .at("/mch_order_no"),
            rows: rows.map { .init($0.0, $0.1) }, seal: enveloped)
    }

    private static let rsaCharge = rsaTable(
        sales(.executed, ["SUCCESS"]) + sales(.pending, ["NOTSURE", "PENDING", "USERPAYING"])
            + sales(.refusedForNow, ["FAIL", "PAYERROR", "CLOSED"]))

    private static let rsaSale = rsaTable(
        sales(.executed, ["SUCCESS"]) + sales(.pending, ["NOTSURE", "PENDING", "USERPAYING", "NOTPAY"])
            + sales(.refusedForNow, ["PAYERROR", "CLOSED"]) + sales(.unclear, ["FAIL", "REFUND"]))

    private static func sales(
        _ meaning: ReplyTable.Meaning, _ results: [String]
    ) -> [(ReplyTable.Meaning, JSONValue)] {
        results.map { (meaning, KsherRSATests.sale($0)) }
    }

    private static func rsaRefund(_ order: FollowUpInstruction) -> ReplyTable {
        func data(_ result: String) -> JSONValue {
            [
                "result": .string(result), "mch_refund_no": .string(order.reference), "refund_fee": 15_050,
                "fee_type": "THB", "ksher_refund_no": "K-9",
            ]
        }
        return ReplyTable(
            codes: ["/result"], amount: .at("/refund_fee"), currency: .at("/fee_type"),
            reference: .at("/mch_refund_no"),
            rows: rows(.executed, [], ["REFUND", "REFUNDSUCCESS"].map(data))
                + rows(.pending, [], ["SUCCESS", "PENDING", "NOTSURE"].map(data)), seal: enveloped)
    }

    private static func rsaRefunds(_ order: FollowUpInstruction) -> ReplyTable {
        func data(_ state: String) -> JSONValue {
            [
                "refund_orders": [
                    [
                        "mch_refund_no": .string(order.reference), "refund_state": .string(state),
                        "mch_refund_fee": 15_050, "ksher_refund_no": "K-9",
                    ]
                ]
            ]
        }
        return ReplyTable(
            codes: ["/refund_orders/0/refund_state"], amount: .at("/refund_orders/0/mch_refund_fee"),
            currency: .omitted, reference: .at("/refund_orders/0/mch_refund_no"),
            rows: rows(.executed, [], [data("REFUNDSUCCESS")])
                + rows(.pending, [], ["PENDING", "REFUNDING", "NOTSURE"].map(data))
                + rows(.absent, [], [["refund_orders": []]]) + rows(.unclear, [], [data("REFUNDFAIL")]),
            answers: { $0.url.hasSuffix("/refund_query") }, seal: enveloped)
    }
}
