import Router

/// A difference for programs and for people.
extension ConfigurationDifference {
    var json: JSONValue {
        func texts(_ list: [String]) -> JSONValue { .array(list.map(JSONValue.string)) }
        return [
            "object": "configuration_difference",
            "providers": [
                "added": texts(addedProviders), "removed": texts(removedProviders),
                "changed": .array(
                    changedProviders.map { ["id": .string($0.name), "members": texts($0.members)] }),
            ],
            "rules": .array(
                rules.map { rules in
                    [
                        "table": .string(rules.table), "added": texts(rules.added), "removed": texts(rules.removed),
                        "moved": texts(rules.moved), "changed": texts(rules.changed),
                    ]
                }),
            "sections": texts(sections),
        ]
    }

    /// What differs, in one line: the sections' names.
    var summary: String {
        var parts: [String] = []
        let providers = addedProviders.count + removedProviders.count + changedProviders.count
        if providers > 0 { parts.append("providers (\(providers))") }
        parts += rules.map { "\($0.table).rules" } + sections
        return parts.joined(separator: ", ")
    }

    /// The lines that people read of a difference that came as JSON.
    static func lines(_ json: JSONValue) -> [String] {
        func texts(_ value: JSONValue?) -> [String] { (value?.arrayValue ?? []).compactMap(\.stringValue) }
        let providers = json["providers"]
        var lines = texts(providers?["added"]).map { "  + provider \($0)" }
        lines += texts(providers?["removed"]).map { "  - provider \($0): it finishes what it began" }
        lines += (providers?["changed"]?.arrayValue ?? []).map { change in
            "  ~ provider \(change["id"]?.stringValue ?? ""): \(texts(change["members"]).joined(separator: ", "))"
        }
        for rules in json["rules"]?.arrayValue ?? [] {
            let table = rules["table"]?.stringValue ?? ""
            lines += texts(rules["added"]).map { "  + rule \($0) (\(table))" }
            lines += texts(rules["removed"]).map { "  - rule \($0) (\(table))" }
            lines += texts(rules["changed"]).map { "  ~ rule \($0) (\(table))" }
            lines += texts(rules["moved"]).map { "  > rule \($0) (\(table)) moved" }
        }
        return lines + texts(json["sections"]).map { "  ~ \($0)" }
    }
}
