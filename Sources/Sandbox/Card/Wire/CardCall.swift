import Crypto
import WebText

/// One authenticated call to the card operator.
struct CardCall: Sendable {
    var request: SandboxRequest
    /// The id of this call, `req_...`.
    var requestID: String
    var parameters: CardParameters
    /// Milliseconds since 1970.
    var now: Int64
    /// The sandbox's own address.
    var address: String

    /// The idempotency key, if the caller sent one.
    var key: String? { request.method == "POST" ? request.header("Idempotency-Key") : nil }

    /// Digest of what must be the same when a key is used again.
    var fingerprint: String {
        let text = "\(request.method) \(request.path)\n\(parameters.canonical)"
        return Hex.text(SHA256.hash(data: Array(text.utf8)).prefix(16))
    }

    /// The ids that the caller wants replaced by objects.
    ///
    /// Of what is allowed some is never set and stays null.
    func expansions(_ allowed: Set<String>) throws(CardRefusal) -> Set<String> {
        let asked = Set(parameters.list("expand"))
        if let foreign = asked.subtracting(allowed).min() {
            throw .invalid("This property cannot be expanded (\(foreign)).", code: nil, param: "expand")
        }
        return asked
    }

    /// The metadata, within the limits of 1.4.
    func metadata() throws(CardRefusal) -> [String: String] {
        let metadata = parameters.map("metadata").filter { !$0.value.isEmpty }
        guard metadata.count <= 50, metadata.allSatisfy({ $0.key.count <= 40 && $0.value.count <= 500 }) else {
            throw .invalid(
                "Metadata: at most 50 keys of 40 characters with values of 500.", code: "parameter_invalid_string",
                param: "metadata")
        }
        return metadata
    }
}

/// What a call did and what it answers.
struct CardOutcome: Sendable {
    var status = 200
    var body: JSONValue = nil
    /// The step to put on file.
    var line = JournalLine()
    /// How the answer leaves.
    var answer = AnswerStyle.truthful
    /// Whether the answer is stored under the key.
    var isStored = true

    /// Whether there is anything to put on file.
    var changesAnything: Bool { line.intent != nil || line.charge != nil || line.key != nil || line.records != nil }

    /// The connection closes before the call is looked at; nothing is stored.
    static let unread = CardOutcome(answer: .dropped, isStored: false)

    /// A page from a gateway; the call is never looked at.
    static let page = CardOutcome(answer: .page, isStored: false)

    /// The same outcome with an answer that says nothing about it.
    func withServerError() -> CardOutcome {
        var outcome = self
        outcome.status = 500
        outcome.body = ["error": .object(CardFailure.internalError.members)]
        return outcome
    }

    /// The same outcome, answered as a behaviour wants.
    func leaving(_ answer: AnswerStyle) -> CardOutcome {
        var outcome = answer == .serverError ? withServerError() : self
        outcome.answer = answer
        return outcome
    }
}

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

extension CardCall {
    /// The metadata after this call: names are merged, an empty value takes one away, an empty `metadata` all.
    func merged(into known: [String: String]) throws(CardRefusal) -> [String: String] {
        if parameters["metadata"] == "" { return [:] }
        _ = try metadata()
        var merged = known
        for (name, value) in parameters.map("metadata") { merged[name] = value.isEmpty ? nil : value }
        guard merged.count <= 50 else {
            throw .invalid("Metadata: at most 50 keys.", code: "parameter_invalid_string", param: "metadata")
        }
        return merged
    }

    /// A text after this call: empty takes it away.
    func changed(_ name: String, _ known: String?) -> String? {
        guard let text = parameters[name] else { return known }
        return text.isEmpty ? nil : text
    }
}

/// One page of a list, newest first (docs/protocols/card.md, 1.5).
enum CardPage {
    /// - Parameters:
    ///   - all: Ids and objects, newest first.
    ///   - what: What they are called in an error.
    ///   - url: The list's address.
    ///   - parameters: `limit`, `starting_after`, `ending_before`.
    /// - Returns: The list object.
    /// - Throws: ``CardRefusal`` if a parameter cannot be used.
    static func of(
        _ all: [(id: String, json: JSONValue)], _ what: String, _ url: String, _ parameters: CardParameters
    ) throws(CardRefusal) -> JSONValue {
        guard let limit = Int(parameters["limit"] ?? "10"), (1...100).contains(limit) else {
            throw .invalid("Invalid limit: 1 to 100.", code: "parameter_invalid_integer", param: "limit")
        }
        func index(_ name: String) throws(CardRefusal) -> Int? {
            guard let id = parameters[name] else { return nil }
            guard let index = all.firstIndex(where: { $0.id == id }) else {
                throw .missing(what, id, param: name, status: 400)
            }
            return index
        }
        let (after, before) = (try index("starting_after"), try index("ending_before"))
        guard after == nil || before == nil else {
            throw .invalid(
                "You cannot parameterize both starting_after and ending_before.", code: "parameter_invalid_empty",
                param: "starting_after")
        }
        let rest: ArraySlice<(id: String, json: JSONValue)>
        let shown: ArraySlice<(id: String, json: JSONValue)>
        if let before {
            rest = all[..<before]
            shown = rest.suffix(limit)
        } else {
            rest = all[(after.map { $0 + 1 } ?? 0)...]
            shown = rest.prefix(limit)
        }
        return [
            "object": "list", "url": .text(url), "has_more": .bool(rest.count > limit),
            "data": .list(shown.map(\.json)),
        ]
    }
}
