import Router

/// One call as a file of `Resources/openapi` describes it.
///
/// What code knows better than prose is kept by name: `x-access` says who may call, `x-problems` for which reasons the
/// call is refused. The rest is an OpenAPI operation object without `security`, `tags`, the answers that are problems and
/// what the idempotency key brings along.
struct DescribedCall: Sendable {
    var method: String
    /// The path as OpenAPI writes it: what a route table calls `{rest...}` is `{rest}` here.
    var path: String
    var access: RouteTable.Access
    /// Why it is refused, besides what every call of this access is refused for.
    var problems: [ProblemCode]
    /// The operation object, without `x-access` and `x-problems`.
    var operation: JSONObject

    /// - Throws: If access or a problem has no name that is known.
    init(_ method: String, _ path: String, _ operation: JSONObject) throws(OpenAPIFault) {
        self.method = method.uppercased()
        self.path = path
        let place = "\(self.method) \(path)"
        let name = operation["x-access"]?.stringValue ?? ""
        guard let access = Self.accesses[name] else {
            throw OpenAPIFault(
                description: "\(place): x-access is open, secret_key, any_key or holder, not \"\(name)\"")
        }
        self.access = access
        problems = []
        for code in (operation["x-problems"]?.arrayValue ?? []).compactMap(\.stringValue) {
            guard let codes = Self.groups[code] ?? ProblemCode(rawValue: code).map({ [$0] }) else {
                throw OpenAPIFault(description: "\(place): x-problems has no code and no group \"\(code)\"")
            }
            problems += codes
        }
        self.operation = JSONObject(operation.members.filter { !["x-access", "x-problems"].contains($0.name) })
    }

    private static let accesses: [String: RouteTable.Access] = [
        "open": .open, "secret_key": .secretKey, "any_key": .anyKey, "holder": .holder,
    ]

    /// The groups of problems that calls share.
    static let groups: [String: [ProblemCode]] = [
        // An idempotency key is required.
        "idempotent": [.idempotencyKeyRequired, .idempotencyKeyInvalid, .idempotencyKeyReused],
        // A strict JSON body is read.
        "reading_body": [.invalidJSON, .invalidRequest, .cardNumberRefused, .bodyTooLarge, .unsupportedMediaType],
        // Query parameters are read.
        "reading_query": [.invalidParameter, .cardNumberRefused],
        // The body describes a payment.
        "describing_payment": [.unsupportedCurrency, .unknownChannel, .invalidPhone, .notSupported],
        // The body names wallets of the platform's own.
        "naming_wallets": [.walletUnusable, .walletLimitReached, .holderRequired, .insufficientFunds],
    ]

    /// Whether the call needs an idempotency key, and answers a repetition with what it did before.
    var takesIdempotencyKey: Bool { problems.contains(.idempotencyKeyRequired) }

    /// The name of the operation.
    var id: String { operation["operationId"]?.stringValue ?? "" }

    /// All reasons for a refusal, in the order of ``ProblemCode``.
    var allProblems: [ProblemCode] {
        var codes = Set(problems + [.rateLimited])
        switch access {
        case .open, .console: break
        case .secretKey: codes.formUnion([.unauthorized, .forbidden, .unavailable])
        case .anyKey, .holder: codes.formUnion([.unauthorized, .unavailable])
        }
        return ProblemCode.allCases.filter { codes.contains($0) }
    }
}
