/// What debits and credits share.
extension TMoneyOperator {
    /// A new payment as asked for.
    func payment(
        _ operation: SandboxOperation, _ asked: TMoneyDebitRequest, _ token: TMoneyToken, _ behaviour: PaymentBehaviour
    ) -> SandboxPayment {
        let now = tools.stage.now
        var payment = SandboxPayment(
            operation, id: asked.id, account: token.sub, party: asked.phone, amount: asked.amount, currency: "XOF",
            reference: "TM\(Identifiers.number(at: now))", now: now, behaviour)
        payment.details = ["order": asked.order, "requestedAt": asked.requestedAt, "description": asked.description]
        return payment
    }

    /// The fields that callback and status share (docs/protocols/tmoney.md, B4, B5), and the answer to a credit.
    static func json(_ payment: SandboxPayment, now: Int64) -> JSONValue {
        let decision = TMoneyDecision(payment)
        let isDebit = payment.operation == SandboxOperation.collect.rawValue
        let details = payment.details
        var json: JSONValue = ["code": .text(decision.code), "message": .text(decision.message)]
        if isDebit { json = json.adding(["description": .text(details["description"] ?? "")]) }
        return json.adding([
            "refTmoney": .text(payment.reference), "dateHeureTmoney": .text(Timestamps.plain(payment.endedAt ?? now)),
            "idRequete": .text(payment.id), "statutRequete": .text(decision.status),
            "typeRequete": isDebit ? "DEBIT" : "CREDIT", "dateHeureRequete": .text(details["requestedAt"] ?? ""),
            "refCommande": .text(details["order"] ?? ""), "montant": .number(payment.toldAmount),
            "numeroClient": .text(payment.party), "idPartenaire": .text(payment.account),
            "nomPartenaire": "Boutique de demonstration",
        ])
    }

    /// The status of a debit (docs/protocols/tmoney.md, B5) or a credit, by `?idRequete=`.
    ///
    /// The list is empty for what was never recorded.
    func check(_ request: SandboxRequest, _ operation: SandboxOperation, countedAs name: String) throws -> Answer {
        guard session(request) != nil else { return Self.unauthorized }
        guard let id = request.parameter("idRequete"), !id.isEmpty else { return Self.fault("idRequete: missing") }
        try tools.recorder.requests.log(.tmoney, name, id)
        guard let payment = book.find(operation, id) else { return .json(["total": 0, "data": []]) }
        if try book.failsCheck(payment) {
            return .json(["code": "500", "message": "Service indisponible"], status: 500)
        }
        return .json(["total": 1, "data": [Self.json(payment, now: tools.stage.now)]])
    }

    /// The gateway's own refusals, which precede the business envelope (docs/protocols/tmoney.md, B1).
    static func fault(_ description: String) -> Answer {
        .json(["fault": ["code": 400, "message": "Bad Request", "description": .text(description)]], status: 400)
    }

    /// Not signed in (docs/protocols/tmoney.md, B7, code 403).
    static let unauthorized = Answer.json(
        ["code": "403", "message": "Veuillez vous authentifier"], status: 401)

    /// The reference is known already.
    static func repeated(_ id: String) -> Answer {
        .json(["code": "4001", "message": "Requete deja soumise", "idRequete": .text(id)])
    }

    /// What stands in for the answer where the server fails.
    static let failure = Answer.json(["code": "500", "message": "Erreur de transaction"], status: 500)
}
