import Router

/// An answer that is no problem, with what every such answer has.
struct SuccessResponse {
    private(set) var json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    /// Puts the example of that name beside the answer's JSON; `false` if it has none.
    mutating func addExample(named name: String) -> Bool {
        guard var object = json.objectValue, var content = object["content"]?.objectValue,
            var media = content["application/json"]?.objectValue
        else { return false }
        var examples = media["examples"]?.objectValue ?? JSONObject()
        examples[name] = ["$ref": .string("#/components/examples/\(name)")]
        media["examples"] = .object(examples)
        content["application/json"] = .object(media)
        object["content"] = .object(content)
        json = .object(object)
        return true
    }

    /// Every answer is numbered, none with JSON may be kept by a cache, and a replay says that it is one.
    mutating func addUsualHeaders(mayBeReplay: Bool, isLimited: Bool) {
        guard var object = json.objectValue else { return }
        var names = ["Request-Id"]
        if object["content"]?["application/json"] != nil { names.append("Cache-Control") }
        if isLimited { names += ["RateLimit-Policy", "RateLimit"] }
        if mayBeReplay { names += ["Idempotent-Replayed", "Idempotency-Key", "Original-Request-Id"] }
        var headers = JSONObject(names.map { .init($0, Self.header($0)) })
        for member in object["headers"]?.objectValue?.members ?? [] { headers[member.name] = member.value }
        object["headers"] = .object(headers)
        json = .object(object)
    }

    /// A header as `components` describe it.
    static func header(_ name: String) -> JSONValue { ["$ref": .string("#/components/headers/\(name)")] }
}
