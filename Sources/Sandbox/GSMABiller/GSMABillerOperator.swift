import Synchronization

extension SandboxOperator {
    /// Prepaid electricity, paid by meter number over the bill payments of the GSMA Mobile Money API; XOF
    /// (docs/protocols/gsma-biller.md).
    public static let gsmaBiller = SandboxOperator(named: "gsma-biller")
}

extension SandboxCredentials {
    /// The biller's API key.
    public static let billerKey = "electricity-practice-key"
    /// The biller's client id, for those that log in.
    public static let billerClient = "electricity-practice-client"
    /// Its password.
    public static let billerSecret = "electricity-practice-secret"
}

/// A practice biller for prepaid electricity: known are the meters of eleven digits, and each payment brings a token of
/// twenty.
final class GSMABillerOperator: SimulatedOperator {
    static let name = SandboxOperator.gsmaBiller
    static let about =
        "Prepaid electricity by meter number at `/gsma-biller`; a payment brings a token of twenty digits."
    static let scenarios = SandboxScenario.biller

    let tools: OperatorTools
    let book: PaymentBook
    /// Access tokens given out; a restart forgets them.
    let bearers = Mutex<Set<String>>([])

    init(_ tools: OperatorTools) {
        self.tools = tools
        // Nobody is notified: its partners ask.
        book = PaymentBook(.gsmaBiller, tools) { _, _ in nil }
    }

    static let routes = RouteTable<GSMABillerOperator, SandboxRequest>([
        .init("POST", "/oauth/accesstoken", .login) { one, request, _ in try one.login(request) }
    ])

    /// Its calls for whoever may call.
    static let calls = RouteTable<GSMABillerOperator, SandboxRequest>([
        .init("GET", "/accounts/*/{meter}/bills", .party) { one, _, values in try one.bills(values[1]) },
        .init("POST", "/accounts/*/{meter}/bills/payments", .payout) { one, request, values in
            try await one.pay(request, values[1], bill: nil)
        },
        .init("POST", "/accounts/*/{meter}/bills/{bill}/payments", .payout) { one, request, values in
            try await one.pay(request, values[1], bill: values[2])
        },
        .init("GET", "/accounts/*/{meter}/bills/payments/*", .check) { one, _, values in try one.payment(values[2]) },
        .init("GET", "/requeststates/*", .check) { one, _, values in try one.state(values[0]) },
        .init("GET", "/responses/*", .check) { one, _, values in try one.response(values[0]) },
        .init("GET", "/heartbeat") { _, _, _ in .json(["serviceStatus": "available"]) },
    ])

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        Self.routes.operation(of: request) ?? Self.calls.operation(of: request)
    }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        if let answer = try await Self.routes.answer(request, with: request, by: self) { return answer }
        guard isSignedIn(request) else {
            return Self.error(401, "authorisation", "clientAuthorisationError")
        }
        return try await Self.calls.answer(request, with: request, by: self) ?? .notFound
    }

    private func isSignedIn(_ request: SandboxRequest) -> Bool {
        if request.header("X-API-Key") == SandboxCredentials.billerKey { return true }
        return request.bearer.map { token in bearers.withLock { $0.contains(String(token)) } } ?? false
    }

    func restore(_ line: JournalLine) { book.restore(line) }
    func armAll() { book.armAll() }

    /// An error in the standard's shape.
    static func error(_ status: Int, _ category: String, _ code: String) -> Answer {
        .json(["errorCategory": .text(category), "errorCode": .text(code)], status: status)
    }

    static let unknownAccount = error(404, "identification", "identifierError")
}
