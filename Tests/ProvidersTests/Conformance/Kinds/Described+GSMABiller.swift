import Router
import RouterTestKit

@testable import Providers

extension Described {
    static let gsmaBiller = [
        Described("gsma-biller") { provider in
            let order = Instruction.payout(try Sample.bill(for: "gsma-biller"))
            return description(order, secrets: ["planted-api-key"], none: .executed) { _ in nil }
        },
        Described("gsma-biller login") { provider in
            let order = Instruction.payout(try Sample.bill(for: "gsma-biller login"))
            var description = description(order, secrets: ["planted-client-secret"], none: .refused) { request in
                request.url.contains("/bills?") ? listed([unpaid]) : nil
            }
            description.logins = [
                (
                    .main,
                    ReplyTable(rows: [
                        .init(.executed, alsoWith: success, ["access_token": "t", "expires_in": "3600"]),
                        .init(.refused, 401, alsoWith: [403], ["error": "invalid_client"]),
                    ])
                )
            ]
            return description
        },
    ]

    private static func description(
        _ order: Instruction, secrets: [String], none: ReplyTable.Meaning,
        _ questions: @escaping @Sendable (WireRequest) -> WireReply?
    ) -> ProviderDescription {
        ProviderDescription(
            secrets: secrets,
            operations: [
                OperationDescription(
                    order, reply: paid, check: payments,
                    questions: { request in
                        if request.url.hasSuffix("/responses/" + order.reference) {
                            return ReplyTable.plain(200, ["link": "/accounts/accountid/1/bills/payments/9"])
                        }
                        return questions(request)
                    })
            ], bill: ("37000000001", "electricity", bills(none: none)))
    }

    private static func listed(_ bills: [JSONValue]) -> WireReply {
        ReplyTable.plain(200, .array(bills))
    }

    static let unpaid: JSONValue = [
        "billReference": "B1", "billStatus": "unpaid", "currency": "XOF", "amountDue": "5000",
        "customData": [["key": "customerName", "value": "Ama Kossi"]],
    ]

    private static let payment: JSONValue = [
        "serviceProviderPaymentReference": "EL1", "requestingOrganisationTransactionReference": reference,
        "billPaymentStatus": "approved", "amountPaid": "5000", "currency": "XOF",
        "customData": [["key": "token", "value": "12345678901234567890"]],
    ]
    private static let errors: Set = ["/errorCategory", "/errorCode"]
    private static let states: Set = ["/status", "/serverCorrelationId"]

    private static func error(_ category: String, _ code: String) -> JSONValue {
        ["errorCategory": .string(category), "errorCode": .string(code)]
    }

    /// The answer to a payment.
    private static let paid: ReplyTable = {
        let request: JSONValue = [
            "serverCorrelationId": "0b2f2c1e-6f0e-4f8e-9b5c-0a1b2c3d4e5f", "status": "pending",
            "notificationMethod": "polling",
        ]
        var rows: [ReplyTable.Row] = [
            .init(.executed, 201, payment, whatever: errors.union(states)),
            .init(.pending, 201, changed(payment, ["billPaymentStatus": "received"]), whatever: errors.union(states)),
            .init(.pending, 202, request, whatever: errors.union(["/billPaymentStatus"])),
            .init(
                .refused, 202, changed(request, ["status": "failed"]), whatever: errors.union(["/billPaymentStatus"])),
            .init(.unclear, 500, error("internal", "genericError")),
            .init(.unclear, 503, error("serviceUnavailable", "genericError")),
            .init(.unclear, 400, error("businessRule", "duplicateRequest")),
        ]
        func refused(_ status: Int, _ category: String, _ codes: [String], _ meaning: ReplyTable.Meaning = .refused) {
            for code in codes {
                rows.append(
                    .init(meaning, status, error(category, code), whatever: states.union(["/billPaymentStatus"])))
            }
        }
        refused(400, "businessRule", ["genericError"], .refusedForNow)
        refused(400, "validation", ["genericError"], .refusedForNow)
        refused(
            400, "businessRule",
            [
                "dailyVolumeLimitExceeded", "dailyValueLimitExceeded", "weeklyVolumeLimitExceeded",
                "weeklyValueLimitExceeded", "monthlyVolumeLimitExceeded", "monthlyValueLimitExceeded",
                "accountMaxTotalVolumeExceeded", "accountMaxTotalValueExceeded", "maxBalanceExceeded",
                "lessThanTransactionMinValue", "greaterThanTransactionMaxValue", "underPaymentNotAllowed",
                "overPaymentNotAllowed", "samePartiesError", "insufficientFunds", "incorrectState", "rateLimitError",
            ])
        refused(
            400, "validation",
            ["lengthError", "formatError", "negativeValue", "currencyNotSupported", "mandatoryValueNotSupplied"])
        refused(
            401, "authorisation",
            ["clientAuthorisationError", "requestingPartyAuthorisationError", "requestDeclined"])
        refused(404, "identification", ["identifierError"])
        return ReplyTable(
            codes: ["/billPaymentStatus", "/errorCategory", "/errorCode", "/status"],
            amount: .at("/amountPaid"), currency: .at("/currency"),
            reference: .at("/requestingOrganisationTransactionReference"), rows: rows)
    }()

    /// What the link of the response leads to.
    private static let payments = ReplyTable(
        codes: ["/billPaymentStatus"], amount: .at("/amountPaid"), currency: .at("/currency"),
        reference: .at("/requestingOrganisationTransactionReference"),
        rows: [
            .init(.executed, payment), .init(.pending, changed(payment, ["billPaymentStatus": "received"])),
            .init(.unclear, changed(payment, ["billPaymentStatus": "reversed"])),
        ], answers: { $0.url.hasSuffix("/bills/payments/9") })

    /// What is owed; an empty list lets the payer choose where the account itself is paid.
    private static func bills(none: ReplyTable.Meaning) -> ReplyTable {
        ReplyTable(rows: [
            .init(.executed, .array([unpaid])), .init(none, []),
            .init(.absent, 404, ["errorCategory": "identification", "errorCode": "identifierError"]),
            .init(.unclear, 401, ["errorCategory": "authorisation", "errorCode": "clientAuthorisationError"]),
        ])
    }
}
