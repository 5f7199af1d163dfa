import Synchronization

extension SandboxOperator {
    /// Cards, in the wire format of Stripe: PaymentIntents and Charges (docs/protocols/card.md).
    public static let card = SandboxOperator(named: "card")
}

/// Cards in the wire format of Stripe (docs/protocols/card.md, 1 to 8): PaymentIntents and Charges, captured
/// at once or later, refunds and disputes.
final class CardOperator: SimulatedOperator {
    static let name = SandboxOperator.card
    static let about =
        "Cards at <code>/card</code>; 3-D Secure pages have buttons. Type a card: <a href=\"/card/fields?key=pk_test_sandbox\">"
        + "<code>/card/fields</code></a>"
    static let scenarios =
        SandboxScenario.card + SandboxScenario.cardHolds + SandboxScenario.cardPages + SandboxScenario.cardRefunds
    static let accounts = [
        SandboxAccountRule(
            kind: "card", operator: .card, account: .secret("secret_key"), signingSecret: "webhook_secret")
    ]

    /// The version that answers and events are rendered in.
    static let version = "2026-10-28.endive"

    let tools: OperatorTools
    let state = Mutex(CardState())
    /// How long a stored answer is remembered, in milliseconds.
    let window: Int64

    init(_ tools: OperatorTools) {
        self.tools = tools
        window = tools.idempotencyWindowMilliseconds
    }

    static func callbackHeaders(
        for body: [UInt8], registration: SandboxRegistration?, now: Int64
    ) -> [SandboxCallback.Header] {
        guard let secret = registration?.secret else { return [] }
        return [
            .init(
                name: "Stripe-Signature", value: CardSignature.header(body: body, secret: secret, seconds: now / 1000))
        ]
    }

    /// Money moves at confirm and at the older charge.
    func operation(of request: SandboxRequest) -> SandboxOperation? {
        let parts = request.path.split(separator: "/")
        guard parts.count >= 2 else { return nil }
        return switch (request.method, parts[1], parts.count, parts.last) {
        case ("POST", "payment_intents", 2, _), ("POST", "checkout", 3, _): .open
        case ("POST", "payment_intents", 4, "confirm"), ("POST", "charges", 2, _): .collect
        case ("POST", "payment_intents", 4, "cancel"), ("POST", "checkout", 5, "expire"): .void
        case ("POST", "payment_intents", 4, "capture"), ("POST", "charges", 4, "capture"): .capture
        case ("POST", "refunds", 2, _): .refund
        case ("POST", "tokens", 2, _): .open
        case ("GET", "refunds", _, _): .check
        case ("GET", "balance", 2, _): .balance
        case ("GET", "payment_intents", _, _), ("GET", "charges", _, _), ("GET", "checkout", _, _): .check
        default: nil
        }
    }

    /// Answers one request below `/card`.
    func answer(_ request: SandboxRequest) async throws -> Answer {
        if let id = request.tail(after: "/3ds/") { return try securePage(id, request) }
        if let id = request.tail(after: "/c/pay/") { return try sessionPage(id, request) }
        if request.path == "/v1/tokens" { return try tokens(request) }
        if request.method == "GET", let file = CardFieldFiles.answer(request.path) { return file }
        let requestID = "req_\(Identifiers.token(14))"
        do {
            try authorize(request)
            let parameters =
                request.method == "POST"
                ? try CardParameters(body: request.body) : try CardParameters(pairs: request.query)
            let call = CardCall(
                request: request, requestID: requestID, parameters: parameters, now: tools.stage.now,
                address: tools.address.url)
            return try await route(call)
        } catch let refusal as CardRefusal {
            return dressed(.json(refusal.json, status: refusal.status), request, requestID)
        }
    }

    /// Finds the operation of a call.
    private func route(_ call: CardCall) async throws -> Answer {
        let parts = call.request.path.split(separator: "/").map(String.init)
        guard parts.first == "v1", parts.count >= 2 else { throw unknownAddress(call) }
        switch (call.request.method, parts[1], parts.count) {
        case ("POST", "payment_intents", 2):
            try note("create_intent", call.parameters.map("metadata")["reference"])
            return try await run(call) { try spending($1, &$0) { try createIntent(&$0, $1) } }
        case ("POST", "payment_intents", 4) where parts[3] == "confirm":
            try note("confirm_intent", intentReference(parts[2]))
            return try await run(call) { try spending($1, &$0) { try confirmIntent(parts[2], &$0, $1) } }
        case ("POST", "payment_intents", 4) where parts[3] == "cancel":
            try note("cancel_intent", intentReference(parts[2]))
            return try await run(call) { try cancelIntent(parts[2], &$0, $1) }
        case ("GET", "payment_intents", 3):
            try note("get_intent", intentReference(parts[2]))
            return try dressed(.json(getIntent(parts[2], call)), call.request, call.requestID)
        case ("GET", "payment_intents", 2):
            try note("list_intents", nil)
            return try dressed(.json(listIntents(call)), call.request, call.requestID)
        case ("POST", "payment_intents", 3):
            try note("modify_intent", intentReference(parts[2]))
            return try await run(call) { try modifyIntent(parts[2], &$0, $1) }
        case (_, "checkout", 3...5) where parts[2] == "sessions": return try await routeSession(call, parts)
        case ("POST", "charges", 3):
            try note("modify_charge", state.withLock { $0.charges[parts[2]]?.reference } ?? parts[2])
            return try await run(call) { try modifyCharge(parts[2], &$0, $1) }
        case ("GET", "refunds", 3):
            try note("get_refund", parts[2])
            return try dressed(.json(getRefund(parts[2], call)), call.request, call.requestID)
        case ("POST", "charges", 2):
            try note("create_charge", call.parameters.map("metadata")["reference"])
            return try await run(call) { try spending($1, &$0) { try createCharge(&$0, $1) } }
        case ("POST", "payment_intents", 4) where parts[3] == "capture":
            try note("capture_intent", intentReference(parts[2]))
            return try await run(call) { try captureIntent(parts[2], &$0, $1) }
        case ("POST", "charges", 4) where parts[3] == "capture":
            try note("capture_charge", state.withLock { $0.charges[parts[2]]?.reference } ?? parts[2])
            return try await run(call) { try captureCharge(parts[2], &$0, $1) }
        case ("POST", "refunds", 2):
            try note("create_refund", call.parameters.map("metadata")["reference"])
            return try await run(call) { try createRefund(&$0, $1) }
        case ("GET", "refunds", 2):
            try note("list_refunds", call.parameters["payment_intent"] ?? call.parameters["charge"])
            return try dressed(.json(listRefunds(call)), call.request, call.requestID)
        case ("GET", "charges", 2):
            try note("list_charges", call.parameters["transfer_group"])
            return try dressed(.json(listCharges(call)), call.request, call.requestID)
        case ("GET", "charges", 3):
            try note("get_charge", state.withLock { $0.charges[parts[2]]?.reference } ?? parts[2])
            return try dressed(.json(getCharge(parts[2], call)), call.request, call.requestID)
        case ("GET", "balance", 2):
            try note("get_balance", nil)
            return dressed(.json(balance), call.request, call.requestID)
        default: throw unknownAddress(call)
        }
    }

    /// Finds the operation of a call about pages.
    private func routeSession(_ call: CardCall, _ parts: [String]) async throws -> Answer {
        let name = parts.count > 3 ? state.withLock { $0.sessions[parts[3]]?.reference } ?? parts[3] : nil
        switch (call.request.method, parts.count) {
        case ("POST", 3):
            try note("create_session", call.parameters.map("metadata")["reference"])
            return try await run(call) { try createSession(&$0, $1) }
        case ("GET", 3):
            try note("list_sessions", nil)
            return try dressed(.json(listSessions(call)), call.request, call.requestID)
        case ("GET", 4):
            try note("get_session", name)
            return try dressed(.json(getSession(parts[3], call)), call.request, call.requestID)
        case ("POST", 5) where parts[4] == "expire":
            try note("expire_session", name)
            return try await run(call) { try expireSession(parts[3], &$0, $1) }
        default: throw unknownAddress(call)
        }
    }

    /// What the books hold, on top of what the account began with; all of it available at once.
    private var balance: JSONValue {
        var amounts: [String: Int64] = ["usd": 1_000_000]
        for movement in tools.recorder.books.movements where movement.operator == .card {
            let amount = movement.kind == .collect ? movement.amount : -movement.amount
            amounts[movement.currency.lowercased(), default: 0] += amount
        }
        let available = amounts.sorted { $0.key < $1.key }.map { currency, amount in
            JSONValue.object([
                .init(name: "amount", value: .number(amount)), .init(name: "currency", value: .text(currency)),
                .init(name: "source_types", value: .object([.init(name: "card", value: .number(amount))])),
            ])
        }
        return ["object": "balance", "available": .list(available), "livemode": .bool(false), "pending": .list([])]
    }

    private func note(_ operation: String, _ reference: String?) throws {
        try tools.recorder.requests.log(.card, operation, reference ?? "")
    }

    private func intentReference(_ id: String) -> String { state.withLock { $0.intents[id]?.reference } ?? id }

    private func unknownAddress(_ call: CardCall) -> CardRefusal {
        CardRefusal(
            status: 404,
            message: "Unrecognized request URL (\(call.request.method): \(call.request.path)).")
    }

    /// Checks the secret key, as a bearer token or as the user name of HTTP Basic.
    private func authorize(_ request: SandboxRequest) throws(CardRefusal) {
        guard let key = apiKey(of: request), !key.isEmpty else {
            throw CardRefusal(status: 401, message: "You did not provide an API key.")
        }
        if key.hasPrefix("pk_") {
            throw CardRefusal(
                status: 401, code: "secret_key_required", message: "This call needs a secret key.")
        }
        guard key == SandboxCredentials.cardSecretKey else {
            throw CardRefusal(status: 401, message: "Invalid API Key provided.")
        }
    }

    /// The key of a request, as a bearer token or as the user name of HTTP Basic.
    func apiKey(of request: SandboxRequest) -> String? {
        if let header = request.authorization, header.prefix(6).lowercased() == "basic ",
            let bytes = Base64URL.decode(header.dropFirst(6)), let pair = String(validating: bytes, as: UTF8.self)
        {
            return pair.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init)
        }
        return request.bearer.map(String.init)
    }
}
