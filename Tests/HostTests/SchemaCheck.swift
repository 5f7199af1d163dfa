import Foundation
import Router

/// Compares a value with a schema of the OpenAPI document: as much of JSON Schema as the document uses.
struct SchemaCheck {
    let document: JSONValue

    /// What is wrong, each with its place; empty if nothing is.
    func faults(_ value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        if schema["$ref"] != nil { return faults(value, document.resolved(schema), at: place) }
        var found = typeFaults(value, schema, place) + textFaults(value, schema, place)
        for part in schema["allOf"]?.arrayValue ?? [] {
            guard let condition = part["if"] else {
                found += faults(value, part, at: place)
                continue
            }
            let branch = faults(value, condition, at: place).isEmpty ? part["then"] : part["else"]
            if let branch { found += faults(value, branch, at: place) }
        }
        for name in ["anyOf", "oneOf"] {
            guard let options = schema[name]?.arrayValue else { continue }
            let all = options.map { faults(value, $0, at: place) }
            if !all.contains([]) { found.append("\(place): fits none of \(name): \(all)") }
        }
        return found + memberFaults(value, schema, place)
    }

    private func typeFaults(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        var found: [String] = []
        let types =
            schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? [schema["type"]?.stringValue].compactMap(\.self)
        let type =
            switch value {
            case .null: "null"
            case .bool: "boolean"
            case .number: value.integerValue == nil ? "number" : "integer"
            case .string: "string"
            case .array: "array"
            case .object: "object"
            }
        if !types.isEmpty, !types.contains(type), !(type == "integer" && types.contains("number")) {
            found.append("\(place): is \(type), not \(types)")
        }
        if let values = schema["enum"]?.arrayValue, !values.contains(value) {
            found.append("\(place): not in the list")
        }
        if let constant = schema["const"], constant != value { found.append("\(place): not \(constant.jsonText)") }
        if let number = value.integerValue {
            if let low = schema["minimum"]?.integerValue, number < low { found.append("\(place): below \(low)") }
            if let high = schema["maximum"]?.integerValue, number > high { found.append("\(place): above \(high)") }
        }
        return found
    }

    private func textFaults(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard let text = value.stringValue else { return [] }
        var found: [String] = []
        if let pattern = schema["pattern"]?.stringValue {
            let matches = (try? Regex(pattern)).map { text.firstMatch(of: $0) != nil }
            if matches != true { found.append("\(place): does not match \(pattern)") }
        }
        if let least = schema["minLength"]?.integerValue, text.count < least { found.append("\(place): too short") }
        if let most = schema["maxLength"]?.integerValue, text.count > most { found.append("\(place): too long") }
        if schema["format"] == "date-time", text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) == nil {
            found.append("\(place): no time")
        }
        return found
    }

    private func memberFaults(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        if let items = schema["items"], let elements = value.arrayValue {
            return elements.enumerated().flatMap { faults($0.element, items, at: "\(place)/\($0.offset)") }
        }
        guard let members = value.objectValue?.members else { return [] }
        var found: [String] = []
        for name in (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue) where value[name] == nil {
            found.append("\(place): lacks \(name)")
        }
        for member in members {
            if let inner = schema["properties"]?[member.name] {
                found += faults(member.value, inner, at: "\(place)/\(member.name)")
            } else if schema["additionalProperties"] == false {
                found.append("\(place)/\(member.name): is not described")
            } else if let inner = schema["additionalProperties"], inner.objectValue != nil {
                found += faults(member.value, inner, at: "\(place)/\(member.name)")
            }
        }
        return found
    }
}

extension SchemaCheck {
    /// The places of members that no schema names, where it names members at all.
    func undescribed(_ value: JSONValue, _ schemas: [JSONValue], at place: String = "") -> [String] {
        let parts = schemas.flatMap(parts)
        if let elements = value.arrayValue {
            let items = parts.compactMap { $0["items"] }
            return elements.enumerated().flatMap { undescribed($0.element, items, at: "\(place)/\($0.offset)") }
        }
        guard let members = value.objectValue?.members, parts.contains(where: { $0["properties"] != nil }) else {
            return []
        }
        return members.flatMap { member -> [String] in
            let inner = parts.compactMap { $0["properties"]?[member.name] }
            let others = parts.compactMap { $0["additionalProperties"] }.filter { $0.objectValue != nil }
            guard !(inner + others).isEmpty else { return ["\(place)/\(member.name)"] }
            return undescribed(member.value, inner + others, at: "\(place)/\(member.name)")
        }
    }

    /// A schema with everything that it is put together from.
    private func parts(_ given: JSONValue) -> [JSONValue] {
        let schema = document.resolved(given)
        let inner = ["allOf", "anyOf", "oneOf"].flatMap { schema[$0]?.arrayValue ?? [] }
        return [schema] + (inner + [schema["then"], schema["else"]].compactMap(\.self)).flatMap(parts)
    }
}
