import Router

/// A call as a line for a shell that has `curl`: what is in it reaches the router as it is, whatever signs it holds.
struct CurlCommand: Sendable {
    var method: String
    var url: String
    var headers: [(name: String, value: Value)] = []
    var body: JSONValue?

    /// What stands behind a header's name.
    enum Value: Sendable, Hashable {
        case text(String)
        /// What the shell fills in, such as `$PAYROUTER_KEY`; written here, never from outside.
        case filledIn(String)
    }

    /// The whole line, broken where people read it.
    var text: String {
        let asked = method == (body == nil ? "GET" : "POST") ? "" : "-X \(method) "
        var words = ["curl -i \(asked)\(Self.quoted(url))"]
        for (name, value) in headers {
            switch value {
            case .text(let text): words.append("-H " + Self.quoted("\(name): \(text)"))
            case .filledIn(let text): words.append("-H \"\(name): \(text)\"")
            }
        }
        if let body {
            words.append("-H 'Content-Type: application/json'")
            words.append("--data-raw " + Self.quoted(body.jsonText))
        }
        return words.joined(separator: " \\\n  ")
    }

    /// One word for a POSIX shell.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
