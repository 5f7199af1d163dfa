import Router

/// What the audit trail says of an app: no key, and its number masked.
enum AppTrail {
    /// An app as it was made, with how its keys begin.
    static func members(_ app: App, keys: [AppKey]) -> JSONValue {
        var object = members(app)
        object["keys"] = .array(keys.map { .string($0.prefix) })
        return .object(object)
    }

    /// What differs between two of its states, as it was and as it is.
    static func difference(_ before: App, _ after: App) -> (before: JSONValue, after: JSONValue) {
        let (old, new) = (members(before), members(after))
        var (left, right) = (JSONObject(), JSONObject())
        for member in new.members where old[member.name] != member.value {
            left[member.name] = old[member.name] ?? .null
            right[member.name] = member.value
        }
        return (.object(left), .object(right))
    }

    private static func members(_ app: App) -> JSONObject {
        JSONObject([
            .init("name", .string(app.name)), .init("about", JSONValue(app.about)),
            .init("phone", JSONValue(app.phone?.masked)), .init("enabled", .bool(app.isEnabled)),
            .init("wallet", JSONValue(app.wallet?.text)), .init("takes_unaccepted", .bool(app.takesUnaccepted)),
            .init("default_country", JSONValue(app.defaultCountry)),
        ])
    }
}
