extension RankedCandidate {
    /// The candidate as an explanation has it.
    package var json: JSONValue {
        var members = JSONObject([
            .init("provider", .string(input.provider.text)), .init("channel", .string(input.channel.text)),
            .init("position", JSONValue(Int64(input.position))), .init("health", .string(input.health.rawValue)),
        ])
        if input.weight != 1 { members["weight"] = JSONValue(Int64(input.weight)) }
        if let fee = input.fee { members["fee"] = JSONValue(fee) }
        if let rate = input.rate {
            let range = rate.proportion.interval()
            members["rate"] = JSONValue(rate.share.millionths)
            members["rate_low"] = JSONValue(range.low.millionths)
            members["rate_high"] = JSONValue(range.high.millionths)
            members["basis"] = .string(rate.basis.rawValue)
            members["samples"] = JSONValue(rate.proportion.samples)
        }
        if case .value(let value) = score { members["expected"] = .number(String(value / 1_000_000)) }
        if !setBack.isEmpty { members["set_back"] = .array(setBack.map { .string($0.text) }) }
        if !notes.isEmpty { members["notes"] = .array(notes.map { .string($0.text) }) }
        return .object(members)
    }
}

extension RankingSetBack {
    /// In plain English.
    package var text: String {
        switch self {
        case .fallback: "only for when no other one is left"
        case .away: "left because it fails"
        case .health(let state): "its channel is \(state.rawValue) there"
        case .belowBest(let points): "its success rate is \(points) below the best"
        case .dearer(let more): more.map { "costs \($0) minor units more than the cheapest" } ?? "nobody knows its fee"
        }
    }
}

extension RankingNote {
    /// In plain English.
    package var text: String {
        switch self {
        case .withinNoise(let other): "difference within noise: its success rate cannot be told from \(other)'s"
        case .rateUnknown: "too little is known of its success rate"
        case .unlikeUsual: "judged by its recent payments, whose success rate is surely another than its usual one"
        case .feeUnknown: "nobody knows what it costs"
        case .canary: "left because it fails; this payment tries whether it works again"
        case .explored: "not the best; this payment tries it so that something is known of it"
        }
    }
}
