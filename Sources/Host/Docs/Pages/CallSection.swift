import Pages
import Router

/// The reference part of the page: every call of the document, as `docs/call.mustache` shows it.
struct CallSection {
    let document: JSONValue
    let publicURL: String

    /// The headings of the document, each with its calls.
    func all() -> [PageModel] {
        (document["tags"]?.arrayValue ?? []).map { tag in
            let name = tag["name"]?.stringValue ?? ""
            let anchor = String(name.lowercased().map { $0.isLetter ? $0 : "-" })
            return [
                "anchor": .text(anchor), "name": .text(name),
                "about": MarkedText.words(tag["description"]?.stringValue ?? ""), "calls": .list(calls(under: name)),
            ]
        }
    }

    private func calls(under tag: String) -> [PageModel] {
        (document["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).filter { $0.value["tags"] == [.string(tag)] }
                .map { call($0.name.uppercased(), path.name, $0.value) }
        }
    }

    private func call(_ method: String, _ path: String, _ operation: JSONValue) -> PageModel {
        let form = CallForm(document: document, publicURL: publicURL)
        let shown: PageModel = [
            "id": .text(operation["operationId"]?.stringValue ?? ""),
            "title": .text(operation["summary"]?.stringValue ?? ""), "method": .text(method), "path": .text(path),
            "access": .text(access(operation)),
            "prose": .list(MarkedText.blocks(operation["description"]?.stringValue ?? "")),
            "parameters": parameters(operation), "body": .model(body(operation)),
            "answers": .list(answers(operation)), "example": .model(example(operation)),
        ]
        return shown.with(form.model(method, path, operation, examples: bodies(operation)))
    }

    private func access(_ operation: JSONValue) -> String {
        switch operation["security"] {
        case OpenAPIDocument.security(.secretKey): "needs a secret key"
        case OpenAPIDocument.security(.anyKey): "needs a secret or publishable key"
        case OpenAPIDocument.security(.holder): "needs a holder's token"
        default: "needs no key"
        }
    }

    private func parameters(_ operation: JSONValue) -> PageValue {
        let rows = (operation["parameters"]?.arrayValue ?? []).map(resolved).map { parameter in
            let schema = resolved(parameter["schema"] ?? .null)
            let about = MarkedText.blocks(parameter["description"]?.stringValue ?? "")
            return SchemaTable.row(
                parameter["name"]?.stringValue ?? "", isRequired: parameter["required"] == true,
                place: parameter["in"]?.stringValue ?? "", type: SchemaTable.type(schema),
                about + SchemaTable.meaning(without(schema)))
        }
        return SchemaTable.table("Name", rows)
    }

    /// A schema without its description, which the parameter's own stands for.
    private func without(_ schema: JSONValue) -> JSONValue {
        guard var object = schema.objectValue else { return schema }
        object["description"] = nil
        return .object(object)
    }

    private func body(_ operation: JSONValue) -> PageModel? {
        guard let content = operation["requestBody"]?["content"]?["application/json"] else { return nil }
        let examples = bodies(operation).map { example -> PageModel in
            [
                "about": example.about.isEmpty ? .absent : MarkedText.words(example.about),
                "json": .text(example.body.indented),
            ]
        }
        let type = SchemaTable.type(content["schema"] ?? .null)
        return ["type": MarkedText.words(type), "examples": .list(examples)]
    }

    /// The bodies that the description has, each with what it is about.
    private func bodies(_ operation: JSONValue) -> [(about: String, body: JSONValue)] {
        let content = operation["requestBody"]?["content"]?["application/json"]
        return (content?["examples"]?.objectValue?.members ?? []).map { member in
            let example = resolved(member.value)
            return (example["summary"]?.stringValue ?? "", example["value"] ?? .null)
        }
    }

    private func answers(_ operation: JSONValue) -> [PageModel] {
        let codes = Set((operation["x-problems"]?.arrayValue ?? []).compactMap(\.stringValue))
        return (operation["responses"]?.objectValue?.members ?? []).map { response in
            let answer = resolved(response.value)
            let contents = answer["content"]?.objectValue?.members ?? []
            let isProblem = contents.contains { $0.name == "application/problem+json" }
            let about = answer["description"]?.stringValue ?? ""
            let types = isProblem ? [[MarkedText.piece(.plain, "problem")]] : contents.map(content)
            return [
                "status": .text(response.name), "prose": .list(isProblem ? [] : MarkedText.blocks(about)),
                "isProblem": .flag(isProblem), "problems": .list(isProblem ? problems(about, codes) : []),
                "type": MarkedText.words(MarkedText.joined(types, by: ", ")),
            ]
        }
    }

    /// What a router answered to this call.
    private func example(_ operation: JSONValue) -> PageModel? {
        let answers = operation["responses"]?.objectValue?.members ?? []
        let name = operation["operationId"]?.stringValue ?? ""
        guard
            let (status, value) = answers.lazy.compactMap({ answer in
                resolved(answer.value)["content"]?["application/json"]?["examples"]?[name].map { (answer.name, $0) }
            }).first, let shown = resolved(value)["value"]
        else { return nil }
        return ["status": .text(status), "json": .text(shown.indented)]
    }

    private func content(_ member: JSONObject.Member) -> [PageModel] {
        guard member.name == "application/json", let schema = member.value["schema"] else {
            return [MarkedText.piece(.plain, member.name == "*/*" ? "any" : member.name)]
        }
        return SchemaTable.type(schema)
    }

    /// The lines of a problem answer that are about this call's codes, each leading to its page.
    private func problems(_ about: String, _ codes: Set<String>) -> [PageModel] {
        about.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "`").map(String.init)
            guard parts.count == 3, codes.contains(parts[1]) else { return nil }
            return ["problem": .text(parts[1]), "title": .text(parts[2])]
        }
    }

    private func resolved(_ value: JSONValue) -> JSONValue { document.referred(by: value) }
}
