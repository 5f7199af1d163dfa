import Router

/// Schemas as tables of members.
struct SchemaTable {
    /// Lists of values longer than this are not printed.
    private static let longestList = 40

    /// A section for each named schema.
    static func sections(_ schemas: JSONObject) -> String {
        schemas.members.filter { $0.value["properties"] != nil || $0.value["allOf"] != nil }.map { member in
            let about = member.value["description"]?.stringValue.map(HTML.blocks) ?? ""
            return """
                <section id="schema-\(member.name)">
                <h3>\(member.name)</h3>
                \(about)
                \(bases(member.value))\(table(member.value))
                </section>
                """
        }.joined(separator: "\n")
    }

    private static func bases(_ schema: JSONValue) -> String {
        let names = (schema["allOf"]?.arrayValue ?? []).compactMap { $0["$ref"]?.stringValue }.map(link)
        return names.isEmpty ? "" : "<p>All members of \(names.joined(separator: ", ")), and:</p>\n"
    }

    private static func table(_ schema: JSONValue) -> String {
        let parts = [schema] + (schema["allOf"]?.arrayValue ?? []).filter { $0["if"] == nil }
        let rows = parts.flatMap { Self.rows($0, prefix: "") }
        return rows.isEmpty ? "" : HTML.table(["Member", "Type", "Meaning"], rows)
    }

    private static func rows(_ schema: JSONValue, prefix: String) -> [[String]] {
        let required = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        return (schema["properties"]?.objectValue?.members ?? []).flatMap { member -> [[String]] in
            let name = prefix + member.name
            let mark = required.contains(member.name) ? "" : " <span class=\"soft\">optional</span>"
            let row = ["<code>\(HTML.escaped(name))</code>\(mark)", type(member.value), meaning(member.value)]
            let inner = rows(member.value, prefix: name + ".")
            let elements = member.value["items"].map { rows($0, prefix: name + "[].") } ?? []
            return [row] + inner + elements
        }
    }

    /// The type in a few words, with links.
    static func type(_ schema: JSONValue) -> String {
        if let reference = schema["$ref"]?.stringValue { return link(reference) }
        if let options = schema["anyOf"]?.arrayValue { return options.map(type).joined(separator: " or ") }
        if let value = schema["const"]?.scalarText { return "<code>\(HTML.escaped(value))</code>" }
        let names = schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? [schema["type"]?.stringValue ?? "any"]
        return names.map { name in
            guard name == "array", let items = schema["items"] else { return name }
            return "list of \(type(items))"
        }.joined(separator: " or ") + range(schema)
    }

    private static func range(_ schema: JSONValue) -> String {
        let (low, high) = (schema["minimum"]?.scalarText, schema["maximum"]?.scalarText)
        if let low, let high { return ", \(low) to \(high)" }
        if let longest = schema["maxLength"]?.scalarText { return ", at most \(longest) characters" }
        return low.map { ", from \($0)" } ?? ""
    }

    /// The description, and the values if they are listed.
    static func meaning(_ schema: JSONValue) -> String {
        let about = schema["description"]?.stringValue ?? ""
        let list = schema["enum"]?.arrayValue ?? schema["items"]?["enum"]?.arrayValue ?? []
        let values = list.compactMap(\.stringValue)
        let isToldAlready = values.allSatisfy { about.contains("`\($0)`") }
        guard !values.isEmpty, !isToldAlready, values.count <= longestList else { return HTML.blocks(about) }
        let codes = values.map { "<code>\(HTML.escaped($0))</code>" }
        return HTML.blocks(about) + "<p>\(codes.joined(separator: ", "))</p>"
    }

    private static func link(_ reference: String) -> String {
        let name = String(reference.split(separator: "/").last ?? "")
        switch name {
        case "Time": return "time"
        case "PaymentId", "OrderId", "RefundId", "PayoutId", "EventId": return "string"
        case "WebhookURL", "PublishableKey", "CheckoutAmount", "CheckoutNonce", "PageLanguage": return "string"
        case "ReturnURL", "NextCursor": return "string or null"
        case "CompleteFrom": return "time or null"
        case "WebhookTypes": return "list of string or null"
        default: return "<a href=\"#schema-\(name)\">\(name)</a>"
        }
    }
}
