import Router
import RouterTestKit
import WebText

@testable import Providers

extension Described {
    static let tmoney = [
        Described("tmoney") { _ in
            let order = Instruction.collect(try Sample.order(for: "tmoney"))
            let payout = Instruction.payout(try Sample.payout(for: "tmoney"))
            return ProviderDescription(
                secrets: secrets("tmoney"),
                operations: [
                    OperationDescription(order, reply: debit, check: listed("DEBIT", ["2002", "200", nil])),
                    OperationDescription(
                        payout, reply: credit, check: listed("CREDIT", ["2000", "2001", "2002", "200", nil])),
                ],
                callbacks: [
                    notification(order, "DEBIT", ["2002"]),
                    notification(payout, "CREDIT", ["2000", "2001", "2002", "200"]),
                ],
                logins: [(.main, tmoneyLogin)])
        },
        Described(
            "tmoney legacy",
            {
                try Sample.provider(
                    "tmoney",
                    [
                        "username": "demo", "operator_addresses": ["196.168.7.7"],
                        "legacy_credit": [
                            "path": "/v1/credit", "role": "agent", "id": "1234",
                            "results": ["OK": "succeeded", "0": "succeeded", "KO": "refused", "WAIT": "pending"],
                        ],
                    ], as: (any PaymentProvider).self)
            }
        ) { _ in
            let order = Instruction.collect(try Sample.order(for: "tmoney"))
            let payout = Instruction.payout(try Sample.payout(for: "tmoney"))
            return ProviderDescription(
                secrets: secrets("tmoney"),
                operations: [
                    OperationDescription(order, reply: debit, check: listed("DEBIT", ["2002", "200", nil])),
                    OperationDescription(payout, reply: legacy, check: nil),
                ],
                callbacks: [
                    notification(order, "DEBIT", ["2002"]),
                    CallbackDescription(about: payout, legacy, signature: nil, now: Sample.createdAt) { body in
                        InboundCallback(method: "POST", body: body.serialized(), peer: "196.168.7.7")
                    },
                ],
                logins: [(.main, tmoneyLogin)], signsQuery: true)
        },
    ]

    private static let tmoneyLogin = ReplyTable(
        codes: ["/statut/code"],
        rows: rows(.executed, success, [["statut": ["code": "2000"], "data": ["token": "t"]]])
            + rows(
                .refused, success.union(client),
                [["statut": ["code": "4001"]], ["statut": ["code": "401"]], ["statut": ["code": "403"]]]))

    /// What the gateway in front answers.
    private static var faults: [ReplyTable.Row] {
        let fault: JSONValue = ["fault": ["code": "900", "message": "m"]]
        return [
            .init(
                .refusedForNow, 404, alsoWith: client.subtracting([401, 403, 408, 429]), fault,
                whatever: ["/statutRequete"]),
            .init(.refused, 401, alsoWith: [403, 429], fault, whatever: ["/statutRequete"]),
        ]
    }

    private static let debit = ReplyTable(
        codes: ["/code", "/fault"],
        rows: rows(
            .pending, success, [["code": "2000", "message": "m", "idRequete": reference], ["code": "200"]])
            + rows(.unclear, [], [["code": "4001"], ["code": "500"], ["code": "5000"]])
            + rows(.refused, answered, [["code": "403", "idRequete": reference]])
            + rows(.refusedForNow, answered, [["code": "501", "idRequete": reference]]) + faults)

    private static func transaction(_ type: String, _ status: JSONValue?, _ code: JSONValue?) -> JSONValue {
        let body: JSONValue = [
            "idRequete": reference, "montant": 5_000, "numeroClient": "22890112233", "refTmoney": "T77",
            "typeRequete": .string(type),
        ]
        return changed(body, ["statutRequete": status, "code": code])
    }

    private static func listed(_ type: String, _ codes: [JSONValue?]) -> ReplyTable {
        let (state, code) = ("/data/0/statutRequete", "/data/0/code")
        func list(_ element: JSONValue) -> JSONValue { ["total": 1, "data": [element]] }
        var rows = codes.map { ReplyTable.Row(.executed, alsoWith: success, list(transaction(type, "SUCCES", $0))) }
        for word: JSONValue in ["EN ATTENTE", "EN_ATTENTE"] {
            rows.append(.init(.pending, alsoWith: success, list(transaction(type, word, nil)), whatever: [code]))
        }
        rows += [
            .init(.refusedForNow, alsoWith: success, list(transaction(type, "ECHEC", "501")), whatever: [code]),
            .init(.absent, alsoWith: success, ["total": 0, "data": []]),
        ]
        if type == "CREDIT" {
            for code: JSONValue in ["2000", "2001", "200"] {
                rows.append(.init(.pending, alsoWith: success, list(transaction(type, nil, code))))
            }
        }
        return ReplyTable(
            codes: [state, code], amount: .at("/data/0/montant"), currency: .omitted,
            reference: .at("/data/0/idRequete"), rows: rows)
    }

    private static var credit: ReplyTable {
        var rows: [ReplyTable.Row] = ["2000", "2001", "2002", "200"].map {
            .init(.executed, alsoWith: success, transaction("CREDIT", "SUCCES", $0))
        }
        for word: JSONValue in ["EN ATTENTE", "EN_ATTENTE"] {
            rows.append(
                .init(.pending, alsoWith: success, transaction("CREDIT", word, "2000"), whatever: ["/code"]))
        }
        for code: JSONValue in ["2000", "2001", "200"] {
            rows.append(.init(.pending, alsoWith: success, transaction("CREDIT", nil, code)))
        }
        rows += [
            .init(.refusedForNow, alsoWith: answered, transaction("CREDIT", "ECHEC", "501"), whatever: ["/code"]),
            .init(.unclear, transaction("CREDIT", nil, "4001")), .init(.unclear, transaction("CREDIT", nil, "500")),
            .init(.refused, alsoWith: answered, transaction("CREDIT", nil, "403")),
        ]
        return ReplyTable(
            codes: ["/statutRequete", "/code", "/fault"], amount: .at("/montant"), currency: .omitted,
            reference: .at("/idRequete"), rows: rows + faults)
    }

    private static func notification(
        _ order: Instruction, _ type: String, _ codes: [JSONValue]
    ) -> CallbackDescription {
        var rows = Described.rows(.executed, [], codes.map { transaction(type, "SUCCES", $0) })
        rows.append(.init(.pending, transaction(type, "EN ATTENTE", "2000"), whatever: ["/code"]))
        rows.append(.init(.refusedForNow, transaction(type, "ECHEC", "501"), whatever: ["/code"]))
        if type == "CREDIT" {
            for code: JSONValue in ["2000", "2001", "200"] {
                rows.append(.init(.pending, transaction(type, nil, code)))
            }
        }
        let table = ReplyTable(
            codes: ["/statutRequete", "/code"], amount: .at("/montant"), currency: .omitted,
            reference: .at("/idRequete"), rows: rows)
        return CallbackDescription(about: order, table, signature: nil, now: Sample.createdAt, make: post)
    }

    private static let legacy: ReplyTable = {
        let body: JSONValue = [
            "agentid": "1234", "client": "22890112233", "amount": "5000", "currency": "XOF", "referenceid": reference,
            "transactionid": "V1-9",
        ]
        let meanings: [(ReplyTable.Meaning, JSONValue)] = [
            (.executed, "OK"), (.executed, "0"), (.refused, "KO"), (.pending, "WAIT"),
        ]
        return ReplyTable(
            codes: ["/result"], amount: .at("/amount"), currency: .at("/currency"), reference: .at("/referenceid"),
            rows: meanings.map { .init($0.0, alsoWith: success, changed(body, ["result": $0.1])) })
    }()

    static let tmoneyOnline = [
        Described("tmoney-online") { _ in
            let order = Instruction.collect(try Sample.order(for: "tmoney-online"))
            let body: JSONValue = [
                "purchaseref": reference, "amount": "5000", "currency": "952", "mobile": "22890112233",
                "paymentref": "PR1", "payid": "P-1",
            ]
            var rows: [ReplyTable.Row] = [
                .init(.executed, changed(body, ["status": "OK", "error": ""])),
                .init(.executed, changed(body, ["status": "OK"])),
                .init(.refused, changed(body, ["status": "NOK", "error": "EXPIRED_SESSION"])),
            ]
            for word: JSONValue in ["CANCEL", "AUTHENTICATION", "PAYMENT_FAILED"] {
                rows.append(.init(.refusedForNow, changed(body, ["status": "NOK", "error": word])))
            }
            let table = ReplyTable(
                codes: ["/status", "/error"], amount: .at("/amount"), currency: .at("/currency"),
                reference: .at("/purchaseref"), rows: rows)
            return ProviderDescription(
                secrets: [],
                operations: [
                    OperationDescription(order, reply: nil, check: nil) { _ in
                        WireReply(status: 200, body: Array("OK:01234567890123456789012345678901".utf8))
                    }
                ],
                callbacks: [
                    CallbackDescription(about: order, table, signature: nil, now: Sample.createdAt) { body in
                        let fields = (body.objectValue?.members ?? []).compactMap { member in
                            member.value.scalarText.map { (member.name, $0) }
                        }
                        return InboundCallback(method: "GET", query: FormText.encoded(fields), peer: "196.168.7.7")
                    }
                ])
        }
    ]
}
