import FoundationEssentials
import Synchronization

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

/// Debits.
extension TMoneyOperator {
    /// `POST /tmoney-middleware/debit` (docs/protocols/tmoney.md, B3): code 2000 means that the prompt is on its way,
    /// not that money moved.
    func debit(_ request: SandboxRequest) async throws -> Answer {
        guard let token = session(request) else { return Self.unauthorized }
        let asked: TMoneyDebitRequest
        do {
            asked = try TMoneyDebitRequest(request.body)
        } catch {
            return Self.fault(error.description)
        }
        try tools.recorder.requests.log(.tmoney, "debit", asked.id)
        let number = TMoneyMatrix.number(asked.phone)
        if number == TMoneyMatrix.revokesToken, try refusesToken(request, asked.id) { return Self.unauthorized }
        let behaviour = tools.behaviour(TMoneyMatrix.debit(number))
        var payment = payment(.collect, asked, token, behaviour)
        payment.details["text"] = "\(asked.description) (order \(asked.order))"
        if behaviour.isRecorded, try book.record(payment) == .duplicate { return Self.repeated(asked.id) }
        let answer: JSONValue =
            if number == TMoneyMatrix.failsGenerally {
                ["code": "5000", "message": "Echec", "idRequete": .text(asked.id)]
            } else {
                [
                    "code": "2000", "message": "Demande en cours de traitement",
                    "description": .text(asked.description), "idRequete": .text(asked.id),
                ]
            }
        return await tools.leave(.json(answer), behaviour.answer, error: Self.failure)
    }

    /// Every second debit of such a phone, beginning with the first, finds its token revoked: a partner that signs in
    /// again gets through.
    private func refusesToken(_ request: SandboxRequest, _ id: String) throws -> Bool {
        guard let text = request.bearer, book.find(.collect, id) == nil else { return false }
        return try tokens.withLock { tokens in
            let refuses = tokens.revokesNext
            let turn = TMoneyRevocation(token: refuses ? String(text) : nil)
            var line = JournalLine()
            try line.keep(turn, as: "revocation", of: .tmoney)
            try tools.recorder.commit(line)
            tokens.put(turn)
            return refuses
        }
    }
}

/// The body of a debit (docs/protocols/tmoney.md, B3), checked field by field.
struct TMoneyDebitRequest: Sendable {
    var id: String
    var phone: String
    var amount: Int64
    var order: String
    var requestedAt: String
    var description: String

    /// Why a gateway refuses a body.
    struct Refusal: Error {
        var description: String
    }

    private struct Wire: Decodable {
        var idRequete: String
        var numeroClient: String
        var montant: Int64
        var refCommande: String
        var dateHeureRequete: String
        var description: String
    }

    init(_ body: [UInt8]) throws(Refusal) {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(body))
        } catch let error as DecodingError {
            throw Refusal(description: error.plainText)
        } catch {
            throw Refusal(description: "the body is not JSON")
        }
        guard (1...64).contains(wire.idRequete.utf8.count) else {
            throw Refusal(description: "idRequete: 1 to 64 characters")
        }
        guard wire.numeroClient.utf8.count == 11, wire.numeroClient.hasPrefix("228"),
            wire.numeroClient.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw Refusal(description: "numeroClient: 228 and eight digits") }
        guard wire.montant > 0 else { throw Refusal(description: "montant: a positive whole number") }
        guard !wire.refCommande.isEmpty else { throw Refusal(description: "refCommande: must not be empty") }
        guard Timestamps.isPlain(wire.dateHeureRequete) else {
            throw Refusal(description: "dateHeureRequete: yyyy-MM-dd HH:mm:ss")
        }
        id = wire.idRequete
        phone = wire.numeroClient
        amount = wire.montant
        order = wire.refCommande
        requestedAt = wire.dateHeureRequete
        description = wire.description
    }
}

/// How a debit or credit stands: the words and codes of callback and status (docs/protocols/tmoney.md, B4, B5, B7).
struct TMoneyDecision: Sendable {
    /// `EN_ATTENTE`, `SUCCES` or `ECHEC`.
    var status: String
    var code: String
    var message: String

    private init(_ status: String, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// Translates the result of a payment.
    init(_ payment: SandboxPayment) {
        let isCredit = payment.operation == SandboxOperation.payout.rawValue
        self =
            switch payment.result {
            case nil: Self("EN_ATTENTE", "2000", "Transaction en cours")
            case SandboxResult.executed?: Self("SUCCES", "2002", "Transaction effectuee avec succes")
            case SandboxResult.insufficientFunds?: Self("ECHEC", "500", "Solde insuffisant")
            case SandboxResult.wrongPIN?: Self("ECHEC", "501", "Code PIN incorrect")
            // Nobody is asked about a credit: what declines it is the account that it goes to.
            case SandboxResult.declined? where isCredit: Self("ECHEC", "500", "Compte beneficiaire indisponible")
            case SandboxResult.declined?: Self("ECHEC", "501", "Refus du client")
            case SandboxResult.expired?: Self("ECHEC", "500", "Delai de confirmation depasse")
            default: Self("ECHEC", "500", "Erreur de transaction")
            }
    }
}
