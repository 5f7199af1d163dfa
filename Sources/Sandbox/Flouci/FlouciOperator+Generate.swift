import FoundationEssentials
import Synchronization

extension FlouciOperator {
    /// Timeout of a session that names none, in seconds (4.6).
    private static let defaultTimeout: Int64 = 1_200

    /// `POST /api/v2/generate_payment` (4.1).
    ///
    /// Repeating it makes another, independent session (4.5).
    func generate(_ request: SandboxRequest) throws -> Answer {
        guard isAuthorized(request) else { return Self.refusal(401, "Unauthorized") }
        guard let asked = FlouciGenerateRequest(request.body) else { return Self.refusal(400, "Bad Request") }
        return try generate(asked)
    }

    /// `POST /api/generate_payment`, the first version: the keys are in the body, and there is no webhook (3.1).
    func generateFirst(_ request: SandboxRequest) throws -> Answer {
        guard let keys = try? JSONDecoder().decode(FirstKeys.self, from: Data(request.body)),
            keys.token == SandboxCredentials.flouciPublicKey, keys.secret == SandboxCredentials.flouciPrivateKey
        else { return Self.refusal(401, "Unauthorized") }
        guard var asked = FlouciGenerateRequest(request.body) else { return Self.refusal(400, "Bad Request") }
        asked.webhook = nil
        asked.preAuthorization = nil
        return try generate(asked)
    }

    private struct FirstKeys: Decodable {
        var token: String
        var secret: String

        private enum CodingKeys: String, CodingKey {
            case token = "app_token"
            case secret = "app_secret"
        }
    }

    private func generate(_ asked: FlouciGenerateRequest) throws -> Answer {
        try tools.recorder.requests.log(.flouci, "generate", asked.trackingID ?? "")
        let behaviour = tools.behaviours.session(amount: asked.amount.value)
        if behaviour.answer == .page { return .gatewayPage }
        let session = try open(asked, behaviour)
        if session.isLost { return .dropped }
        return .json([
            "result": [
                "success": true, "payment_id": .text(session.id),
                "link": .text("\(tools.address.url)/flouci/pay/\(session.id)"),
                "developer_tracking_id": .optional(session.trackingID),
            ],
            "name": "developers", "code": 0, "version": "v2",
        ])
    }

    private func open(_ asked: FlouciGenerateRequest, _ behaviour: FlouciBehaviour) throws -> FlouciSession {
        let now = tools.stage.now
        let lifetime = behaviour.lifetime ?? (asked.timeoutSeconds ?? Self.defaultTimeout) * 1_000
        var session = FlouciSession(
            id: Identifiers.shortUUID(), trackingID: asked.trackingID, amount: asked.amount.value,
            toldAmount: asked.amount.value + behaviour.extraAmount,
            tellsForeignTracking: behaviour.tellsForeignTracking, successLink: asked.successLink,
            failLink: asked.failLink, webhook: asked.webhook, expiresAt: now + lifetime, plan: behaviour.result,
            after: behaviour.after, callbacks: behaviour.callbacks, failingChecks: behaviour.failingChecks,
            isLost: false, isPreAuthorization: asked.preAuthorization)
        return try state.withLock { state in
            var line = JournalLine()
            let tracking = session.reference
            if behaviour.losesFirstAnswer, let id = session.trackingID, !state.lostOnce.contains(id) {
                session.isLost = true
                session.plan = nil
                line.trackingID = FlouciTracking(id: tracking)
            }
            line.session = session
            try tools.recorder.commit(line)
            state.sessions[session.id] = session
            if session.isLost { state.lostOnce.insert(tracking) }
            return session
        }
    }
}
