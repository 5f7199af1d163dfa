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
    static let gatewayPage = Answer.html(
        "<html><head><title>Service</title></head><body><h1>Maintenance</h1></body></html>")

    /// The answer to a path or method that does not exist here.
    static let notFound = Answer.json(["error": "There is nothing at this address."], status: 404)
}
