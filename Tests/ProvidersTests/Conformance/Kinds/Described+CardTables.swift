import Router
import RouterTestKit

@testable import Providers

extension Described {
    static func intents(_ order: CollectInstruction, isCheck: Bool) -> ReplyTable {
        let codes = ["/status", "/object", "/last_payment_error"]
        let error: JSONValue = ["code": "card_declined", "decline_code": "insufficient_funds"]
        let done: JSONValue = order.capturesLater ? "requires_capture" : "succeeded"
        let whatever: Set = ["/last_payment_error"]
        var rows: [ReplyTable.Row] = [
            .init(.executed, intent(done, order), whatever: whatever),
            .init(.pending, intent("processing", order), whatever: whatever),
            .init(.pending, intent("requires_action", order), whatever: whatever),
            .init(.refused, intent("canceled", order), whatever: whatever),
            .init(.refused, changed(intent("requires_payment_method", order), ["last_payment_error": error])),
            .init(.unclear, intent(order.capturesLater ? "succeeded" : "requires_capture", order)),
        ]
        if isCheck {
            rows.append(
                .init(
                    .untried,
                    [
                        "id": "pi_123", "object": "payment_intent", "status": "requires_confirmation",
                        "last_payment_error": .null, "latest_charge": .null, "amount_received": 0,
                    ]))
            rows.append(
                .init(
                    .untried,
                    [
                        "id": "pi_123", "object": "payment_intent", "status": "requires_payment_method",
                        "last_payment_error": .null, "latest_charge": .null, "amount_received": 0,
                    ]))
        } else {
            rows += errors(codes) + [unlistedErrors(codes)]
        }
        return ReplyTable(
            codes: codes + errorCodes, amount: .at(order.capturesLater ? "/amount_capturable" : "/amount_received"),
            currency: .at("/currency"), reference: .at("/metadata/reference"), rows: rows)
    }

    static func charges(_ order: CollectInstruction) -> ReplyTable {
        let codes = ["/status", "/object", "/paid", "/captured"]
        var rows: [ReplyTable.Row] = [
            .init(
                .executed, cardCharge("succeeded", order, captured: !order.capturesLater),
                whatever: order.capturesLater ? ["/captured"] : []),
            .init(.pending, cardCharge("pending", order), whatever: ["/paid", "/captured"]),
            .init(.refused, cardCharge("failed", order), whatever: ["/paid", "/captured"]),
        ]
        rows += errors(codes, [(404, "resource_missing")])
        return ReplyTable(
            codes: codes + errorCodes, amount: .at("/amount"), currency: .at("/currency"),
            reference: .at("/metadata/reference"), rows: rows)
    }

    static func listedCharges(_ order: CollectInstruction) -> ReplyTable {
        func list(_ charge: JSONValue) -> JSONValue { ["object": "list", "data": [charge], "has_more": false] }
        let codes = ["/data/0/status", "/data/0/object", "/data/0/paid", "/data/0/captured", "/object"]
        return ReplyTable(
            codes: codes, amount: .at("/data/0/amount"), currency: .at("/data/0/currency"),
            reference: .at("/data/0/metadata/reference"),
            rows: [
                .init(
                    .executed, list(cardCharge("succeeded", order, captured: !order.capturesLater)),
                    whatever: order.capturesLater ? ["/data/0/captured"] : []),
                .init(
                    .pending, list(cardCharge("pending", order)), whatever: ["/data/0/paid", "/data/0/captured"]),
                .init(
                    .refused, list(cardCharge("failed", order)), whatever: ["/data/0/paid", "/data/0/captured"]),
                .init(.absent, ["object": "list", "data": [], "has_more": false]),
            ])
    }

    static func pages(_ order: CollectInstruction) -> ReplyTable {
        let done: JSONValue = order.capturesLater ? "requires_capture" : "succeeded"
        let paid = changed(intent(done, order), ["id": "pi_9"])
        let place = "/payment_intent"
        return ReplyTable(
            codes: ["/status", "/payment_status", "/object", place, "\(place)/status"],
            amount: .at("\(place)/\(order.capturesLater ? "amount_capturable" : "amount_received")"),
            currency: .at("\(place)/currency"),
            reference: .every(["\(place)/metadata/reference", "/metadata/reference"]),
            rows: [
                .init(.executed, cardPage("complete", order, intent: paid), whatever: ["/status", "/payment_status"]),
                .init(
                    .pending,
                    cardPage("complete", order, intent: changed(paid, ["status": "processing"])),
                    whatever: ["/status", "/payment_status"]),
                .init(
                    .pending, cardPage("open", order), whatever: ["/payment_status", place, "\(place)/status"]),
                .init(
                    .pending,
                    cardPage("complete", order, intent: changed(paid, ["status": "requires_action"])),
                    whatever: ["/payment_status"]),
                .init(
                    .refused,
                    cardPage("complete", order, intent: changed(paid, ["status": "canceled"])),
                    whatever: ["/payment_status"]),
                .init(.refused, cardPage("expired", order)),
                .init(
                    .refused, cardPage("expired", order, intent: changed(paid, ["status": "canceled"]))),
            ])
    }

    static func refunds(_ order: FollowUpInstruction) -> ReplyTable {
        let codes = ["/status", "/object"]
        return ReplyTable(
            codes: codes + errorCodes, amount: .at("/amount"), currency: .at("/currency"),
            reference: .at("/metadata/reference"),
            rows: [
                .init(.executed, cardRefund(order)), .init(.pending, cardRefund(order, "pending")),
                .init(.pending, cardRefund(order, "requires_action")), .init(.refused, cardRefund(order, "failed")),
                .init(.refused, cardRefund(order, "canceled")),
            ]
                + errors(
                    codes,
                    [(400, "charge_disputed"), (400, "refund_disputed_payment"), (400, "charge_not_refundable")]))
    }

    static func listedRefunds(_ order: FollowUpInstruction) -> ReplyTable {
        func list(_ refund: JSONValue) -> JSONValue { ["object": "list", "data": [refund], "has_more": false] }
        let more: Set = ["/has_more"]
        return ReplyTable(
            codes: ["/data/0/status", "/data/0/object", "/object", "/has_more"], amount: .at("/data/0/amount"),
            currency: .at("/data/0/currency"), reference: .at("/data/0/metadata/reference"),
            rows: [
                .init(.executed, list(cardRefund(order)), whatever: more),
                .init(.pending, list(cardRefund(order, "pending")), whatever: more),
                .init(.refused, list(cardRefund(order, "failed")), whatever: more),
                .init(.refused, list(cardRefund(order, "canceled")), whatever: more),
                .init(.absent, ["object": "list", "data": [], "has_more": false]),
            ])
    }

    static func captures(_ order: FollowUpInstruction, isCheck: Bool) -> ReplyTable {
        let theirs = order.original.operatorReference ?? ""
        let isIntent = theirs.hasPrefix("pi_")
        let body: JSONValue =
            isIntent
            ? [
                "id": .string(theirs), "object": "payment_intent", "status": "succeeded", "amount_received": 5_000,
                "currency": "usd", "metadata": ["capture": .string(order.reference)],
            ]
            : [
                "id": .string(theirs), "object": "charge", "status": "succeeded", "captured": true, "refunded": false,
                "amount_captured": 5_000, "currency": "usd",
            ]
        let codes = isIntent ? ["/status", "/object"] : ["/status", "/object", "/captured", "/refunded"]
        var rows: [ReplyTable.Row] = [.init(.executed, body, whatever: ["/refunded"])]
        switch (isCheck, isIntent) {
        case (true, true):
            rows += [
                .init(.absent, changed(body, ["status": "requires_capture"])),
                .init(.refused, changed(body, ["status": "canceled"])),
            ]
        case (true, false):
            rows += [
                .init(.absent, changed(body, ["captured": false]), whatever: ["/refunded"]),
                .init(.refused, changed(body, ["captured": false, "refunded": true])),
            ]
        case (false, _): rows += errors(codes, [(400, "charge_expired_for_capture")])
        }
        return ReplyTable(
            codes: codes + errorCodes, amount: .at(isIntent ? "/amount_received" : "/amount_captured"),
            currency: .at("/currency"), reference: isIntent ? .at("/metadata/capture") : .omitted, rows: rows)
    }

    static func voids(_ order: FollowUpInstruction, isCheck: Bool) -> ReplyTable {
        let body: JSONValue = [
            "id": .string(order.original.operatorReference ?? ""), "object": "payment_intent", "status": "canceled",
        ]
        let codes = ["/status", "/object"]
        return ReplyTable(
            codes: codes + errorCodes,
            rows: [.init(.executed, body)]
                + (isCheck
                    ? [
                        .init(.absent, changed(body, ["status": "requires_capture"])),
                        .init(.refused, changed(body, ["status": "succeeded"])),
                    ] : errors(codes)))
    }
}
