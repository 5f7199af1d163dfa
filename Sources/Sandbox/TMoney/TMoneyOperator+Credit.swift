extension TMoneyOperator {
    /// What the partner's account holds at first, in francs.
    private static let openingBalance: Int64 = 100_000_000

    /// `POST /api/tpcredit` (docs/protocols/tmoney.md, B6): there is no prompt, so money moves within the call.
    func credit(_ request: SandboxRequest) async throws -> Answer {
        guard let token = session(request) else { return Self.unauthorized }
        let asked: TMoneyDebitRequest
        do {
            asked = try TMoneyDebitRequest(request.body)
        } catch {
            return Self.fault(error.description)
        }
        try tools.recorder.requests.log(.tmoney, "credit", asked.id)
        let behaviour = tools.behaviour(TMoneyMatrix.credit(TMoneyMatrix.number(asked.phone)))
        let payment = payment(.payout, asked, token, behaviour)
        if behaviour.isRecorded, try book.record(payment) == .duplicate { return Self.repeated(asked.id) }
        let truth = Answer.json(
            Self.json(book.find(.payout, asked.id) ?? payment, now: tools.stage.now)
                .adding(["soldePartenaire": .number(book.balance(Self.openingBalance))]))
        return await tools.leave(truth, behaviour.answer, error: Self.failure)
    }

    /// The first version's credit (docs/protocols/tmoney.md, C): a GET, signed in by the password in its query.
    func legacyCredit(_ request: SandboxRequest) async throws -> Answer {
        let names = ["client", "amount", "currency", "trxcode", "description", "referenceid"]
        let fields = names.map { request.parameter($0) ?? "" }
        try tools.recorder.requests.log(.tmoney, "legacy_credit", fields[5])
        let partner = request.parameter("merchantid") ?? request.parameter("agentid") ?? ""
        let role = request.parameter("merchantid") == nil ? "agentid" : "merchantid"
        func answer(_ result: String, _ transaction: String) -> Answer {
            .json([
                role: .text(partner), "client": .text(fields[0]), "amount": .text(fields[1]),
                "currency": .text(fields[2]), "referenceid": .text(fields[5]), "result": .text(result),
                "transactionid": .text(transaction),
            ])
        }
        guard request.parameter("password") == SandboxCredentials.tmoneyPassword, !partner.isEmpty else {
            return answer("DENIED", "")
        }
        guard fields.allSatisfy({ !$0.isEmpty }), let amount = Int64(fields[1]), amount > 0, fields[2] == "XOF",
            fields[0].utf8.count == 11, fields[0].hasPrefix("228")
        else { return answer("INVALID", "") }
        let behaviour = tools.behaviour(TMoneyMatrix.credit(TMoneyMatrix.number(fields[0])))
        let now = tools.stage.now
        var payment = SandboxPayment(
            .payout, id: fields[5], account: SandboxCredentials.tmoneyUser, party: fields[0], amount: amount,
            currency: "XOF", reference: "V1\(Identifiers.number(at: now))", now: now, behaviour)
        payment.details = [Self.partnerField: role, role: partner]
        for name in ["sms", "email", "description"] { payment.details[name] = request.parameter(name) }
        let isNew = try !behaviour.isRecorded || book.record(payment) == .recorded
        let result = isNew ? book.find(.payout, fields[5])?.result?.word ?? "PENDING" : "DUPLICATE"
        return await tools.leave(
            answer(result.uppercased(), isNew ? payment.reference : ""), behaviour.answer,
            error: Answer(status: 500, contentType: "text/plain", body: Array("error".utf8)))
    }

    /// Under which name a credit of the first version remembers how its partner is named.
    private static let partnerField = "partner_field"

    /// The answer of the first version as a call back; `nil` if the payment is of the second.
    ///
    /// Beside the seven fields on record it tells what to notify the payee with, so that a test sees what was sent.
    static func legacyAnswer(_ payment: SandboxPayment) -> JSONValue? {
        guard let role = payment.details[partnerField] else { return nil }
        var json: JSONValue = [
            role: .text(payment.details[role] ?? ""), "client": .text(payment.party),
            "amount": .text(String(payment.toldAmount)), "currency": .text(payment.currency),
            "referenceid": .text(payment.id), "result": .text((payment.result?.word ?? "pending").uppercased()),
            "transactionid": .text(payment.reference),
        ]
        for name in ["sms", "email"] {
            if let value = payment.details[name] { json = json.adding([name: .text(value)]) }
        }
        return json
    }
}
