import FoundationEssentials

extension TMoneyOperator {
    /// What the partner's account holds at first, in francs.
    private static let openingBalance: Int64 = 100_000_000

    /// `POST /api/tpcredit` (B6): there is no prompt, so money moves within the call.
    func credit(_ request: SandboxRequest) async throws -> Answer {
        guard let token = session(request) else { return Self.unauthorized }
        let asked: TMoneyDebitRequest
        do {
            asked = try TMoneyDebitRequest(request.body)
        } catch {
            return Self.fault(error.description)
        }
        try tools.recorder.requests.note(.tmoney, "credit", asked.id)
        let behaviour = tools.behaviours.settled(Self.creditBehaviour(asked.phone))
        let now = tools.stage.now
        var payment = PracticePayment(
            .payout, id: asked.id, account: token.sub, party: asked.phone, amount: asked.amount, currency: "XOF",
            reference: "TM\(now)\(UInt32.random(in: 1000...9999))", now: now, behaviour)
        payment.details = ["order": asked.order, "requestedAt": asked.requestedAt, "description": asked.description]
        if behaviour.isRecorded, try credits.record(payment) == .duplicate {
            return .json(["code": "4001", "message": "Requete deja soumise", "idRequete": .text(asked.id)])
        }
        let truth = Answer.json(
            Self.json(credits.find(.payout, asked.id) ?? payment, now: now)
                .adding(["soldePartenaire": .number(credits.balance(Self.openingBalance))]))
        return await tools.leave(
            truth, behaviour.answer,
            error: .json(["code": "500", "message": "Erreur de transaction"], status: 500))
    }

    /// `GET /api/tpcredit/check-transaction-id?idRequete=`, answered like the status of a debit.
    func checkCredit(_ request: SandboxRequest) throws -> Answer {
        guard session(request) != nil else { return Self.unauthorized }
        guard let id = request.parameter("idRequete"), !id.isEmpty else { return Self.fault("idRequete: missing") }
        try tools.recorder.requests.note(.tmoney, "credit_status", id)
        guard let payment = credits.find(.payout, id) else { return .json(["total": 0, "data": []]) }
        if try credits.failsCheck(payment) {
            return .json(["code": "500", "message": "Service indisponible"], status: 500)
        }
        return .json(["total": 1, "data": [Self.json(payment, now: tools.stage.now)]])
    }

    /// The first version's credit (section C): a GET, signed in by the password in its query.
    func legacyCredit(_ request: SandboxRequest) async throws -> Answer {
        let names = ["client", "amount", "currency", "trxcode", "description", "referenceid"]
        let fields = names.map { request.parameter($0) ?? "" }
        try tools.recorder.requests.note(.tmoney, "legacy_credit", fields[5])
        let partner = request.parameter("merchantid") ?? request.parameter("agentid") ?? ""
        func answer(_ result: String, _ transaction: String) -> Answer {
            .json([
                "merchantid": .text(partner), "client": .text(fields[0]), "amount": .text(fields[1]),
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
        let behaviour = tools.behaviours.settled(Self.creditBehaviour(fields[0]))
        let now = tools.stage.now
        var payment = PracticePayment(
            .payout, id: fields[5], account: partner, party: fields[0], amount: amount, currency: "XOF",
            reference: "V1\(now)", now: now, behaviour)
        payment.callbacks = .never
        let isNew = try !behaviour.isRecorded || credits.record(payment) == .recorded
        let result = isNew ? credits.find(.payout, fields[5])?.result?.word ?? "PENDING" : "DUPLICATE"
        return await tools.leave(
            answer(result.uppercased(), isNew ? payment.reference : ""), behaviour.answer,
            error: Answer(status: 500, contentType: "text/plain", body: Array("error".utf8)))
    }

    private static func creditBehaviour(_ phone: String) -> PaymentBehaviour {
        let magic = phone.hasPrefix("228900000") ? Int(phone.suffix(2)) : nil
        return (magic.flatMap { PaymentBehaviour.numbered[$0] } ?? .plain).immediate
    }

    /// The fields that answer, status and callback share.
    static func json(_ payment: PracticePayment, now: Int64) -> JSONValue {
        let decision: TMoneyDecision =
            switch payment.result {
            case nil: .waiting
            case PracticeResult.executed?: .approved
            case PracticeResult.insufficientFunds?: .insufficientFunds
            case PracticeResult.declined?:
                TMoneyDecision(status: "ECHEC", code: "500", message: "Compte beneficiaire indisponible")
            default: .failed
            }
        let details = payment.details
        return [
            "code": .text(decision.code), "message": .text(decision.message), "refTmoney": .text(payment.reference),
            "dateHeureTmoney": .text(Timestamps.plain(payment.endedAt ?? now)), "idRequete": .text(payment.id),
            "statutRequete": .text(decision.status), "typeRequete": "CREDIT",
            "dateHeureRequete": .text(details["requestedAt"] ?? ""), "refCommande": .text(details["order"] ?? ""),
            "montant": .number(payment.toldAmount), "numeroClient": .text(payment.party),
            "idPartenaire": .text(payment.account), "nomPartenaire": "Boutique de demonstration",
        ]
    }
}
