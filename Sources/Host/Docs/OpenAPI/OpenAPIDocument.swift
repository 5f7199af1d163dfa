import Router

/// The OpenAPI 3.1 document, put together from the described parts.
///
/// Answers that are problems, security, the headers every answer has and lists of values are not written by hand but
/// follow from code, so that they cannot differ from it.
struct OpenAPIDocument: Sendable {
    /// A part that is not what it should be.
    ///
    /// Only a mistake in this folder causes it, and a test would show it.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    let parts: [DescribedPart]
    let publicURL: String

    /// The whole document.
    func json() throws(Fault) -> JSONValue {
        var document = JSONObject([.init("openapi", "3.1.0")])
        document["info"] = try parsed(DescribedBasics.info, "info")
        document["servers"] = [["url": .string(publicURL), "description": "This router"]]
        document["security"] = Self.security(.secretKey)
        document["tags"] = .array(parts.map { ["name": .string($0.tag), "description": .string($0.about)] })
        document["paths"] = .object(try paths())
        document["webhooks"] = .object(try webhooks())
        document["components"] = .object(try components())
        return try filled(.object(document))
    }

    private func paths() throws(Fault) -> JSONObject {
        var paths = JSONObject()
        for part in parts {
            for call in part.calls {
                var item = paths[call.path]?.objectValue ?? JSONObject()
                item[call.method.lowercased()] = try operation(call, of: part)
                paths[call.path] = .object(item)
            }
        }
        return paths
    }

    private func operation(_ call: DescribedCall, of part: DescribedPart) throws(Fault) -> JSONValue {
        let given = try object(call.operation, "\(call.method) \(call.path)")
        var operation = JSONObject([.init("tags", [.string(part.tag)])])
        for member in given.members where member.name != "responses" { operation[member.name] = member.value }
        if call.takesIdempotencyKey {
            let key: JSONValue = ["$ref": "#/components/parameters/IdempotencyKey"]
            operation["parameters"] = .array((given["parameters"]?.arrayValue ?? []) + [key])
        }
        operation["security"] = Self.security(call.access)
        var responses = JSONObject()
        let name = given["operationId"]?.stringValue ?? ""
        var example = try AnswerExamples.text(of: name).map { text throws(Fault) in
            try parsed(text, "example of \(name)")
        }
        for member in given["responses"]?.objectValue?.members ?? [] {
            var answer = Self.withUsualHeaders(
                member.value, mayBeReplay: call.takesIdempotencyKey, isLimited: call.access != .open)
            // The first answer that carries JSON is the one that was played.
            if let value = example, Self.add(value, to: &answer) { example = nil }
            responses[member.name] = answer
        }
        for (status, codes) in Dictionary(grouping: call.allProblems, by: \.status).sorted(by: { $0.key < $1.key }) {
            responses[String(status)] = ProblemResponse.json(status, codes, isChallenge: call.access != .open)
        }
        operation["responses"] = .object(responses)
        return .object(operation)
    }

    /// One webhook per type of event; they differ in nothing but the type.
    private func webhooks() throws(Fault) -> JSONObject {
        var webhooks = JSONObject()
        for type in EventTypes.known {
            let text = DescribedBasics.webhook.replacing("{{type}}", with: type).replacing(
                "{{operation}}", with: type.replacing(".", with: "_"))
            webhooks[type] = ["post": try parsed(text, type)]
        }
        return webhooks
    }

    private func components() throws(Fault) -> JSONObject {
        var components = try object(DescribedBasics.components, "components")
        var schemas = components["schemas"]?.objectValue ?? JSONObject()
        for part in parts {
            for member in try object(part.schemas, "schemas of \(part.tag)").members {
                schemas[member.name] = member.value
            }
        }
        components["schemas"] = .object(schemas)
        return components
    }

    /// What each access asks for.
    static func security(_ access: RouteTable.Access) -> JSONValue {
        switch access {
        case .open: []
        case .secretKey: [["secretKey": []]]
        case .anyKey: [["secretKey": []], ["publishableKey": []]]
        }
    }

    /// Puts an example beside an answer's JSON; `false` if it has none.
    private static func add(_ example: JSONValue, to answer: inout JSONValue) -> Bool {
        guard var object = answer.objectValue, var content = object["content"]?.objectValue,
            var json = content["application/json"]?.objectValue
        else { return false }
        json["examples"] = ["sandbox": ["value": example]]
        content["application/json"] = .object(json)
        object["content"] = .object(content)
        answer = .object(object)
        return true
    }

    /// Every answer is numbered, none with JSON may be kept by a cache, and a replay says that it is one.
    private static func withUsualHeaders(
        _ response: JSONValue, mayBeReplay: Bool, isLimited: Bool
    ) -> JSONValue {
        guard var object = response.objectValue else { return response }
        var headers = JSONObject([.init("Request-Id", ProblemResponse.header("RequestId"))])
        if object["content"]?["application/json"] != nil {
            headers["Cache-Control"] = ProblemResponse.header("NoStore")
        }
        if isLimited {
            for (name, header) in ProblemResponse.limitHeaders { headers[name] = header }
        }
        if mayBeReplay {
            headers["Idempotent-Replayed"] = ProblemResponse.header("IdempotentReplayed")
            headers["Idempotency-Key"] = ProblemResponse.header("IdempotencyKeyEcho")
            headers["Original-Request-Id"] = ProblemResponse.header("OriginalRequestId")
        }
        for member in object["headers"]?.objectValue?.members ?? [] { headers[member.name] = member.value }
        object["headers"] = .object(headers)
        return .object(object)
    }

    /// Puts lists of values in the place of their names, and addresses in the place of `{{url}}`.
    private func filled(_ value: JSONValue) throws(Fault) -> JSONValue {
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
                guard let values = DescribedValues.named(name) else { throw Fault(description: "no values \(name)") }
                let isNullable = object["type"]?.arrayValue?.contains("null") ?? false
                result["enum"] = .array(values.map(JSONValue.string) + (isNullable ? [.null] : []))
            }
            return .object(result)
        }
    }

    private func object(_ text: String, _ place: String) throws(Fault) -> JSONObject {
        guard let object = try parsed(text, place).objectValue else {
            throw Fault(description: "\(place) is no object")
        }
        return object
    }

    private func parsed(_ text: String, _ place: String) throws(Fault) -> JSONValue {
        do throws(JSONSyntaxError) {
            return try StrictJSON.parse(Array(text.utf8), maximumDepth: 64)
        } catch { throw Fault(description: "\(place): \(error)") }
    }
}
