import Router

/// The same document in OpenAPI 3.0, for tools that do not read 3.1: made from it, never written.
///
/// What 3.0 cannot say is left out: webhooks, names of members, conditions. Nothing else changes its meaning.
enum OpenAPI30 {
    /// The document, given in 3.1.
    static func document(_ document: JSONValue) -> JSONValue {
        guard var whole = document.objectValue else { return document }
        whole["openapi"] = "3.0.3"
        whole["webhooks"] = nil
        if var info = whole["info"]?.objectValue {
            info["summary"] = nil
            if var license = info["license"]?.objectValue {
                license["identifier"] = nil
                info["license"] = .object(license)
            }
            whole["info"] = .object(info)
        }
        if var components = whole["components"]?.objectValue {
            let schemas = components["schemas"]?.objectValue?.members ?? []
            components["schemas"] = nil
            var converted = converted(components)
            converted["schemas"] = .object(JSONObject(schemas.map { .init($0.name, schema($0.value)) }))
            whole["components"] = .object(converted)
        }
        if let paths = whole["paths"]?.objectValue { whole["paths"] = .object(converted(paths)) }
        return .object(whole)
    }

    /// Everything outside schemas stays; what is shown as an example is not looked into.
    private static func converted(_ object: JSONObject) -> JSONObject {
        JSONObject(
            object.members.map { member in
                switch member.name {
                case "schema": .init(member.name, schema(member.value))
                case "example", "examples": member
                default: .init(member.name, converted(member.value))
                }
            })
    }

    private static func converted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(converted(object))
        case .array(let elements): .array(elements.map(converted))
        default: value
        }
    }

    // MARK: Schemas

    /// One schema, with those inside it.
    static func schema(_ value: JSONValue) -> JSONValue {
        guard let given = value.objectValue else { return value }
        if let reference = given["$ref"], given.members.count > 1 {
            // Beside a reference 3.0 reads nothing.
            var rest = given
            rest["$ref"] = nil
            guard var whole = schema(.object(rest)).objectValue else { return value }
            whole["allOf"] = [["$ref": reference]]
            return .object(whole)
        }
        var result = JSONObject()
        for member in given.members where !left.contains(member.name) {
            switch member.name {
            case "properties":
                let inner = member.value.objectValue?.members ?? []
                result["properties"] = .object(JSONObject(inner.map { .init($0.name, schema($0.value)) }))
            case "items", "additionalProperties": result[member.name] = schema(member.value)
            case "allOf", "anyOf", "oneOf": add(member, to: &result)
            case "type": add(types: member.value, to: &result)
            case "const": result["enum"] = [member.value]
            case "examples": result["example"] = member.value.arrayValue?.first
            default: result[member.name] = member.value
            }
        }
        return .object(result)
    }

    /// What 3.0 has no word for.
    private static let left: Set<String> = ["propertyNames", "if", "then", "else", "$comment", "contentMediaType"]

    private static func add(types: JSONValue, to result: inout JSONObject) {
        guard let names = types.arrayValue else {
            result["type"] = types
            return
        }
        let others = names.filter { $0 != "null" }
        if others.count < names.count { result["nullable"] = true }
        if others.count == 1 {
            result["type"] = others[0]
        } else {
            result["anyOf"] = .array(others.map { ["type": $0] })
        }
    }

    private static func add(_ member: JSONObject.Member, to result: inout JSONObject) {
        let parts = (member.value.arrayValue ?? []).filter { $0["if"] == nil }
        let others = parts.filter { $0["type"] != "null" }.map(schema)
        if others.count < parts.count { result["nullable"] = true }
        guard !others.isEmpty else { return }
        guard others.count == 1, member.name != "allOf", let only = others[0].objectValue else {
            result[member.name] = .array(others)
            return
        }
        guard only["$ref"] == nil else {
            result["allOf"] = .array(others)
            return
        }
        for inner in only.members where result[inner.name] == nil { result[inner.name] = inner.value }
    }
}
