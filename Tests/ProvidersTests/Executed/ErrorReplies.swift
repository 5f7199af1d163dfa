import Router

/// What operators say with an error status, in their own form.
enum ErrorReplies {
    static let statuses = [400, 401, 402, 403, 404, 405, 409, 410, 415, 422, 425, 429, 499]

    struct Reply: Sendable {
        let name: String
        let make: @Sendable (_ reference: String) -> WireReply
    }

    static func all(_ configuration: String, _ operation: MoneyOperation, _ status: Int) -> [Reply] {
        let html = Array("<!doctype html><html><body><h1>Error</h1></body></html>".utf8)
        let plain = [
            Reply(name: "\(status) empty") { _ in WireReply(status: status) },
            Reply(name: "\(status) HTML") { _ in WireReply(status: status, body: html) },
            Reply(name: "\(status) {}") { _ in WireReply(status: status, body: Array("{}".utf8)) },
        ]
        return plain
            + usual(configuration, operation, status).enumerated().map { index, body in
                Reply(name: "\(status) usual \(index)") { reference in
                    let text = body.jsonText.replacing("$REFERENCE", with: reference)
                    return WireReply(status: status, body: Array(text.utf8))
                }
            }
    }

    /// The operator's own error bodies; `$REFERENCE` stands for ours.
    static func usual(_ configuration: String, _ operation: MoneyOperation, _ status: Int) -> [JSONValue] {
        let number = JSONValue(Int64(status))
        let text = JSONValue.string(String(status))
        switch configuration.split(separator: " ").first {
        case "tmoney":
            let codes = ["403", "501", "500", "5000", "4001", "\(status)"]
            return [["fault": ["code": text, "message": "m", "description": "d"]], ["fault": ["message": "m"]]]
                + codes.map { code in
                    operation == .payout
                        ? [
                            "code": .string(code), "statutRequete": "ECHEC", "typeRequete": "CREDIT",
                            "idRequete": "$REFERENCE",
                        ] : ["code": .string(code), "message": "m", "idRequete": "$REFERENCE"]
                }
        case "flooz":
            return ["1", "3", "4", "5", "8", "9", "10", "99", "100", "\(status)"]
                .map { ["status": .string($0), "message": "m"] }
        case "paygate":
            return [["tx_reference": "T1", "status": 2], ["status": 4], ["status": 6], ["status": number]]
                + [["error_code": number, "error_message": "m"], ["error_code": 400], ["error_code": 404]]
        case "mtn-momo":
            let codes = [
                "REQUEST_REJECTED", "RESOURCE_ALREADY_EXIST", "RESOURCE_NOT_FOUND", "NOT_ALLOWED", "INVALID_CURRENCY",
                "PAYER_NOT_FOUND", "INTERNAL_PROCESSING_ERROR",
            ]
            return codes.map { ["code": .string($0), "message": "m"] } + [["statusCode": number, "message": "denied"]]
        case "flouci":
            return [
                ["result": ["status": number, "message": "m"]], ["code": 1, "result": ["status": "FAILURE"]],
                ["code": 1], ["status": "FAILURE"], ["status": "error", "code": "REFUND_NOT_ALLOWED", "message": "m"],
            ]
        case "card":
            return [
                ["error": ["type": "invalid_request_error", "message": "m"]],
                ["error": ["type": "api_error", "message": "m"]],
                ["error": ["type": "invalid_request_error", "code": "resource_missing", "param": "id"]],
                ["error": ["type": "idempotency_error", "message": "m"]],
                ["error": ["type": "invalid_request_error", "code": "payment_intent_unexpected_state"]],
            ]
        default:
            return [
                ["code": number, "name": "Bad Request", "description": "<p>m</p>"],
                ["code": number, "msg": "m", "data": ["result": "FAIL", "err_code": "X"]],
                ["error_code": "FAIL", "error_message": "m", "status": "Available", "merchant_order_id": "$REFERENCE"],
            ]
        }
    }
}
