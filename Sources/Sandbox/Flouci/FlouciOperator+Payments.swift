import FoundationEssentials
import Synchronization

/// Opening a payment.
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
        let behaviour = tools.behaviour(FlouciBehaviour.of(amount: asked.amount.value))
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

/// The body of generate (docs/protocols/flouci.md, 4.1).
struct FlouciGenerateRequest: Decodable, Sendable {
    var amount: FlouciMillimes
    var successLink: String
    var failLink: String
    var webhook: String?
    var trackingID: String?
    var timeoutSeconds: Int64?
    var acceptCard: Bool?
    var destination: [Share]?
    var preAuthorization: Bool?

    /// A part of the amount for another merchant.
    struct Share: Decodable, Sendable {
        var amount: FlouciMillimes
        var destination: String
    }

    private enum CodingKeys: String, CodingKey {
        case amount, webhook, destination
        case successLink = "success_link"
        case failLink = "fail_link"
        case trackingID = "developer_tracking_id"
        case timeoutSeconds = "session_timeout_secs"
        case acceptCard = "accept_card"
        case preAuthorization = "pre_authorization"
    }

    /// The request, or `nil` if a rule is broken.
    init?(_ body: [UInt8]) {
        guard let request = try? JSONDecoder().decode(FlouciGenerateRequest.self, from: Data(body)) else { return nil }
        self = request
        let shares = (destination ?? []).reduce(Int64(0)) { $0 &+ $1.amount.value }
        guard Self.isURL(successLink), Self.isURL(failLink), webhook.map(Self.isURL) ?? true,
            timeoutSeconds.map({ (1...86_400).contains($0) }) ?? true, shares <= amount.value
        else { return nil }
    }

    private static func isURL(_ text: String) -> Bool {
        (text.hasPrefix("https://") || text.hasPrefix("http://")) && !text.contains { $0.isWhitespace || $0.isNewline }
    }
}

/// An amount of millimes: a positive integer, or the same as decimal text.
struct FlouciMillimes: Decodable, Sendable {
    var value: Int64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let parsed: Int64?
        if let text = try? container.decode(String.self) {
            parsed = text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
        } else {
            parsed = try container.decode(Int64.self)
        }
        guard let parsed, parsed > 0 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a positive integer of millimes")
        }
        value = parsed
    }
}

/// What became of a payment.
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
