import Router

/// The reference part of the page: every call of the document.
struct CallSection {
    let document: JSONValue

    /// One section per heading of the document.
    func all() -> String {
        (document["tags"]?.arrayValue ?? []).map { tag in
            let name = tag["name"]?.stringValue ?? ""
            let calls = calls(under: name).map { section($0.method, $0.path, $0.operation) }
            return """
                <section>
                <h2 id="\(Self.anchor(name))">\(HTML.escaped(name))</h2>
                <p>\(HTML.inline(tag["description"]?.stringValue ?? ""))</p>
                \(calls.joined(separator: "\n"))
                </section>
                """
        }.joined(separator: "\n")
    }

    /// Links to the headings and, below each, to its calls.
    func menu() -> String {
        let items = (document["tags"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }.map { name in
            let links = calls(under: name).map { call in
                let (id, title) = (call.operation["operationId"]?.stringValue, call.operation["summary"]?.stringValue)
                return "<li><a href=\"#\(id ?? "")\">\(HTML.escaped(title ?? ""))</a></li>"
            }
            return "<li><a href=\"#\(Self.anchor(name))\">\(HTML.escaped(name))</a><ul>\(links.joined())</ul></li>"
        }
        return "<ul>\(items.joined(separator: "\n"))</ul>"
    }

    private static func anchor(_ name: String) -> String {
        String(name.lowercased().map { $0.isLetter ? $0 : "-" })
    }

    private func calls(under tag: String) -> [(method: String, path: String, operation: JSONValue)] {
        (document["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).filter { $0.value["tags"] == [.string(tag)] }
                .map { ($0.name.uppercased(), path.name, $0.value) }
        }
    }

    private func section(_ method: String, _ path: String, _ operation: JSONValue) -> String {
        """
        <section id="\(operation["operationId"]?.stringValue ?? "")">
        <h3>\(HTML.escaped(operation["summary"]?.stringValue ?? ""))</h3>
        <p><span class="method">\(method)</span> <code>\(HTML.escaped(path))</code> <span class="soft">\(access(operation))</span></p>
        \(HTML.blocks(operation["description"]?.stringValue ?? ""))
        \(parameters(operation))\(body(operation))\(responses(operation))
        </section>
        """
    }

    private func access(_ operation: JSONValue) -> String {
        switch operation["security"]?.arrayValue?.count ?? 0 {
        case 0: "needs no key"
        case 1: "needs a secret key"
        default: "needs a secret or publishable key"
        }
    }

    private func parameters(_ operation: JSONValue) -> String {
        let rows = (operation["parameters"]?.arrayValue ?? []).map(resolved).map { parameter in
            let mark = parameter["required"] == true ? "" : " <span class=\"soft\">optional</span>"
            let schema = resolved(parameter["schema"] ?? .null)
            let about = HTML.blocks(parameter["description"]?.stringValue ?? "") + SchemaTable.meaning(without(schema))
            let place = parameter["in"]?.stringValue ?? ""
            return [
                "<code>\(HTML.escaped(parameter["name"]?.stringValue ?? ""))</code>\(mark)",
                "\(place), \(SchemaTable.type(schema))", about,
            ]
        }
        return rows.isEmpty ? "" : "<h4>Parameters</h4>\n" + HTML.table(["Name", "Type", "Meaning"], rows)
    }

    /// A schema without its description, which the parameter's own stands for.
    private func without(_ schema: JSONValue) -> JSONValue {
        guard var object = schema.objectValue else { return schema }
        object["description"] = nil
        return .object(object)
    }

    private func body(_ operation: JSONValue) -> String {
        guard let content = operation["requestBody"]?["content"]?["application/json"] else { return "" }
        let examples = (content["examples"]?.objectValue?.members ?? []).map { member in
            let example = resolved(member.value)
            let title = example["summary"]?.stringValue.map { "<p>\(HTML.inline($0))</p>" } ?? ""
            let text = example["value"].map { HTML.indented($0) } ?? ""
            return title + "<pre tabindex=\"0\"><code>\(HTML.escaped(text))</code></pre>"
        }
        let type = SchemaTable.type(content["schema"] ?? .null)
        return "<h4>Body</h4>\n<p>\(type)</p>\n" + examples.joined(separator: "\n")
    }

    private func responses(_ operation: JSONValue) -> String {
        let codes = Set((operation["x-problems"]?.arrayValue ?? []).compactMap(\.stringValue))
        let rows = (operation["responses"]?.objectValue?.members ?? []).map { response -> [String] in
            let answer = resolved(response.value)
            let contents = answer["content"]?.objectValue?.members ?? []
            let isProblem = contents.contains { $0.name == "application/problem+json" }
            let about = answer["description"]?.stringValue ?? ""
            return [
                "<code>\(HTML.escaped(response.name))</code>", isProblem ? problems(about, codes) : HTML.blocks(about),
                isProblem ? "problem" : contents.map { content($0) }.joined(separator: ", "),
            ]
        }
        return "<h4>Answers</h4>\n" + HTML.table(["Status", "Meaning", "Body"], rows) + example(operation)
    }

    /// What a router answered to this call.
    private func example(_ operation: JSONValue) -> String {
        let answers = operation["responses"]?.objectValue?.members ?? []
        let name = operation["operationId"]?.stringValue ?? ""
        guard
            let (status, value) = answers.lazy.compactMap({ answer in
                resolved(answer.value)["content"]?["application/json"]?["examples"]?[name].map { (answer.name, $0) }
            }).first, let shown = resolved(value)["value"]
        else { return "" }
        return """
            <details class="example"><summary>Example answer, \(HTML.escaped(status))</summary>
            <pre tabindex="0"><code>\(HTML.escaped(HTML.indented(shown)))</code></pre></details>
            """
    }

    private func content(_ member: JSONObject.Member) -> String {
        guard member.name == "application/json", let schema = member.value["schema"] else {
            return HTML.escaped(member.name == "*/*" ? "any" : member.name)
        }
        return SchemaTable.type(schema)
    }

    /// The lines of a problem answer that are about this call's codes, each leading to its page.
    private func problems(_ about: String, _ codes: Set<String>) -> String {
        let lines = about.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "`")
            guard parts.count == 3, codes.contains(String(parts[1])) else { return nil as String? }
            let title = HTML.escaped(String(parts[2]))
            return "<li><a href=\"problems/\(parts[1])\"><code>\(parts[1])</code></a>\(title)</li>"
        }
        return "<ul>\(lines.joined())</ul>"
    }

    private func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.stringValue else { return value }
        let names = reference.split(separator: "/").dropFirst().map(String.init)
        return names.reduce(document) { $0[$1] ?? .null }
    }
}
