import Synchronization

extension FlouciOperator {
    /// `GET /api/v2/verify_payment/{id}` (4.2).
    func verify(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard isAuthorized(request) else { return Self.refusal(401, "Unauthorized") }
        return try verify(id)
    }

    /// `GET /api/verify_payment/{id}`, the first version: the keys are in two headers (3.2).
    func verifyFirst(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard request.header("apppublic") == SandboxCredentials.flouciPublicKey,
            request.header("appsecret") == SandboxCredentials.flouciPrivateKey
        else { return Self.refusal(401, "Unauthorized") }
        return try verify(id)
    }

    private func verify(_ id: String) throws -> Answer {
        let found = try state.withLock { state in
            guard var session = state.sessions[id] else { return FlouciSession?.none }
            if session.failingChecks > 0 {
                let before = session
                session.failingChecks -= 1
                try tools.recorder.commit(JournalLine(session: session))
                state.sessions[id] = session
                return before
            }
            return session
        }
        try tools.recorder.requests.log(.flouci, "verify", found?.reference ?? id)
        guard let session = found else { return Self.refusal(404, "Payment not found") }
        if session.failingChecks > 0 { return Self.refusal(500, "Internal Server Error") }
        let status = session.status(now: tools.stage.now)
        var details: JSONValue = ["order_number": .text(session.id), "currency": "788"]
        if let reason = session.result?.reason { details = details.adding(["failure_reason": .text(reason)]) }
        return .json([
            "success": true,
            "result": [
                "type": "wallet", "amount": .number(session.captured ?? session.toldAmount), "status": .text(status),
                "details": details,
                "developer_tracking_id": session.tellsForeignTracking
                    ? "00000000-0000-4000-8000-000000000000" : .optional(session.trackingID),
                "settlement_status": status == "SUCCESS" && session.refundID == nil ? "PROCESSING" : "NOT_APPLICABLE",
            ],
            "status_code": 200, "name": "developers", "code": 0, "version": "2.0.0",
        ])
    }
}
