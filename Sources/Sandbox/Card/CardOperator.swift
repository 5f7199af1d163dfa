import Synchronization
import WebText

extension SandboxOperator {
    /// Cards, in the wire format of Stripe: PaymentIntents and Charges (docs/protocols/card.md).
    public static let card = SandboxOperator(named: "card")
}

extension SandboxCredentials {
    /// The card operator's secret key.
    public static let cardSecretKey = "sk_test_sandbox"
    /// Its publishable key, with which browsers make tokens.
    public static let cardPublishableKey = "pk_test_sandbox"
}

/// Cards in the wire format of Stripe (docs/protocols/card.md, 1 to 8): PaymentIntents and Charges, captured
/// at once or later, refunds and disputes.
final class CardOperator: SimulatedOperator {
    static let name = SandboxOperator.card
    static let about = "Cards at `/card`; 3-D Secure pages have buttons. Type a card:"
    static let trial: String? = "/card/fields?key=\(SandboxCredentials.cardPublishableKey)"
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

    /// What payers' browsers ask for.
    static let routes = RouteTable<CardOperator, SandboxRequest>([
        .init(nil, "/3ds/{intent}") { one, request, values in try one.securePage(values[0], request) },
        .init(nil, "/c/pay/{session}") { one, request, values in try one.sessionPage(values[0], request) },
        .init("POST", "/v1/tokens", .open) { one, request, _ in try one.tokens(request) },
        .init(nil, "/v1/tokens") { one, request, _ in try one.tokens(request) },
    ])

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        Self.routes.operation(of: request) ?? Self.calls.operation(of: request)
    }

    /// Answers one request below `/card`.
    func answer(_ request: SandboxRequest) async throws -> Answer {
        if let answer = try await Self.routes.answer(request, with: request, by: self) { return answer }
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
            if let answer = try await Self.calls.answer(request, with: call, by: self) { return answer }
            throw CardRefusal(
                status: 404, message: "Unrecognized request URL (\(request.method): \(request.path)).")
        } catch let refusal as CardRefusal {
            return dressed(.json(refusal.json, status: refusal.status), request, requestID)
        }
    }

    /// What the books hold, on top of what the account began with; all of it available at once.
    var balance: JSONValue {
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
            let bytes = Base64.decode(header.dropFirst(6)), let pair = String(validating: bytes, as: UTF8.self)
        {
            return pair.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init)
        }
        return request.bearer.map(String.init)
    }
}
