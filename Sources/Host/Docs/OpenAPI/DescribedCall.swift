/// One call as the OpenAPI document describes it.
///
/// What code knows better than prose is typed: who may call, and for which reasons it is refused. The rest is the JSON
/// of an OpenAPI operation object without `security`, `tags`, the answers that are problems and what the idempotency key
/// brings along.
struct DescribedCall: Sendable {
    var method: String
    /// The path as OpenAPI writes it: what a route table calls `{rest...}` is `{rest}` here.
    var path: String
    var access: RouteTable.Access
    /// Why it is refused, besides what every call of this access is refused for.
    var problems: [ProblemCode]
    var operation: String

    init(
        _ method: String, _ path: String, _ access: RouteTable.Access, problems: [ProblemCode] = [], _ operation: String
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.problems = problems
        self.operation = operation
    }

    /// Whether the call needs an idempotency key, and answers a repetition with what it did before.
    var takesIdempotencyKey: Bool { problems.contains(.idempotencyKeyRequired) }

    /// All reasons for a refusal, in the order of ``ProblemCode``.
    var allProblems: [ProblemCode] {
        var codes = Set(problems + [.rateLimited])
        switch access {
        case .open: break
        case .secretKey: codes.formUnion([.unauthorized, .forbidden, .unavailable])
        case .anyKey: codes.formUnion([.unauthorized, .unavailable])
        }
        return ProblemCode.allCases.filter { codes.contains($0) }
    }
}

/// The calls under one heading, and the schemas they bring.
struct DescribedPart: Sendable {
    var tag: String
    /// What the calls are for, in a sentence or two.
    var about: String
    var calls: [DescribedCall]
    /// A JSON object of named schemas.
    var schemas: String

    init(_ tag: String, _ about: String, _ calls: [DescribedCall], schemas: String = "{}") {
        self.tag = tag
        self.about = about
        self.calls = calls
        self.schemas = schemas
    }
}

/// The groups of problems that calls share.
extension [ProblemCode] {
    /// A strict JSON body is read.
    static let readingBody: Self = [
        .invalidJSON, .invalidRequest, .cardNumberRefused, .bodyTooLarge, .unsupportedMediaType,
    ]
    /// An idempotency key is required.
    static let idempotent: Self = [.idempotencyKeyRequired, .idempotencyKeyInvalid, .idempotencyKeyReused]
    /// Query parameters are read.
    static let readingQuery: Self = [.invalidParameter, .cardNumberRefused]
    /// The body describes a payment.
    static let describingPayment: Self = [.unsupportedCurrency, .unknownChannel, .invalidPhone, .notSupported]
}
