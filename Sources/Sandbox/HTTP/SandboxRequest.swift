import Pages
import WebText

/// One request, as an operator sees it: the operator's path prefix is already gone.
struct SandboxRequest: Sendable {
    /// Upper-case method.
    var method: String
    /// The path below the operator's prefix, undecoded, beginning with a slash.
    var path: String
    /// The query, decoded; empty if it could not be.
    var query: [(name: String, value: String)] = []
    /// Whether there was a query that could not be decoded.
    var hasForeignQuery = false
    /// The headers, names in lower case.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// The caller's address; empty if it is not known.
    var peer = ""

    /// The query; `nil` if there was one that could not be decoded, and might have meant anything.
    var readableQuery: [(name: String, value: String)]? { hasForeignQuery ? nil : query }

    /// The first value of a header, looked up without regard to case.
    func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name == wanted }?.value
    }

    var authorization: String? { header("authorization") }

    func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The value of a field of a form body.
    func field(_ name: String) -> String? {
        String(validating: body, as: UTF8.self).flatMap { FormText.pairs($0) }?.first { $0.name == name }?.value
    }

    /// The bearer token of ``authorization``.
    var bearer: Substring? {
        guard let authorization, authorization.prefix(7).lowercased() == "bearer " else { return nil }
        return authorization.dropFirst(7)
    }

    /// What follows `prefix` in the path, decoded, if the path begins with it and nothing else follows.
    func tail(after prefix: String) -> String? {
        guard path.hasPrefix(prefix) else { return nil }
        let rest = path.dropFirst(prefix.count)
        guard !rest.isEmpty, !rest.contains("/") else { return nil }
        return FormText.decoded(rest)
    }
}

/// What an operator answers, and how the answer leaves.
struct Answer: Sendable {
    /// What happens to the connection.
    enum Delivery: Sendable, Hashable {
        /// The answer is sent whole.
        case whole
        /// The connection is closed and not one byte is sent.
        case dropped
        /// More bytes are announced than sent; then the connection is closed.
        case truncated
    }

    struct Header: Sendable, Hashable {
        var name: String
        var value: String
    }

    var status: Int
    var headers: [Header] = []
    var contentType = "application/json"
    var body: [UInt8] = []
    var delivery = Delivery.whole

    static func json(_ value: JSONValue, status: Int = 200) -> Answer { Answer(status: status, body: value.bytes) }

    static func html(_ text: String, status: Int = 200) -> Answer {
        Answer(status: status, contentType: "text/html; charset=utf-8", body: Array(text.utf8))
    }

    /// Sends the browser on with a GET.
    static func seeOther(_ url: String) -> Answer {
        Answer(status: 303, headers: [Header(name: "Location", value: url)])
    }

    /// A closed connection instead of an answer.
    static let dropped = Answer(status: 500, delivery: .dropped)

    /// The same answer, cut off on its way.
    var truncated: Answer {
        var answer = self
        answer.delivery = .truncated
        return answer
    }

    /// A page as a broken gateway might send it, with a status that says success.
    static let gatewayPage = Answer.html(SandboxPage.maintenance.rendered())

    /// The answer to a path or method that does not exist here.
    static let notFound = Answer.json(["error": "There is nothing at this address."], status: 404)
}
