import Synchronization

extension FlouciOperator {
    /// `POST /api/accept` (2.4, 2.6).
    ///
    /// Money moves in this call and nowhere else; there is no query for it.
    func accept(_ request: SandboxRequest) async throws -> Answer {
        guard let asked = FlouciAcceptRequest(request.body) else { return Self.refusal(400, "Bad Request") }
        try tools.recorder.requests.note(.flouci, "accept", asked.paymentID)
        guard asked.token == SandboxCredentials.flouciPublicKey, asked.secret == SandboxCredentials.flouciPrivateKey
        else { return Self.refusal(401, "Unauthorized") }
        let behaviour = tools.behaviours.acceptance(code: asked.code)
        let executed = try behaviour.executes && execute(asked, behaviour)
        if behaviour.executes && !executed { return Self.answer(asked, false, behaviour) }
        return await tools.leave(
            Self.answer(asked, executed, behaviour), behaviour.answer, error: Self.refusal(500, "Internal Server Error")
        )
    }

    /// Moves the money, unless this id and code did already.
    private func execute(_ asked: FlouciAcceptRequest, _ behaviour: AcceptBehaviour) throws -> Bool {
        let acceptance = FlouciAcceptance(paymentID: asked.paymentID, code: asked.code)
        return try state.withLock { state in
            guard !state.accepted.contains(acceptance) else { return false }
            let movement = SandboxMovement(
                operator: .flouci, reference: asked.paymentID, amount: asked.amount + behaviour.extraAmount,
                currency: "TND", party: "wallet", executedAtMilliseconds: tools.stage.now)
            try tools.recorder.commit(JournalLine(movement: movement, acceptance: acceptance))
            state.accepted.insert(acceptance)
            return true
        }
    }

    private static func answer(
        _ asked: FlouciAcceptRequest, _ executed: Bool, _ behaviour: AcceptBehaviour
    ) -> Answer {
        switch (asked.spelling, executed) {
        case (.of2019, true): return .json(["status": "SUCCESS"])
        case (.of2019, false): return .json(["status": "FAILURE"])
        case (.of2021, false): return .json(["code": 1, "result": [:]])
        case (.of2021, true):
            let amount = JSONValue.number(asked.amount + behaviour.extraAmount)
            return .json(["code": 0, "result": ["status": "SUCCESS", "amount": amount]])
        }
    }
}
