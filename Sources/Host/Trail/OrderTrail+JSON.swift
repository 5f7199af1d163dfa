import Router

extension OrderTrail {
    /// The trail for the control socket.
    var json: JSONValue {
        var object = JSONObject([
            .init("object", "order_trail"), .init("id", .string(id.text)), .init("kind", .string(id.kind.rawValue)),
            .init("unreadable", .array(unreadable.map(JSONValue.string))),
        ])
        object["summary"] = summary.value?.json ?? .null
        object["money"] = summary.value?.whereabouts.json ?? .null
        object["attempts"] = .array(attempts.map(\.json))
        object["timeline"] = .array(timeline.map(\.json))
        object["route"] = route?.json ?? .null
        object["postings"] = .array((books.value?.postings ?? []).map(Self.json))
        object["effects"] = .array((books.value?.effects ?? []).map(Self.json))
        object["holds"] = .array((books.value?.holds ?? []).map(Self.json))
        object["related"] = .array(relatives.map(\.json))
        object["webhooks"] = .array((webhooks.value ?? []).map(\.json))
        object["review"] = review.map(Self.json) ?? .null
        object["discrepancies"] = .array((discrepancies.value ?? []).map(Self.json))
        return .object(object)
    }

    /// What cannot be read, each part with the reason.
    var unreadable: [String] {
        let faults = [
            ("the order", summary.fault), ("what was booked", books.fault), ("webhooks", webhooks.fault),
            ("discrepancies", discrepancies.fault),
        ]
        let steps = timeline.count { $0.what == .unreadable }
        return faults.compactMap { name, fault in fault.map { "\(name): \($0)" } }
            + (steps > 0 ? ["\(steps) of its steps: damaged"] : [])
    }

    private static func json(_ posting: Posting) -> JSONValue {
        [
            "at": .string(posting.at.description), "kind": .string(posting.kind),
            "debit": .string(posting.debit.name), "credit": .string(posting.credit.name),
            "amount": JSONValue(posting.amount.minorUnits), "currency": .string(posting.amount.currency.code),
        ]
    }

    private static func json(_ effect: TrailBooks.Effect) -> JSONValue {
        [
            "account": .string(effect.account.name), "change": JSONValue(effect.change.minorUnits),
            "currency": .string(effect.change.currency.code),
        ]
    }

    private static func json(_ hold: Hold) -> JSONValue {
        [
            "account": .string(hold.account.name), "amount": JSONValue(hold.amount.minorUnits),
            "currency": .string(hold.amount.currency.code), "state": .string(hold.state.rawValue),
            "ends_at": JSONValue(hold.endsAt?.description),
        ]
    }

    private static func json(_ review: Review) -> JSONValue {
        [
            "reason": .string(review.reason.rawValue), "since": .string(review.since.description),
            "signed": .array(review.signatures.map(ReviewView.json)),
        ]
    }

    private static func json(_ item: Discrepancy) -> JSONValue {
        [
            "at": .string(item.at.description), "attempt": .string(item.attempt.text),
            "kind": .string(item.kind.rawValue), "recorded_state": .string(item.recordedState.rawValue),
            "claimed": item.claimed.map { JSONValue($0.minorUnits) } ?? .null,
            "currency": JSONValue(item.claimed?.currency.code),
        ]
    }
}
