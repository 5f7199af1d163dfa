import Router
import RouterTestKit
import WebText

@testable import Providers

extension Described {
    static let card = ["card intents", "card charges", "card page"].map { name in
        Described(name, { try cardProvider(name) }) { _ in
            let isIntents = name == "card intents"
            let page = "cs_test_a1B2c3"
            var order = try Sample.order(for: name == "card page" ? "card intents" : name)
            if name == "card page" { (order.operatorReference, order.sourceToken) = (page, nil) }
            var hold = order
            hold.capturesLater = true
            var open = order
            open.operatorReference = page
            let next = try Sample.followUp(for: name == "card page" ? "card intents" : name)
            let money: [OperationDescription] =
                switch name {
                case "card intents":
                    [order, hold].map {
                        OperationDescription(
                            .collect($0), reply: intents($0, isCheck: false), check: intents($0, isCheck: true),
                            questions: created)
                    }
                case "card charges":
                    [order, hold].map {
                        OperationDescription(.collect($0), reply: charges($0), check: listedCharges($0))
                    }
                default:
                    [order, hold].map { order in
                        OperationDescription(.collect(order), reply: nil, check: pages(order)) { _ in
                            ReplyTable.plain(200, cardPage("open", order))
                        }
                    }
                }
            return ProviderDescription(
                secrets: secrets("card"),
                operations: money + [
                    OperationDescription(.refund(next), reply: refunds(next), check: listedRefunds(next)),
                    OperationDescription(
                        .capture(next), reply: captures(next, isCheck: false), check: captures(next, isCheck: true)),
                    OperationDescription(
                        .void(next), reply: name == "card charges" ? refunds(next) : voids(next, isCheck: false),
                        check: name == "card charges" ? listedRefunds(next) : voids(next, isCheck: true)),
                ],
                callbacks: [
                    name == "card page"
                        ? event(
                            .refund(next), "refund.updated", cardRefund(next), amount: "amount")
                        : event(
                            .collect(order), isIntents ? "payment_intent.succeeded" : "charge.succeeded",
                            isIntents ? intent("succeeded", order) : cardCharge("succeeded", order),
                            amount: isIntents ? "amount_received" : "amount"),
                    event(.refund(next), "refund.updated", cardRefund(next), amount: "amount"),
                ],
                balance: ReplyTable(
                    codes: ["/object"],
                    rows: [.init(.executed, ["object": "balance", "available": [["amount": 5, "currency": "usd"]]])]),
                withdrawal: (
                    open,
                    ReplyTable(
                        codes: ["/status", "/payment_status", "/object"],
                        rows: [
                            .init(.executed, cardPage("expired", open)), .init(.unclear, cardPage("open", open)),
                            .init(.unclear, cardPage("complete", open)),
                        ])
                ))
        }
    }

    private static func cardProvider(_ name: String) throws -> any PaymentProvider {
        guard name == "card page" else { return try Sample.configured(name) }
        return try Sample.provider("card", ["flow": "checkout"])
    }

    @Sendable private static func created(_ request: WireRequest) -> WireReply? {
        ReplyTable.plain(
            200,
            [
                "id": "pi_123", "object": "payment_intent", "amount": 5_000, "currency": "usd",
                "metadata": ["reference": reference],
            ])
    }

    // MARK: Notifications

    private static func event(
        _ order: Instruction, _ type: JSONValue, _ object: JSONValue, amount: String
    ) -> CallbackDescription {
        func event(_ object: JSONValue) -> JSONValue {
            [
                "id": "evt_7", "object": "event", "livemode": false, "type": type, "data": ["object": object],
            ]
        }
        let state = "/data/object/status"
        let isIntent = object["object"] == "payment_intent"
        let isCharge = object["object"] == "charge"
        let open = changed(object, ["status": isIntent ? "processing" : "pending"])
        var over = [changed(object, ["status": isCharge ? "failed" : "canceled"])]
        if !isIntent, !isCharge { over.append(changed(object, ["status": "failed"])) }
        return CallbackDescription(
            about: order,
            ReplyTable(
                codes: [state, "/data/object/object", "/type"], amount: .at("/data/object/\(amount)"),
                currency: .at("/data/object/currency"), reference: .at("/data/object/metadata/reference"),
                rows: rows(.executed, [], whatever: ["/type"], [event(object)])
                    + rows(.pending, [], whatever: ["/type"], [event(open)])
                    + rows(.refused, [], whatever: ["/type"], over.map(event))),
            signature: .header("stripe-signature"), now: Sample.createdAt
        ) { body in
            let bytes = body.serialized()
            let time = Sample.createdAt.milliseconds / 1_000
            let key = Secret(Sample.secrets["card"]?["webhook_secret"] ?? "")
            let code = MessageCode.sha256.code(of: Array("\(time).".utf8) + bytes, key: key)
            return InboundCallback(
                method: "POST", headers: [.init("stripe-signature", "t=\(time),v1=\(Hex.text(code))")], body: bytes)
        }
    }

    // MARK: Objects

    static func intent(_ status: JSONValue, _ order: CollectInstruction) -> JSONValue {
        [
            "id": "pi_123", "object": "payment_intent", "status": status, "currency": "usd", "amount_received": 5_000,
            "amount_capturable": 5_000, "metadata": ["reference": .string(order.reference)],
        ]
    }

    static func cardCharge(_ status: JSONValue, _ order: CollectInstruction, captured: Bool = true) -> JSONValue {
        [
            "id": "ch_1", "object": "charge", "amount": 5_000, "currency": "usd", "paid": true,
            "captured": .bool(captured), "status": status, "metadata": ["reference": .string(order.reference)],
        ]
    }

    static func cardRefund(_ order: FollowUpInstruction, _ status: JSONValue = "succeeded") -> JSONValue {
        [
            "id": "re_1", "object": "refund", "amount": 5_000, "currency": "usd", "status": status,
            "metadata": ["reference": .string(order.reference)],
        ]
    }

    static func cardPage(_ status: String, _ order: CollectInstruction, intent: JSONValue = .null) -> JSONValue {
        [
            "id": "cs_test_a1B2c3", "object": "checkout.session", "status": .string(status),
            "payment_status": status == "complete" ? "paid" : "unpaid", "amount_total": 5_000, "currency": "usd",
            "metadata": ["reference": .string(order.reference)], "payment_intent": intent,
            "url": "https://checkout.stripe.com/c/pay/cs_test_a1B2c3",
        ]
    }
}
