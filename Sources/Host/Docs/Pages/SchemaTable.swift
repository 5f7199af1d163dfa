import Pages
import Router

/// Schemas as tables of members: what `docs/members.mustache` is filled with.
struct SchemaTable {
    /// Lists of values longer than this are not printed.
    private static let longestList = 40

    /// A section for each named schema.
    static func sections(_ schemas: JSONObject) -> [PageModel] {
        schemas.members.filter { $0.value["properties"] != nil || $0.value["allOf"] != nil }.map { member in
            [
                "name": .text(member.name),
                "prose": .list(MarkedText.blocks(member.value["description"]?.stringValue ?? "")),
                "bases": bases(member.value), "members": table(member.value),
            ]
        }
    }

    private static func bases(_ schema: JSONValue) -> PageValue {
        let names = (schema["allOf"]?.arrayValue ?? []).compactMap { $0["$ref"]?.stringValue }.map { [link($0)] }
        return names.isEmpty ? nil : MarkedText.words(MarkedText.joined(names, by: ", "))
    }

    private static func table(_ schema: JSONValue) -> PageValue {
        let parts = [schema] + (schema["allOf"]?.arrayValue ?? []).filter { $0["if"] == nil }
        return table("Member", parts.flatMap { rows($0, prefix: "") })
    }

    /// Rows below a heading for their first column; nothing if there are none.
    static func table(_ first: String, _ rows: [PageModel]) -> PageValue {
        rows.isEmpty ? nil : .model(["first": .text(first), "rows": .list(rows)])
    }

    /// One row; where it is not clear, with the place of what has the name.
    static func row(
        _ name: String, isRequired: Bool, place: String? = nil, type: [PageModel], _ prose: [PageModel]
    ) -> PageModel {
        [
            "name": .text(name), "isRequired": .flag(isRequired), "place": .text(place),
            "type": MarkedText.words(type), "prose": .list(prose),
        ]
    }

    private static func rows(_ schema: JSONValue, prefix: String) -> [PageModel] {
        let required = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        return (schema["properties"]?.objectValue?.members ?? []).flatMap { member -> [PageModel] in
            let (name, isRequired) = (prefix + member.name, required.contains(member.name))
            let row = row(name, isRequired: isRequired, type: type(member.value), meaning(member.value))
            let inner = rows(member.value, prefix: name + ".")
            let elements = member.value["items"].map { rows($0, prefix: name + "[].") } ?? []
            return [row] + inner + elements
        }
    }

    /// The type in a few words, with links.
    static func type(_ schema: JSONValue) -> [PageModel] {
        if let reference = schema["$ref"]?.stringValue { return [link(reference)] }
        if let options = schema["anyOf"]?.arrayValue { return MarkedText.joined(options.map(type), by: " or ") }
        if let value = schema["const"]?.scalarText { return [MarkedText.piece(.code, value)] }
        let names = schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? [schema["type"]?.stringValue ?? "any"]
        let types = names.map { name -> [PageModel] in
            guard name == "array", let items = schema["items"] else { return [MarkedText.piece(.plain, name)] }
            return [MarkedText.piece(.plain, "list of ")] + type(items)
        }
        return MarkedText.joined(types, by: " or ") + [MarkedText.piece(.plain, range(schema))]
    }

    private static func range(_ schema: JSONValue) -> String {
        let (low, high) = (schema["minimum"]?.scalarText, schema["maximum"]?.scalarText)
        if let low, let high { return ", \(low) to \(high)" }
        if let longest = schema["maxLength"]?.scalarText { return ", at most \(longest) characters" }
        return low.map { ", from \($0)" } ?? ""
    }

    /// The description, and the values if they are listed.
    static func meaning(_ schema: JSONValue) -> [PageModel] {
        let about = schema["description"]?.stringValue ?? ""
        let list = schema["enum"]?.arrayValue ?? schema["items"]?["enum"]?.arrayValue ?? []
        let values = list.compactMap(\.stringValue)
        let isToldAlready = values.allSatisfy { about.contains("`\($0)`") }
        guard !values.isEmpty, !isToldAlready, values.count <= longestList else { return MarkedText.blocks(about) }
        let codes = MarkedText.joined(values.map { [MarkedText.piece(.code, $0)] }, by: ", ")
        return MarkedText.blocks(about) + [MarkedText.paragraph(codes)]
    }

    private static func link(_ reference: String) -> PageModel {
        let name = String(reference.split(separator: "/").last ?? "")
        let plain: String? =
            switch name {
            case "Time": "time"
            case "PaymentId", "OrderId", "RefundId", "PayoutId", "EventId", "TransferId", "WalletId": "string"
            case "BillId", "BillCode", "CodeId": "string"
            case "WebhookURL", "PublishableKey", "CheckoutAmount", "CheckoutNonce", "PageLanguage": "string"
            case "ReturnURL", "NextCursor": "string or null"
            case "CompleteFrom": "time or null"
            case "WebhookTypes": "list of string or null"
            default: nil
            }
        return plain.map { MarkedText.piece(.plain, $0) } ?? MarkedText.piece(.link, name)
    }
}
