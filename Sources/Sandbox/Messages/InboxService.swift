/// The inbox over HTTP: `/_messages` for programs, `/_inbox` for people.
struct InboxService: Sendable {
    /// The first path components that it answers.
    static let names: Set<String> = ["_messages", "_inbox"]

    let inbox: MessageInbox
    let stage: Stage
    let address: PublicAddress

    /// Whether a request hands a message over, so that a fault can be aimed at it.
    func isDelivery(_ name: String, _ request: SandboxRequest) -> Bool {
        name == "_messages" && request.method == "POST" && request.path == "/"
    }

    /// Answers a request whose first path component is `name`.
    func answer(_ name: String, _ request: SandboxRequest) throws -> Answer {
        guard request.path == "/" else { return .notFound }
        guard request.readableQuery != nil else {
            return .json(["error": "the query is not percent-encoded UTF-8"], status: 400)
        }
        let recipient = request.parameter("to")
        switch (request.method, name) {
        case ("POST", "_messages"): return try take(request)
        case ("GET", "_messages"): return list(inbox.list(to: recipient))
        case ("DELETE", "_messages"):
            try inbox.empty()
            return list([])
        case ("GET", "_inbox"):
            return InboxPage(messages: inbox.list(to: recipient), recipient: recipient, base: address.url).answer
        default: return .notFound
        }
    }

    private func take(_ request: SandboxRequest) throws -> Answer {
        let asked: MessageRequest
        do throws(MessageRequest.Mistake) { asked = try MessageRequest(request.body) } catch {
            return .json(["error": .text(error.description)], status: 400)
        }
        return .json(try inbox.put(asked, at: stage.now).json, status: 201)
    }

    private func list(_ messages: [SandboxMessage]) -> Answer { .json(["messages": .list(messages.map(\.json))]) }
}
