import Synchronization

extension TMoneyOperator {
    /// `POST /tmoney-middleware/debit` (B3): code 2000 means that the prompt is on its way, not that money moved.
    func debit(_ request: SandboxRequest) async throws -> Answer {
        guard let token = session(request) else { return Self.unauthorized }
        let asked: TMoneyDebitRequest
        do {
            asked = try TMoneyDebitRequest(request.body)
        } catch {
            return Self.fault(error.description)
        }
        try tools.recorder.requests.note(.tmoney, "debit", asked.id)
        let behaviour = tools.behaviours.debit(phone: asked.phone)
        if try refusesToken(request, asked, behaviour) { return Self.unauthorized }
        let isNew = try !behaviour.isRecorded || record(asked, token, behaviour)
        guard isNew else {
            return .json(["code": "4001", "message": "Requete deja soumise", "idRequete": .text(asked.id)])
        }
        return await leave(asked, behaviour)
    }

    /// Puts the debit and, if it is decided at once, its end on file.
    ///
    /// - Returns: `false` if the reference is known already.
    private func record(
        _ asked: TMoneyDebitRequest, _ token: TMoneyToken, _ behaviour: TMoneyBehaviour
    ) throws -> Bool {
        let now = tools.stage.now
        let prompt = TMoneyPrompt(
            id: asked.id, account: token.sub, phone: asked.phone, amount: asked.amount,
            toldAmount: asked.amount + behaviour.extraAmount, order: asked.order, requestedAt: asked.requestedAt,
            description: asked.description, reference: "TM\(now)\(UInt32.random(in: 1000...9999))",
            plan: behaviour.decision, due: behaviour.decision.map { _ in now + behaviour.after },
            callbacks: behaviour.callbacks, failingChecks: behaviour.failingChecks, isPerson: behaviour.isPerson)
        let isNew = try state.withLock { state in
            guard state.prompts[asked.id] == nil else { return false }
            var line = JournalLine(prompt: prompt)
            if behaviour.after == 0, let decision = behaviour.decision {
                line = Self.ending(prompt, decision, now: now)
            }
            try tools.recorder.commit(line)
            state.put(line.prompt ?? prompt)
            return true
        }
        if isNew && behaviour.after > 0 { arm(prompt) }
        return isNew
    }

    private func leave(_ asked: TMoneyDebitRequest, _ behaviour: TMoneyBehaviour) async -> Answer {
        let error = Answer.json(["code": "500", "message": "Erreur de transaction"], status: 500)
        let general = Answer.json(["code": "5000", "message": "Echec", "idRequete": .text(asked.id)])
        let accepted = Answer.json([
            "code": "2000", "message": "Demande en cours de traitement", "description": .text(asked.description),
            "idRequete": .text(asked.id),
        ])
        return await tools.leave(behaviour.failsGenerally ? general : accepted, behaviour.answer, error: error)
    }

    /// Every second debit of such a phone, beginning with the first, finds its token revoked: a partner that signs in
    /// again gets through.
    private func refusesToken(
        _ request: SandboxRequest, _ asked: TMoneyDebitRequest, _ behaviour: TMoneyBehaviour
    ) throws -> Bool {
        guard behaviour.revokesToken, let text = request.bearer else { return false }
        return try state.withLock { state in
            guard state.prompts[asked.id] == nil else { return false }
            let refuses = state.phones[asked.phone]?.isFirst ?? true
            let phone = TMoneyPhone(
                number: asked.phone, isFirst: !refuses, revokedToken: refuses ? String(text) : nil)
            try tools.recorder.commit(JournalLine(phone: phone))
            state.put(phone)
            return refuses
        }
    }
}
