import FoundationEssentials
import Synchronization

extension FlouciOperator {
    /// `POST /api/accept` (2.4, 2.6).
    ///
    /// Money moves in this call and nowhere else; there is no query for it.
    func accept(_ request: SandboxRequest) async throws -> Answer {
        guard let asked = FlouciAcceptRequest(request.body) else { return Self.refusal(400, "Bad Request") }
        try tools.recorder.requests.log(.flouci, "accept", asked.paymentID)
        guard asked.token == SandboxCredentials.flouciPublicKey, asked.secret == SandboxCredentials.flouciPrivateKey
        else { return Self.refusal(401, "Unauthorized") }
        let behaviour = tools.behaviours.acceptance(code: asked.code)
        let executed = try behaviour.executes && execute(asked, behaviour)
        if behaviour.executes && !executed { return Self.answer(asked, false, behaviour) }
        return await tools.leave(
            Self.answer(asked, executed, behaviour), behaviour.answer, error: Self.refusal(500, "Internal Server Error")
        )
    }

    private struct PreparedQuestion: Decodable {
        var app: String
        var code: String
        var amount: String
        var id: String
    }

    /// `POST /api/code`: the payment that the payer's app prepared under a code (2.3, step 4).
    ///
    /// The operator's own form calls something like it; its wire format is not published, so this one is made up. There
    /// is no payer's app here: every listed code has a payment of the asked amount.
    func prepared(_ request: SandboxRequest) throws -> Answer {
        guard let asked = try? JSONDecoder().decode(PreparedQuestion.self, from: Data(request.body)),
            !asked.amount.isEmpty, asked.amount.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return Self.refusal(400, "Bad Request") }
        try tools.recorder.requests.log(.flouci, "code", asked.id)
        guard asked.app == SandboxCredentials.flouciPublicKey else { return Self.refusal(401, "Unauthorized") }
        guard AcceptBehaviour.isShown(asked.code) else { return .json(["code": 1, "result": [:]]) }
        return .json(["code": 0, "result": ["payment_id": .text("P-\(asked.id.prefix(40))-\(asked.amount)")]])
    }

    /// Moves the money, unless this payment was accepted already, with whatever code.
    private func execute(_ asked: FlouciAcceptRequest, _ behaviour: AcceptBehaviour) throws -> Bool {
        let acceptance = FlouciAcceptance(paymentID: asked.paymentID, code: asked.code)
        return try state.withLock { state in
            guard !state.accepted.contains(asked.paymentID) else { return false }
            let movement = SandboxMovement(
                operator: .flouci, reference: asked.paymentID, amount: asked.amount + behaviour.extraAmount,
                currency: "TND", party: "wallet", executedAtMilliseconds: tools.stage.now,
                operatorReference: asked.paymentID)
            try tools.recorder.commit(JournalLine(movement: movement, acceptance: acceptance))
            state.accepted.insert(asked.paymentID)
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
