import Router
import RouterTestKit

@testable import Providers

extension Described {
    static let momo = [
        Described("mtn-momo") { _ in
            let order = Instruction.collect(try Sample.order(for: "mtn-momo"))
            let payout = Instruction.payout(try Sample.payout(for: "mtn-momo"))
            let refund = Instruction.refund(try Sample.refund(for: "mtn-momo"))
            let payer = try Sample.order(for: "mtn-momo").customer.phone
            let login = ReplyTable(rows: [
                .init(.executed, alsoWith: success, ["access_token": "t", "expires_in": 3_600]),
                .init(.refused, 401, alsoWith: [403], ["error": "login_failed"]),
            ])
            return ProviderDescription(
                secrets: secrets("mtn-momo"),
                operations: [
                    OperationDescription(order, reply: taken, check: transfers(order, leavesUs: false)),
                    OperationDescription(payout, reply: taken, check: transfers(payout, leavesUs: true)),
                    OperationDescription(refund, reply: taken, check: transfers(refund, leavesUs: true)),
                ],
                callbacks: [
                    CallbackDescription(
                        about: order, transfers(order, leavesUs: false, isCallback: true), signature: nil,
                        now: Sample.createdAt, make: post),
                    CallbackDescription(
                        about: payout, transfers(payout, leavesUs: true, isCallback: true), signature: nil,
                        now: Sample.createdAt, make: post),
                ],
                logins: [("collection", login), ("disbursement", login)],
                balance: ReplyTable(rows: [.init(.executed, ["availableBalance": "70", "currency": "XAF"])]),
                party: payer.map { phone in
                    (
                        phone, "mtn-momo",
                        ReplyTable(
                            codes: ["/code", "/result"],
                            rows: [
                                .init(.executed, ["result": true], whatever: ["/code"]),
                                .init(.executed, ["result": false], whatever: ["/code"]),
                                .init(.absent, 404, ["code": "RESOURCE_NOT_FOUND"], whatever: ["/result"]),
                            ], answers: { $0.url.hasSuffix("/active") })
                    )
                })
        }
    ]

    /// The synchronous reply: accepted, or one of the operator's errors.
    private static let taken: ReplyTable = {
        var rows: [ReplyTable.Row] = [
            .init(.pending, 202, nil),
            .init(.refusedForNow, 400, ["code": "REQUEST_REJECTED"], whatever: ["/code"]),
            .init(.refused, 401, alsoWith: [403, 429], ["code": "FORBIDDEN_IP"], whatever: ["/code"]),
            .init(.unclear, 409, ["code": "RESOURCE_ALREADY_EXIST"]),
            .init(.unclear, 500, ["code": "INTERNAL_PROCESSING_ERROR"]),
            .init(.unclear, 503, ["code": "SERVICE_UNAVAILABLE"]),
        ]
        for code: JSONValue in [
            "NOT_ALLOWED", "NOT_ALLOWED_TARGET_ENVIRONMENT", "INVALID_CALLBACK_URL_HOST", "INVALID_CURRENCY",
            "PAYER_NOT_FOUND", "PAYEE_NOT_FOUND",
        ] {
            rows.append(.init(.refusedForNow, 500, ["code": code]))
        }
        return ReplyTable(codes: ["/code"], rows: rows)
    }()

    /// The state of a transaction, as a question or a notification tells it.
    private static func transfers(_ order: Instruction, leavesUs: Bool, isCallback: Bool = false) -> ReplyTable {
        var body: JSONValue = [
            "amount": "5000", "currency": "XAF", "externalId": .string(order.reference),
            "financialTransactionId": "77", "status": "SUCCESSFUL",
        ]
        if order.collection != nil {
            body = changed(body, ["payer": ["partyIdType": "MSISDN", "partyId": "237670112233"]])
        }
        let why: Set = ["/reason", "/reason/code", "/code"]
        var rows: [ReplyTable.Row] = [
            .init(.executed, body, whatever: why),
            .init(.pending, changed(body, ["status": "PENDING"]), whatever: why),
        ]
        func failed(_ meaning: ReplyTable.Meaning, _ reason: JSONValue?) {
            rows.append(
                .init(meaning, changed(body, ["status": "FAILED", "reason": reason]), whatever: ["/code"]))
        }
        for reason: JSONValue in [
            "PAYER_NOT_FOUND", "PAYEE_NOT_FOUND", "PAYEE_NOT_ALLOWED_TO_RECEIVE", "NOT_ENOUGH_FUNDS",
            "PAYER_LIMIT_REACHED", "APPROVAL_REJECTED", "REJECTED", "EXPIRED", "COULD_NOT_PERFORM_TRANSACTION",
            "NOT_ALLOWED", "NOT_ALLOWED_TARGET_ENVIRONMENT", "INVALID_CALLBACK_URL_HOST", "INVALID_CURRENCY",
            "TRANSFER_TYPE_UNKNOWN", "SERVICE_UNAVAILABLE",
        ] {
            failed(.refused, reason)
            failed(.refused, ["code": reason, "message": "m"])
        }
        failed(leavesUs ? .refusedForNow : .refused, nil)
        failed(leavesUs ? .refusedForNow : .refused, "INTERNAL_PROCESSING_ERROR")
        failed(.unclear, "ONGOING")
        if !isCallback {
            rows.append(
                .init(
                    .absent, 404, ["code": "RESOURCE_NOT_FOUND"], whatever: ["/status", "/reason", "/reason/code"]))
        }
        return ReplyTable(
            codes: ["/status", "/reason", "/reason/code", "/code"], amount: .at("/amount"), currency: .at("/currency"),
            reference: .at("/externalId"), rows: rows)
    }
}
