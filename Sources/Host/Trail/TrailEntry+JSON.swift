import Router

extension TrailEntry {
    var json: JSONValue {
        var object = JSONObject([
            .init("at", .string(at.description)), .init("what", .string(what.name)),
            .init("text", .string(TrailWords.text(what))),
        ])
        for (name, value) in what.members { object[name] = value }
        return .object(object)
    }
}

extension TrailEntry.What {
    /// What it is, in a word.
    var name: String {
        switch self {
        case .accepted: "accepted"
        case .shopAccepted: "shop_accepted"
        case .cancelWished: "cancel_wished"
        case .attempt: "attempt_state"
        case .sent: "transmission"
        case .observed: "evidence"
        case .hinted: "hint"
        case .contradicted: "discrepancy"
        case .noticed: "notice"
        case .booked: "posting"
        case .told: "event"
        case .signed: "signature"
        case .unreadable: "unreadable"
        }
    }

    fileprivate var members: [(String, JSONValue)] {
        switch self {
        case .attempt(let id, let provider, let state, _):
            [
                ("attempt", .string(id.text)), ("provider", .string(provider.text)),
                ("state", .string(state.rawValue)),
            ]
        case .sent(let id, let provider, _): [("attempt", .string(id.text)), ("provider", .string(provider.text))]
        case .observed(let evidence):
            [
                ("attempt", .string(evidence.attempt.text)), ("source", .string(evidence.source.rawValue)),
                ("strength", .string(evidence.strength.rawValue)), ("claim", .string(evidence.claim)),
            ] + (evidence.raw.map { [("raw", $0.json)] } ?? [])
        case .hinted(let callback):
            [
                ("attempt", .string(callback.attempt.text)), ("trust", .string(callback.trust.rawValue)),
                ("method", JSONValue(callback.method)), ("peer", JSONValue(callback.peer)),
                (
                    "headers",
                    .array(callback.headers.map { ["name": .string($0.name), "value": .string($0.value)] })
                ),
            ]
                + [("query", callback.query), ("raw", callback.body)].compactMap { name, body in
                    body.map { (name, $0.json) }
                }
        case .told(let event, let type): [("event", .string(event.text)), ("type", .string(type))]
        case .accepted, .shopAccepted, .cancelWished, .contradicted, .noticed, .booked, .signed, .unreadable: []
        }
    }
}

extension RedactedBody {
    var json: JSONValue { ["form": .string(form.rawValue), "lines": .array(lines.map(JSONValue.string))] }
}

extension TrailRoute.Choice {
    var json: JSONValue {
        [
            "plan": .array(plan.map(JSONValue.string)), "channel": JSONValue(channel),
            "wallet": JSONValue(wallet?.text), "at": JSONValue(at?.description),
        ]
    }
}

extension TrailRoute {
    var json: JSONValue {
        [
            "plan": .array(plan.map(JSONValue.string)), "choice": choice?.json ?? .null,
            "configuration": configuration.map { JSONValue($0) } ?? .null,
            "rules": .array(
                rules.map { rule in
                    [
                        "name": .string(rule.name), "decided": .bool(rule.decided),
                        "why_not": .array(rule.whyNot.map(JSONValue.string)),
                    ]
                }),
            "candidates": .array(
                candidates.map { candidate in
                    [
                        "provider": .string(candidate.provider), "channel": JSONValue(candidate.channel),
                        "rule": .string(candidate.rule), "kept": .bool(candidate.kept),
                        "why_not": .array(candidate.whyNot.map(JSONValue.string)), "note": JSONValue(candidate.note),
                    ]
                }),
        ]
    }
}
