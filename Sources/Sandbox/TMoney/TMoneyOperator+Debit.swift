import Synchronization

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
        let behaviour = tools.behaviours.settled(TMoneyMatrix.debit(number))
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
