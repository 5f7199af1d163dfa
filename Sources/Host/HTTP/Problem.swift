package import Router

/// Why a request was refused, as RFC 9457 problem details (rules PB-1 to PB-6).
package struct Problem: Error, Sendable {
    /// What happened to money because of this request.
    package enum Outcome: String, Sendable, CaseIterable { case notExecuted = "not_executed", unknown }

    package var code: ProblemCode
    /// This occurrence, for people.
    ///
    /// No secrets, no phone numbers, no host names.
    package var detail: String
    package var outcome: Outcome
    /// Faults of one document, with pointers.
    package var errors: [JSONIssue]
    package var payment: OrderID?
    /// Further members.
    package var extra: [(String, JSONValue)]
    /// Further members that tell of the order in ``payment``.
    package var ofOrder: [(String, JSONValue)]
    package var headers: [(name: String, value: String)]

    package init(
        _ code: ProblemCode, _ detail: String, outcome: Outcome = .notExecuted, errors: [JSONIssue] = [],
        payment: OrderID? = nil, extra: [(String, JSONValue)] = [], ofOrder: [(String, JSONValue)] = [],
        headers: [(name: String, value: String)] = []
    ) {
        self.code = code
        self.detail = detail
        self.outcome = outcome
        self.errors = errors
        self.payment = payment
        self.extra = extra
        self.ofOrder = ofOrder
        self.headers = headers
    }

    /// The problem alone, for callers who may not hear of orders.
    var withoutOrder: Problem {
        var problem = self
        if payment != nil { problem.detail = code.title }
        problem.payment = nil
        problem.ofOrder = []
        // What an app may still do in a day is not for browsers.
        if code == .dailyLimitReached { (problem.detail, problem.errors, problem.extra) = (code.title, [], []) }
        return problem
    }

    /// The problem document, with `Retry-After` where the same request may succeed later.
    package func response(request: RequestID, publicURL: String) -> APIResponse {
        var object = JSONObject([
            .init("type", .string("\(publicURL)/problems/\(code.rawValue)")),
            .init("title", .string(code.title)),
            .init("status", JSONValue(Int64(code.status))),
            .init("detail", .string(detail)),
            .init("code", .string(code.rawValue)),
            .init("request_id", .string(request.text)),
            .init("retryable", .bool(code.isRetryable)),
            .init("outcome", .string(outcome.rawValue)),
        ])
        if !errors.isEmpty {
            object["errors"] = .array(
                errors.map { issue in
                    [
                        "pointer": .string(issue.pointer), "code": .string(issue.code),
                        "detail": .string(issue.detail),
                    ]
                })
        }
        if let payment { object["payment_id"] = .string(payment.text) }
        for (name, value) in extra + ofOrder { object[name] = value }
        var response = APIResponse.json(
            bytes: JSONValue.object(object).serialized(), status: code.status, type: "application/problem+json")
        response.headers += headers
        if code.isRetryable, !headers.contains(where: { $0.name == "retry-after" }) {
            // Half of the callers come back a second later, so that not all come at once (rule RA-2).
            response.headers.append(("retry-after", request.text.utf8.last.map { $0 % 2 } == 0 ? "1" : "2"))
        }
        return response
    }
}
