import Router
import RouterTestKit

@testable import Providers

extension Described {
    static let errorCodes = ["/error/type", "/error/code", "/error/param"]

    /// The errors of every call; an object beside them means nothing.
    static func errors(_ codes: [String], _ more: [(Int, JSONValue)] = []) -> [ReplyTable.Row] {
        let beside = Set(codes)
        func row(
            _ meaning: ReplyTable.Meaning, _ status: Int, _ code: JSONValue?, _ type: JSONValue,
            param: JSONValue? = nil, whatever: Set<String> = []
        ) -> ReplyTable.Row {
            .init(
                meaning, status, ["error": changed(["type": type], ["code": code, "param": param])],
                whatever: beside.union(whatever))
        }
        let (type, code, param) = ("/error/type", "/error/code", "/error/param")
        var rows = [
            row(.refused, 402, "card_declined", "card_error", whatever: [code, param]),
            row(.refused, 401, nil, "invalid_request_error", whatever: [type, code, param]),
            row(.refused, 403, nil, "invalid_request_error", whatever: [type, code, param]),
            row(.refused, 429, "rate_limit", "invalid_request_error", whatever: [type, code, param]),
            row(.unclear, 400, "anything", "idempotency_error"),
            row(.unclear, 400, "payment_intent_unexpected_state", "invalid_request_error"),
            row(.unclear, 409, "idempotency_key_in_use", "idempotency_error"),
            row(.unclear, 424, nil, "api_error"),
        ]
        for word: JSONValue in ["token_already_used", "amount_too_small", "amount_too_large", "parameter_missing"] {
            rows.append(row(.refused, 400, word, "invalid_request_error", whatever: [type, param]))
        }
        for status in [400, 404] {
            rows.append(
                row(
                    .refused, status, "resource_missing", "invalid_request_error", param: "payment_method",
                    whatever: [type]))
        }
        return rows + more.map { row(.refused, $0.0, $0.1, "invalid_request_error", whatever: [type, param]) }
    }

    /// An error of the parameters that no table lists: refused, once the object shows that nothing was tried.
    static func unlistedErrors(_ codes: [String]) -> ReplyTable.Row {
        .init(
            .refusedForNow, 400, ["error": ["type": "invalid_request_error", "code": "some_new_code"]],
            whatever: Set(codes + ["/error/code", "/error/param"]))
    }
}
