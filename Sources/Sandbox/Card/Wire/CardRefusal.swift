/// A call that the card operator turns away before it runs; nothing is stored under its idempotency key.
struct CardRefusal: Error, Sendable {
    var status = 400
    var type = "invalid_request_error"
    var code: String?
    var message: String
    var param: String?
    /// More members of the error object.
    var extra: [JSONValue.Member] = []
    /// Whether the endpoint had begun to run, so that the answer is stored under the key (5.1).
    var isStored = false

    /// A 400.
    static func invalid(_ message: String, code: String?, param: String? = nil) -> CardRefusal {
        CardRefusal(code: code, message: message, param: param)
    }

    /// An id, token or address that does not exist.
    static func missing(_ what: String, _ id: String, param: String = "id", status: Int = 404) -> CardRefusal {
        CardRefusal(status: status, code: "resource_missing", message: "No such \(what): '\(id)'", param: param)
    }

    /// A call that the intent's state does not allow; carries the intent.
    static func unexpectedState(_ message: String, _ intent: JSONValue) -> CardRefusal {
        CardRefusal(
            code: "payment_intent_unexpected_state", message: message,
            extra: [JSONValue.Member(name: "payment_intent", value: intent)], isStored: true)
    }

    /// The body of an error (docs/protocols/card.md, 3).
    var json: JSONValue {
        var members: [JSONValue.Member] = []
        if let code {
            members.append(.init(name: "code", value: .text(code)))
            members.append(.init(name: "doc_url", value: .text("https://stripe.com/docs/error-codes/\(code)")))
        }
        members.append(.init(name: "message", value: .text(message)))
        if let param { members.append(.init(name: "param", value: .text(param))) }
        members += extra
        members.append(.init(name: "type", value: .text(type)))
        return ["error": .object(members)]
    }
}
