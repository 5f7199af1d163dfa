import Synchronization

extension TMoneyOperator {
    /// `GET /tmoney-middleware/transactionid?idRequete=` (B5).
    ///
    /// The list is empty for a debit that was never recorded.
    func check(_ request: SandboxRequest) throws -> Answer {
        guard session(request) != nil else { return Self.unauthorized }
        guard let id = request.parameter("idRequete"), !id.isEmpty else {
            return Self.fault("idRequete: missing")
        }
        try tools.recorder.requests.note(.tmoney, "status", id)
        let prompt = try state.withLock { state in
            guard var prompt = state.prompts[id] else { return TMoneyPrompt?.none }
            if prompt.failingChecks > 0 {
                let before = prompt
                prompt.failingChecks -= 1
                try tools.recorder.commit(JournalLine(prompt: prompt))
                state.put(prompt)
                return before
            }
            return prompt
        }
        guard let prompt else { return .json(["total": 0, "data": []]) }
        if prompt.failingChecks > 0 {
            return .json(["code": "500", "message": "Service indisponible"], status: 500)
        }
        return .json(["total": 1, "data": [prompt.json(now: tools.stage.now)]])
    }
}
