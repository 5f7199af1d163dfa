import Router

/// What the audit trail says of a webhook endpoint: no secret, and nothing of what stands behind its address's question mark.
enum EndpointTrail {
    /// An endpoint as it is.
    static func members(_ endpoint: WebhookEndpoint) -> JSONValue { .object(object(endpoint)) }

    /// What differs between two of its states, as it was and as it is.
    static func difference(_ before: WebhookEndpoint, _ after: WebhookEndpoint) -> (before: JSONValue, after: JSONValue)
    {
        let (old, new) = (object(before), object(after))
        var (left, right) = (JSONObject(), JSONObject())
        for member in new.members where old[member.name] != member.value {
            left[member.name] = old[member.name] ?? .null
            right[member.name] = member.value
        }
        // What stands behind the question mark is not told, but that it changed is.
        if before.url != after.url { (left["url"], right["url"]) = (old["url"], new["url"]) }
        return (.object(left), .object(right))
    }

    private static func object(_ endpoint: WebhookEndpoint) -> JSONObject {
        let parts = endpoint.url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let address = String(parts[0]) + (parts.count > 1 ? "?" + Redaction.mask : "")
        return JSONObject([
            .init("url", .string(address)), .init("environment", .string(endpoint.environment.rawValue)),
            .init("types", .array(endpoint.types.map(JSONValue.string))), .init("enabled", .bool(endpoint.isEnabled)),
        ])
    }
}
