import Router

/// The answers that are problems, as the document describes them: one in `components` for each status.
///
/// Codes and statuses are those of ``ProblemCode``; which of them a call may answer is its `x-problems`.
enum ProblemResponse {
    /// What a call's answers say of a status.
    static func reference(_ status: Int) -> JSONValue { ["$ref": .string("#/components/responses/\(name(status))")] }

    /// One answer for each status.
    static var all: [JSONObject.Member] {
        let statuses = Set(ProblemCode.allCases.map(\.status)).sorted()
        return statuses.map { status in
            .init(name(status), json(ProblemCode.allCases.filter { $0.status == status }, status))
        }
    }

    /// An example for each code.
    static var examples: [JSONObject.Member] {
        ProblemCode.allCases.map { code in
            let value: JSONValue = [
                "type": .string("{{url}}/problems/\(code.rawValue)"), "title": .string(code.title),
                "status": JSONValue(Int64(code.status)), "detail": .string(code.page.cause),
                "code": .string(code.rawValue), "request_id": "req_01M7Y8G2S6JX8181ZXVTQAHGSK",
                "retryable": .bool(code.isRetryable), "outcome": .string(Problem.Outcome.notExecuted.rawValue),
            ]
            return .init(exampleName(code), ["value": value])
        }
    }

    private static func name(_ status: Int) -> String { "Problem\(status)" }

    private static func exampleName(_ code: ProblemCode) -> String { "problem_\(code.rawValue)" }

    private static func json(_ codes: [ProblemCode], _ status: Int) -> JSONValue {
        var headers = ["Request-Id", "Cache-Control"]
        if codes.contains(where: \.isRetryable) { headers.append("Retry-After") }
        if codes.contains(.rateLimited) { headers += ["RateLimit-Policy", "RateLimit"] }
        if codes.contains(.unauthorized) { headers.append("WWW-Authenticate") }
        let lines = codes.map { "- `\($0.rawValue)`: \($0.title)" }
        return [
            "description": .string(lines.joined(separator: "\n")),
            "headers": .object(JSONObject(headers.map { .init($0, SuccessResponse.header($0)) })),
            "content": [
                "application/problem+json": [
                    "schema": ["$ref": "#/components/schemas/Problem"],
                    "examples": .object(
                        JSONObject(
                            codes.map {
                                .init($0.rawValue, ["$ref": .string("#/components/examples/\(exampleName($0))")])
                            })),
                ]
            ],
        ]
    }
}
