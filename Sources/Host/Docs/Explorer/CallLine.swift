import Router
import WebText

/// A call of the document as a line for `curl`, filled with what its description gives for example.
struct CallLine {
    static let idempotencyKey = "Idempotency-Key"

    let document: JSONValue
    var method: String
    var url: String
    var body: JSONValue?
    var access = CallAccess.none

    /// The line, with samples for what the call needs.
    func command(_ parameters: [JSONValue]) -> CurlCommand {
        var command = CurlCommand(method: method, url: url, body: body)
        if let variable = access.variable {
            command.headers.append(("Authorization", .filledIn("Bearer $\(variable)")))
        }
        var query: [String] = []
        for parameter in parameters {
            let name = parameter["name"]?.stringValue ?? ""
            let isRequired = parameter["required"] == true
            switch parameter["in"] {
            case "path": command.url = command.url.replacing("{\(name)}", with: PercentText.encoded(sample(parameter)))
            case "query" where isRequired: query.append("\(name)=\(PercentText.encoded(sample(parameter)))")
            case "header" where name == Self.idempotencyKey:
                command.headers.append((name, .filledIn("$(openssl rand -hex 16)")))
            default: break
            }
        }
        if !query.isEmpty { command.url += "?" + query.joined(separator: "&") }
        return command
    }

    /// What a parameter may look like: its own example, its schema's, its first value, or its name.
    private func sample(_ parameter: JSONValue) -> String {
        var schema = document.referred(by: parameter["schema"] ?? .null)
        if let option = schema["anyOf"]?.arrayValue?.first { schema = document.referred(by: option) }
        let inSchema = schema["examples"]?.arrayValue?.first ?? schema["enum"]?.arrayValue?.first
        let given = parameter["examples"]?.objectValue?.members.first?.value["value"] ?? parameter["example"]
        return (given ?? inSchema)?.scalarText ?? parameter["name"]?.stringValue?.uppercased() ?? ""
    }
}
