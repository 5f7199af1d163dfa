import Router
import RouterTestKit

@testable import Providers

extension Described {
    static let flooz = ["flooz", "flooz token"].map { name in
        Described(name) { provider in
            let order = Instruction.collect(try Sample.order(for: name))
            return ProviderDescription(
                secrets: secrets("flooz"),
                operations: [OperationDescription(order, reply: floozDebit, check: floozVerification)],
                callbacks: [hint(about: order, ["mrchrefid": reference])],
                logins: provider is any AccessTokenIssuing
                    ? [
                        (
                            .main,
                            ReplyTable(rows: [
                                .init(.executed, alsoWith: success, ["key": "t"]),
                                .init(.refused, 401, alsoWith: [403], ["message": "m"]),
                            ])
                        )
                    ] : [])
        }
    }

    private static let floozDebit = ReplyTable(
        codes: ["/status"],
        rows: rows(.pending, success, [["status": 0, "message": "m", "mrorrefid": "FZ1"]])
            + rows(.unclear, [], [["status": 4]]) + rows(.refused, answered, [["status": 99]])
            + rows(
                .refusedForNow, answered,
                [
                    ["status": 1], ["status": 3], ["status": 5], ["status": 8], ["status": 9], ["status": 10],
                    ["status": 100],
                ]))

    private static let floozVerification: ReplyTable = {
        func details(_ status: JSONValue?) -> JSONValue {
            let details: JSONValue = [
                "pushussd": "SUCCESS", "callback": "", "amount": 5_000, "mrchreference": reference,
                "msisdn": "22899112233", "mrorreference": "FZ1", "referenceid": "W9",
            ]
            return ["status": 0, "message": "m", "details": changed(details, ["status": status])]
        }
        let push = "/details/pushussd"
        return ReplyTable(
            codes: ["/details/status", push], amount: .at("/details/amount"), currency: .omitted,
            reference: .at("/details/mrchreference"),
            rows: [
                .init(.executed, alsoWith: success, details(0), whatever: [push]),
                .init(.pending, alsoWith: success, details(nil)),
                .init(.refusedForNow, alsoWith: success, details(10), whatever: [push]),
                .init(.refusedForNow, alsoWith: success, details(100), whatever: [push]),
                .init(.unclear, details(8)),
            ])
    }()

    static let payGate = ["paygate", "paygate page"].map { name in
        Described(name) { provider in
            let order = Instruction.collect(try Sample.order(for: name))
            var operations = [
                OperationDescription(order, reply: name == "paygate" ? payGatePush : nil, check: payGateStatus)
            ]
            if provider.manifest.payout != nil {
                operations.append(
                    OperationDescription(.payout(try Sample.payout(for: name)), reply: payGatePayout, check: nil))
            }
            return ProviderDescription(
                secrets: secrets("paygate"), operations: operations,
                callbacks: [hint(about: order, ["identifier": reference])],
                balance: ReplyTable(
                    codes: ["/error_code"], rows: [.init(.executed, alsoWith: success, ["tmoney": 7, "flooz": 9])]))
        }
    }

    private static let payGatePush = ReplyTable(
        codes: ["/status", "/error_code"],
        rows: [
            .init(.pending, alsoWith: success, ["tx_reference": "T9", "status": 0]),
            .init(.refused, alsoWith: success.union(client), ["status": 2]),
            .init(.refusedForNow, alsoWith: success.union(client), ["status": 4]), .init(.unclear, ["status": 6]),
            .init(.unclear, ["error_code": 403, "error_message": "m"]),
        ])

    private static let payGateStatus: ReplyTable = {
        func body(_ status: JSONValue) -> JSONValue {
            [
                "tx_reference": "T9", "identifier": reference, "status": status, "amount": 5_000,
                "phone_number": "99112233",
            ]
        }
        let missing: JSONValue = ["error_code": 403, "error_message": "Transaction non trouvee."]
        return ReplyTable(
            codes: ["/status", "/error_code", "/error_message"], amount: .at("/amount"), currency: .omitted,
            reference: .at("/identifier"),
            rows: [
                .init(.executed, alsoWith: success, body(0), whatever: ["/error_message"]),
                .init(.pending, alsoWith: success, body(2), whatever: ["/error_message"]),
                .init(.refusedForNow, alsoWith: success, body(4), whatever: ["/error_message"]),
                .init(.refusedForNow, alsoWith: success, body(6), whatever: ["/error_message"]),
                .init(.absent, alsoWith: success.union(client), missing, whatever: ["/status"]),
                .init(.unclear, ["error_code": 403, "error_message": "Cle invalide."]),
            ])
    }()

    private static let payGatePayout: ReplyTable = {
        let both = success.union(client)
        return ReplyTable(
            codes: ["/status", "/error_code"], amount: .at("/amount"), currency: .omitted,
            reference: .at("/reference"),
            rows: [
                .init(
                    .executed, alsoWith: success,
                    ["status": 200, "tx_reference": "D1", "reference": reference, "amount": 5_000]),
                .init(.refusedForNow, alsoWith: both, ["status": 400]),
                .init(.refusedForNow, alsoWith: both, ["error_code": 402], whatever: ["/status"]),
                .init(.refused, alsoWith: both, ["error_code": 403, "error_message": "m"], whatever: ["/status"]),
                .init(.refused, alsoWith: both, ["status": 401]), .init(.unclear, ["status": 408]),
                .init(.unclear, ["status": 409]), .init(.unclear, ["status": 429]), .init(.unclear, ["status": 500]),
            ])
    }()
}
