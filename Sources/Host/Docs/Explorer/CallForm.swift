import Pages
import Router

/// What tries a call on the page of documentation, made from its description: `docs/trying.mustache`.
struct CallForm {
    let document: JSONValue
    let publicURL: String

    /// The form and the line for a shell; or why there is none.
    ///
    /// - Parameters:
    ///   - method: The call's method.
    ///   - path: The call's path, with `{name}` for what varies.
    ///   - operation: The call's description.
    ///   - examples: The bodies that the description has, each with what it is about.
    /// - Returns: Either `form` or `elsewhere` is there.
    func model(
        _ method: String, _ path: String, _ operation: JSONValue, examples: [(about: String, body: JSONValue)]
    ) -> PageModel {
        if let why = elsewhere(path, operation) { return ["form": nil, "elsewhere": .text(why)] }
        let id = "try-" + (operation["operationId"]?.stringValue ?? "")
        let parameters = (operation["parameters"]?.arrayValue ?? []).map(document.referred)
        var line = CallLine(document: document, method: method, url: publicURL + path, body: examples.first?.body)
        let access = CallAccess(operation)
        line.access = access
        let form: PageModel = [
            "id": .text(id), "method": .text(method), "path": .text(path), "access": .text(access.rawValue),
            "fields": .list(parameters.map { field($0, id) }), "body": .model(body(examples, id)),
            "curl": .text(line.command(parameters).text),
        ]
        return ["form": .model(form), "elsewhere": nil]
    }

    /// Why a call has no form: it is for browsers, for operators, or at another port.
    private func elsewhere(_ path: String, _ operation: JSONValue) -> String? {
        let answers = (operation["responses"]?.objectValue?.members ?? []).map { document.referred(by: $0.value) }
        let answered = answers.first?["content"]?.objectValue?.members.map(\.name) ?? []
        if path.hasPrefix("/v1/") || answered.contains("application/json") { return nil }
        if answered.contains("*/*") { return "Operators call this, with what they sign. There is no form for it here." }
        if answered.contains("text/plain") {
            return "There is no form for it here: in production only the port of those who run the router answers it, "
                + "8081 unless --admin-port says otherwise."
        }
        return "This is for browsers: open its address in one."
    }

    private func field(_ parameter: JSONValue, _ form: String) -> PageModel {
        let (name, place) = (parameter["name"]?.stringValue ?? "", parameter["in"]?.stringValue ?? "")
        let values = document.referred(by: parameter["schema"] ?? .null)["enum"]?.arrayValue?.compactMap(\.scalarText)
        return [
            "id": .text("\(form)-\(place)-\(name)"), "name": .text(name), "place": .text(place),
            "isRequired": .flag(parameter["required"] == true), "isDeep": .flag(parameter["style"] == "deepObject"),
            "isFresh": .flag(name == CallLine.idempotencyKey),
            "choice": .model(values.map { ["options": .list($0.map { ["option": .text($0)] })] }),
        ]
    }

    private func body(_ examples: [(about: String, body: JSONValue)], _ form: String) -> PageModel? {
        guard let first = examples.first?.body.indented else { return nil }
        let options = examples.enumerated().map { index, example -> PageModel in
            ["value": .text("\(index)"), "option": .text(example.about.isEmpty ? "\(index + 1)" : example.about)]
        }
        return [
            "id": .text(form + "-body"), "json": .text(first),
            "height": .text("\(min(16, first.split(separator: "\n").count + 1))"),
            "examples": .model(
                examples.count > 1 ? ["id": .text(form + "-example"), "options": .list(options)] : nil),
        ]
    }
}
