import Router
import RouterTestKit

@testable import Providers

extension Described {
    static let flouci = flouciPages + flouciCodes

    private static let paymentID: JSONValue = "FoPKKHqfQIKfBqhEj8M47A"

    @Sendable private static func opened(_ request: WireRequest) -> WireReply? {
        ReplyTable.plain(200, ["result": ["payment_id": "abcdef", "link": "https://flouci.com/pay/abcdef"]])
    }

    private static let flouciPages = [
        Described("flouci page") { _ in
            let order = try Sample.order(for: "flouci page")
            var hold = order
            hold.capturesLater = true
            let refund = try Sample.refund(for: "flouci page")
            return ProviderDescription(
                secrets: secrets("flouci"),
                operations: [
                    OperationDescription(.collect(order), reply: nil, check: verdict(), questions: opened),
                    OperationDescription(.collect(hold), reply: nil, check: verdict(isHeld: true), questions: opened),
                    OperationDescription(.refund(refund), reply: followUp("success", "refund"), check: nil),
                    OperationDescription(
                        .capture(refund), reply: followUp("confirmed", "capture"), check: captured(refund)),
                    OperationDescription(.void(refund), reply: followUp("cancelled", "void"), check: released(refund)),
                ],
                callbacks: [hint(about: .collect(order), ["payment_id": paymentID])])
        },
        Described("flouci page 1") { _ in
            let order = try Sample.order(for: "flouci page 1")
            return ProviderDescription(
                secrets: secrets("flouci"),
                operations: [OperationDescription(.collect(order), reply: nil, check: verdict(), questions: opened)])
        },
    ]

    private static func page(_ status: JSONValue, _ tracking: JSONValue = reference) -> JSONValue {
        [
            "success": true,
            "result": [
                "type": "card", "amount": 1_250, "status": status, "details": ["currency": "788"],
                "developer_tracking_id": tracking, "payment_id": paymentID,
            ],
        ]
    }

    private static func table(_ rows: [(ReplyTable.Meaning, JSONValue)]) -> ReplyTable {
        ReplyTable(
            codes: ["/success", "/result/status"], amount: .at("/result/amount"),
            currency: .at("/result/details/currency"), reference: .at("/result/developer_tracking_id"),
            rows: rows.map { .init($0.0, alsoWith: success, $0.1) })
    }

    private static func verdict(isHeld: Bool = false) -> ReplyTable {
        table([
            (isHeld ? .unclear : .executed, page("SUCCESS")), (.pending, page("PENDING")),
            (isHeld ? .executed : .pending, page("PREAUTH_SUCCESS")), (.refused, page("EXPIRED")),
            (.refusedForNow, page("FAILURE")), (.refusedForNow, page("SYSTEM_FAILURE")),
        ])
    }

    private static func captured(_ order: FollowUpInstruction) -> ReplyTable {
        let tracking = JSONValue.string(order.original.reference)
        return table([
            (.executed, page("SUCCESS", tracking)), (.absent, page("PREAUTH_SUCCESS", tracking)),
            (.refusedForNow, page("EXPIRED", tracking)),
        ])
    }

    private static func released(_ order: FollowUpInstruction) -> ReplyTable {
        let tracking = JSONValue.string(order.original.reference)
        return table([(.absent, page("PREAUTH_SUCCESS", tracking)), (.unclear, page("SUCCESS", tracking))])
    }

    private static func followUp(_ done: String, _ operation: String) -> ReplyTable {
        var result: JSONValue = ["status": .string(done), "payment_id": paymentID]
        if operation != "void" { result = changed(result, ["amount": 1_250]) }
        var rows: [ReplyTable.Row] = [
            .init(.executed, alsoWith: success, ["status": "success", "result": result], whatever: ["/code"])
        ]
        if operation == "refund" {
            rows.append(
                .init(
                    .refusedForNow, alsoWith: success, ["status": "error", "code": "REFUND_NOT_ALLOWED"],
                    whatever: ["/result/status"]))
        }
        if operation == "capture" {
            rows.append(
                .init(.pending, alsoWith: success, ["result": ["status": "SUCCESS"]], whatever: ["/code", "/status"]))
        }
        return ReplyTable(
            codes: ["/status", "/code", "/result/status"],
            amount: operation == "void" ? .omitted : .at("/result/amount"), currency: .omitted, reference: .omitted,
            rows: rows)
    }

    private static let flouciCodes = ["flouci accept", "flouci accept 2019", "flouci accept with code request"].map {
        name in
        Described(name) { _ in
            let asks = name.hasSuffix("request")
            let code = Router.Confirmation(code: Secret("123456"), operatorPaymentID: asks ? nil : "P-1")
            return ProviderDescription(
                secrets: secrets("flouci", except: asks ? ["public_key"] : []),
                operations: [
                    OperationDescription(
                        .collect(try Sample.order(for: name)), confirmedBy: code,
                        reply: name.hasSuffix("2019") ? firstAccept : accept, check: nil
                    ) { _ in asks ? ReplyTable.plain(200, ["result": ["payment_id": "P-1"]]) : nil }
                ])
        }
    }

    /// The operator's own example takes every code but 0 for a failure.
    private static let accept = ReplyTable(
        codes: ["/code", "/result/status"], amount: .at("/result/amount"), currency: .omitted, reference: .omitted,
        rows: [
            .init(.executed, alsoWith: success, ["code": 0, "result": ["status": "SUCCESS", "amount": 1_250]]),
            .init(.refused, alsoWith: success, ["code": 1, "result": [:]], whatever: ["/code", "/result/status"]),
            .init(.unclear, ["code": 1, "result": ["status": "SUCCESS"]]),
        ])

    /// The first form has no code, and every word but one is a failure.
    private static let firstAccept = ReplyTable(
        codes: ["/code", "/status"], amount: .at("/amount"), currency: .omitted, reference: .omitted,
        rows: [
            .init(.executed, alsoWith: success, ["status": "SUCCESS", "amount": 1_250]),
            .init(.executed, alsoWith: success, ["code": 0, "status": "SUCCESS", "amount": 1_250]),
            .init(.refused, alsoWith: success, ["status": "FAILED"], whatever: ["/code", "/status"]),
        ])
}
