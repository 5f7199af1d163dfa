import Router

/// Why an order went where it went, as it was decided when the order was made.
struct TrailRoute: Sendable, Hashable {
    struct Rule: Sendable, Hashable {
        let name: String
        let decided: Bool
        let whyNot: [String]
    }

    struct Candidate: Sendable, Hashable {
        let provider: String
        let channel: String?
        let rule: String
        let kept: Bool
        let whyNot: [String]
        let note: String?
    }

    /// In the order in which they were to be tried.
    let plan: [String]
    let rules: [Rule]
    let candidates: [Candidate]

    /// Reads what is stored with the order; `nil` if nothing is.
    ///
    /// Members that an older release did not write are missing here, too.
    init?(_ explanation: JSONValue) {
        guard let object = explanation.objectValue else { return nil }
        func texts(_ value: JSONValue?) -> [String] { (value?.arrayValue ?? []).compactMap(\.stringValue) }
        plan = (object["plan"]?.arrayValue ?? []).map { step in
            [step["provider"]?.stringValue, step["channel"]?.stringValue].compactMap(\.self).joined(separator: " ")
        }
        rules = (object["rules"]?.arrayValue ?? []).map { rule in
            Rule(
                name: rule["name"]?.stringValue ?? "", decided: rule["decided"]?.boolValue ?? false,
                whyNot: texts(rule["why_not"]))
        }
        candidates = (object["candidates"]?.arrayValue ?? []).map { candidate in
            Candidate(
                provider: candidate["provider"]?.stringValue ?? "", channel: candidate["channel"]?.stringValue,
                rule: candidate["rule"]?.stringValue ?? "", kept: candidate["kept"]?.boolValue ?? false,
                whyNot: texts(candidate["why_not"]), note: candidate["note"]?.stringValue)
        }
        if plan.isEmpty, rules.isEmpty, candidates.isEmpty { return nil }
    }
}
