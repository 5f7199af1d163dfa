import Router

/// The OpenAPI 3.1 document, put together from the described parts.
///
/// Answers that are problems, security, the headers every answer has and lists of values are not written by hand but
/// follow from code, so that they cannot differ from it. What many calls share stands once, in `components`.
struct OpenAPIDocument: Sendable {
    let source: OpenAPISource
    let publicURL: String

    /// The whole document.
    func json() throws(OpenAPIFault) -> JSONValue {
        var document = JSONObject([.init("openapi", "3.1.0")])
        document["info"] = source.basics["info"]
        document["servers"] = [["url": .string(publicURL), "description": "This router"]]
        document["security"] = Self.security(.secretKey)
        document["tags"] = .array(source.parts.map { ["name": .string($0.tag), "description": .string($0.about)] })
        document["paths"] = .object(paths())
        document["webhooks"] = .object(try webhooks())
        document["components"] = .object(components())
        return try filled(.object(document))
    }

    private func paths() -> JSONObject {
        var paths = JSONObject()
        for part in source.parts {
            for call in part.calls {
                var item = paths[call.path]?.objectValue ?? JSONObject()
                item[call.method.lowercased()] = operation(call, of: part)
                paths[call.path] = .object(item)
            }
        }
        return paths
    }

    private func operation(_ call: DescribedCall, of part: DescribedPart) -> JSONValue {
        let given = call.operation
        var operation = JSONObject([.init("tags", [.string(part.tag)])])
        for member in given.members where member.name != "responses" { operation[member.name] = member.value }
        if call.takesIdempotencyKey {
            let key: JSONValue = ["$ref": "#/components/parameters/IdempotencyKey"]
            operation["parameters"] = .array((given["parameters"]?.arrayValue ?? []) + [key])
        }
        operation["security"] = Self.security(call.access)
        var responses = JSONObject()
        var hasExample = part.examples[call.id] != nil
        for member in given["responses"]?.objectValue?.members ?? [] {
            guard member.value["$ref"] == nil else {
                responses[member.name] = member.value
                continue
            }
            var answer = SuccessResponse(member.value)
            answer.addUsualHeaders(mayBeReplay: call.takesIdempotencyKey, isLimited: call.access.isLimitedByApp)
            // The first answer that carries JSON is the one that was played.
            if hasExample, answer.addExample(named: call.id) { hasExample = false }
            responses[member.name] = answer.json
        }
        for status in Set(call.allProblems.map(\.status)).sorted() {
            responses[String(status)] = ProblemResponse.reference(status)
        }
        operation["responses"] = .object(responses)
        operation["x-problems"] = .array(call.allProblems.map { .string($0.rawValue) })
        return .object(operation)
    }

    /// One webhook per type of event; they differ in nothing but the type.
    private func webhooks() throws(OpenAPIFault) -> JSONObject {
        var webhooks = JSONObject()
        for type in EventTypes.known {
            let text = source.webhook.replacing("{{type}}", with: type)
                .replacing("{{operation}}", with: type.replacing(".", with: "_"))
            webhooks[type] = ["post": try OpenAPISource.parsed(text, type)]
        }
        return webhooks
    }

    private func components() -> JSONObject {
        var components = source.basics["components"]?.objectValue ?? JSONObject()
        func add(_ members: [JSONObject.Member], to section: String) {
            var object = components[section]?.objectValue ?? JSONObject()
            for member in members { object[member.name] = member.value }
            components[section] = .object(object)
        }
        for part in source.parts {
            for section in part.components.members where section.name != "responses" {
                add(section.value.objectValue?.members ?? [], to: section.name)
            }
            add(part.examples.members.map { .init($0.name, ["value": $0.value]) }, to: "examples")
        }
        add(sharedAnswers, to: "responses")
        add(ProblemResponse.all, to: "responses")
        add(ProblemResponse.examples, to: "examples")
        return components
    }

    /// The answers that several calls refer to, with what these calls' answers have in common.
    private var sharedAnswers: [JSONObject.Member] {
        let given = source.parts.flatMap { $0.components["responses"]?.objectValue?.members ?? [] }
        return given.map { member in
            let reference: JSONValue = ["$ref": .string("#/components/responses/\(member.name)")]
            let users = source.parts.flatMap { part in part.calls.map { (part: part, call: $0) } }.filter { user in
                user.call.operation["responses"]?.objectValue?.members.contains { $0.value == reference } ?? false
            }
            var answer = SuccessResponse(member.value)
            answer.addUsualHeaders(
                mayBeReplay: users.contains { $0.call.takesIdempotencyKey },
                isLimited: users.contains { $0.call.access.isLimitedByApp })
            // The first of a call's answers is the one that was played.
            for user in users where user.call.operation["responses"]?.objectValue?.members.first?.value == reference {
                if user.part.examples[user.call.id] != nil { _ = answer.addExample(named: user.call.id) }
            }
            return .init(member.name, answer.json)
        }
    }

    /// What each access asks for.
    static func security(_ access: RouteTable.Access) -> JSONValue {
        switch access {
        case .open: []
        case .secretKey: [["secretKey": []]]
        case .anyKey: [["secretKey": []], ["publishableKey": []]]
        case .holder: [["holderToken": []]]
        // Pages of the console are for people: the document has none.
        case .console: []
        }
    }

    /// Puts lists of values in the place of their names, and addresses in the place of `{{url}}`.
    private func filled(_ value: JSONValue) throws(OpenAPIFault) -> JSONValue {
        switch value {
        case .null, .bool, .number: return value
        case .string(let text): return .string(text.replacing("{{url}}", with: publicURL))
        case .array(let elements):
            var result: [JSONValue] = []
            for element in elements { result.append(try filled(element)) }
            return .array(result)
        case .object(let object):
            var result = JSONObject()
            for member in object.members {
                guard member.name == "x-values" else {
                    result[member.name] = try filled(member.value)
                    continue
                }
                let name = member.value.stringValue ?? ""
                guard let values = DescribedValues.named(name) else {
                    throw OpenAPIFault(description: "no values \(name)")
                }
                let isNullable = object["type"]?.arrayValue?.contains("null") ?? false
                result["enum"] = .array(values.map(JSONValue.string) + (isNullable ? [.null] : []))
            }
            return .object(result)
        }
    }
}

extension RouteTable.Access {
    /// Whether answers say what is left of the caller's limits; of what an address may do, they say nothing.
    fileprivate var isLimitedByApp: Bool {
        switch self {
        case .open, .holder, .console: false
        case .secretKey, .anyKey: true
        }
    }
}
