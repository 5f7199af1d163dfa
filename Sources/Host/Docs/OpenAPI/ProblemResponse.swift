import Router

/// The answers that are problems, as the document describes them.
///
/// Codes and statuses are those of ``ProblemCode``.
enum ProblemResponse {
    /// One answer: all codes of a call that share a status.
    ///
    /// `isChallenge` says whether an answer 401 names the scheme to authenticate with.
    static func json(_ status: Int, _ codes: [ProblemCode], isChallenge: Bool) -> JSONValue {
        var headers = JSONObject([
            .init("Request-Id", header("RequestId")), .init("Cache-Control", header("NoStore")),
        ])
        if codes.contains(where: \.isRetryable) { headers["Retry-After"] = header("RetryAfter") }
        if codes.contains(.rateLimited) {
            for (name, header) in limitHeaders { headers[name] = header }
        }
        if status == 401, isChallenge { headers["WWW-Authenticate"] = header("WWWAuthenticate") }
        let lines = codes.map { "- `\($0.rawValue)`: \($0.title)" }
        return [
            "description": .string(lines.joined(separator: "\n")),
            "headers": .object(headers),
            "content": [
                "application/problem+json": [
                    "schema": [
                        "allOf": [
                            ["$ref": "#/components/schemas/Problem"],
                            [
                                "type": "object",
                                "properties": [
                                    "status": ["const": JSONValue(Int64(status))],
                                    "code": ["enum": .array(codes.map { .string($0.rawValue) })],
                                ],
                            ],
                        ]
                    ],
                    "examples": .object(JSONObject(codes.map { .init($0.rawValue, ["value": example($0)]) })),
                ]
            ],
        ]
    }

    /// What tells a caller how much it may do.
    static var limitHeaders: [(name: String, header: JSONValue)] {
        [("RateLimit-Policy", header("RateLimitPolicy")), ("RateLimit", header("RateLimit"))]
    }

    static func header(_ name: String) -> JSONValue { ["$ref": .string("#/components/headers/\(name)")] }

    private static func example(_ code: ProblemCode) -> JSONValue {
        [
            "type": .string("{{url}}/problems/\(code.rawValue)"), "title": .string(code.title),
            "status": JSONValue(Int64(code.status)), "detail": .string(code.page.cause), "code": .string(code.rawValue),
            "request_id": "req_01M7Y8G2S6JX8181ZXVTQAHGSK", "retryable": .bool(code.isRetryable),
            "outcome": .string(Problem.Outcome.notExecuted.rawValue),
        ]
    }
}
