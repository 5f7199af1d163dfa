import Crypto

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
        return CardSignature.hex(SHA256.hash(data: Array(text.utf8)).prefix(16))
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
