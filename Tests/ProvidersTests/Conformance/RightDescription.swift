import Router
import RouterTestKit
import Testing
import WebText

/// What the made-up operator of ``RightProvider`` is like.
enum RightDescription {
    static let reference = "0123456789abcdef0123456789abcdef"
    private static let now = Sample.createdAt

    static func whole() throws -> ProviderDescription {
        var hold = try collect()
        hold.capturesLater = true
        let payout = PayoutInstruction(
            attempt: hold.attempt, reference: reference, channel: "right", amount: hold.amount,
            customer: hold.customer, callbackURL: Sample.callbackURL, createdAt: now)
        let followUp = FollowUpInstruction(
            attempt: hold.attempt, reference: reference, amount: hold.amount,
            original: OriginalCollection(
                reference: "f0123456789abcdef0123456789abcde", operatorReference: "R-0", channel: "right",
                amount: hold.amount, createdAt: now),
            callbackURL: Sample.callbackURL, createdAt: now)
        let code = Router.Confirmation(code: Secret("123456"), operatorPaymentID: nil)
        let sale = ReplyTable.plain(200, body("done"))
        return ProviderDescription(
            secrets: [RightProvider.password.reveal(), RightProvider.webhookKey.reveal()],
            operations: [
                OperationDescription(
                    .collect(try collect()), confirmedBy: code, reply: table(), check: table(isCheck: true)),
                OperationDescription(.collect(hold), reply: table(), check: table(isCheck: true)),
                OperationDescription(.payout(payout), reply: table(), check: table(isCheck: true)),
                OperationDescription(.refund(followUp), reply: table(), check: table(isCheck: true)) { _ in sale },
                OperationDescription(.capture(followUp), reply: table(), check: table(isCheck: true)),
                OperationDescription(.void(followUp), reply: table(), check: table(isCheck: true)),
            ],
            callbacks: [
                CallbackDescription(
                    about: .collect(try collect()), callbackTable(), signature: .header("x-signature"), now: now,
                    make: callback)
            ],
            logins: [
                (.main, ReplyTable(rows: [.init(.executed, ["token": "t-1"]), .init(.refused, 401, ["error": "no"])]))
            ],
            balance: ReplyTable(rows: [.init(.executed, ["available": 7])]),
            party: (
                try MSISDN(parsing: "+22890112233"), "right",
                ReplyTable(
                    codes: ["/account"],
                    rows: [.init(.executed, ["account": "open"]), .init(.absent, 404, ["account": "none"])])
            ),
            withdrawal: (
                try collect(),
                ReplyTable(
                    codes: ["/page"], rows: [.init(.executed, ["page": "expired"]), .init(.unclear, ["page": "paid"])])
            ))
    }

    private static func collect() throws -> CollectInstruction {
        var order = try Sample.order(Money(5_000, .xof), channel: "right")
        order.reference = reference
        return order
    }

    private static func body(_ state: String) -> JSONValue {
        [
            "state": .string(state), "reference": .string(reference), "amount": 5_000, "currency": "XOF", "id": "R-1",
        ]
    }

    private static func table(isCheck: Bool = false) -> ReplyTable {
        var table = ReplyTable(
            codes: ["/state"], amount: .at("/amount"), currency: .at("/currency"), reference: .at("/reference"),
            rows: [
                .init(.executed, body("done")), .init(.pending, 202, body("open")),
                .init(.refused, 422, body("refused")), .init(.refusedForNow, 422, body("later")),
                .init(.unclear, 503, ["state": "E_TIMEOUT"]),
            ])
        if isCheck { table.rows.append(.init(.absent, 404, ["state": "unknown"])) }
        return table
    }

    private static func callbackTable() -> ReplyTable {
        ReplyTable(
            codes: ["/state"], amount: .at("/amount"), currency: .at("/currency"), reference: .at("/reference"),
            rows: [
                .init(.executed, body("done")), .init(.pending, body("open")), .init(.refused, body("refused")),
            ])
    }

    @Sendable private static func callback(_ body: JSONValue) -> InboundCallback {
        let bytes = body.serialized()
        let code = MessageCode.sha256.code(of: bytes, key: RightProvider.webhookKey)
        return InboundCallback(method: "POST", headers: [.init("x-signature", Hex.text(code))], body: bytes)
    }
}
