import Router
import WebText

/// What a transfer will cost, promised for some minutes: everything it is about, sealed for whoever asked.
struct Quote: Sendable {
    var app: AppID
    var environment: PayEnvironment
    /// The body that was quoted, without `null`s.
    var body: JSONValue
    /// In minor units.
    var fee: Int64
    var expiresAt: Moment

    /// How long a quote holds, in seconds.
    static let lifetimeSeconds: Int64 = 600

    /// Tells a quote from whatever else was ever sealed with the same key.
    private static let purpose = "transfer_quote"

    /// The text that callers keep; `nil` if sealing fails.
    func text(_ sealer: Sealer) -> String? {
        let content: JSONValue = [
            "purpose": .string(Self.purpose), "app": .string(app.text), "environment": .string(environment.rawValue),
            "body": body, "fee": JSONValue(fee), "expires_at": JSONValue(expiresAt.milliseconds),
        ]
        return sealer.seal(content.serialized()).map { Base64.encode(urlSafe: $0) }
    }

    /// Reads what a caller kept.
    ///
    /// - Throws: `invalid_quote` if it is none of this caller's that holds now.
    init(_ text: String, _ caller: Caller, _ sealer: Sealer, at now: Moment) throws(Problem) {
        guard let sealed = Base64.decode(urlSafe: text), let bytes = sealer.open(sealed),
            let content = try? StrictJSON.parse(bytes, maximumDepth: 64),
            content["purpose"]?.stringValue == Self.purpose, let fee = content["fee"]?.integerValue,
            let end = content["expires_at"]?.integerValue, let body = content["body"],
            content["app"]?.stringValue == caller.app.text,
            content["environment"]?.stringValue == caller.environment.rawValue
        else { throw Self.refused("is no quote of this app in this environment, or was altered") }
        expiresAt = Moment(milliseconds: end)
        guard now < expiresAt else { throw Self.refused("held until \(expiresAt)") }
        (app, environment, self.body, self.fee) = (caller.app, caller.environment, body, fee)
    }

    init(_ caller: Caller, _ body: JSONValue, fee: Int64, at now: Moment) {
        (app, environment) = (caller.app, caller.environment)
        self.body = body.withoutNulls
        self.fee = fee
        expiresAt = now.adding(seconds: Self.lifetimeSeconds)
    }

    /// Whether what stands beside the quote in a body is nothing, or what was quoted.
    func fits(_ rest: JSONObject) -> Bool {
        let rest = JSONValue.object(rest).withoutNulls
        return rest.objectValue?.members.isEmpty ?? true || rest.canonical() == body.canonical()
    }

    static func refused(_ why: String) -> Problem {
        Problem(
            .invalidQuote, "the quote \(why)",
            errors: [JSONIssue(pointer: "/quote", code: "invalid_quote", detail: "ask for a new one: POST /v1/quotes")])
    }
}
