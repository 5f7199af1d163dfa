/// That a provider was left, or returned to, with the numbers that it was decided by.
package struct HysteresisSwitch: Sendable, Hashable {
    package enum Direction: String, Sendable, Hashable { case left, returned }

    package enum Cause: Sendable, Hashable {
        /// So many of the last payments were bad, or good again.
        case observed
        /// Somebody wished it, until a moment or until they say otherwise.
        case wished(by: String, until: Moment?)
        /// What somebody wished is over.
        case wishEnded
        /// What was observed was forgotten by somebody's wish.
        case reset
    }

    package var direction: Direction
    package var cause: Cause
    package var at: Moment
    /// Good ones among those that were looked at.
    package var observed: Proportion
    /// How many would have been enough: bad ones to leave, good ones to return.
    package var threshold: Int
    /// How long it was used, or away, before: in milliseconds; `nil` if that is not known.
    package var lasted: Int64?

    /// Where the rate behind what was looked at lies.
    package var interval: ShareInterval { observed.interval() }

    /// The switch as events and answers have it.
    package var json: JSONValue {
        let range = interval
        var members = JSONObject([
            .init("direction", .string(direction.rawValue)), .init("cause", .string(cause.name)),
            .init("at", .string(at.description)), .init("good", JSONValue(observed.good / Proportion.one)),
            .init("observed", JSONValue(observed.samples)), .init("threshold", JSONValue(Int64(threshold))),
            .init("rate", JSONValue(observed.rate.millionths)),
            .init("rate_low", JSONValue(range.low.millionths)), .init("rate_high", JSONValue(range.high.millionths)),
        ])
        if let lasted { members["lasted_ms"] = JSONValue(lasted) }
        if case .wished(let person, let until) = cause {
            members["by"] = .string(person)
            members["until"] = JSONValue(until?.description)
        }
        return .object(members)
    }

    /// In plain English.
    package var text: String {
        let numbers =
            "\(observed.good / Proportion.one) of the last \(observed.samples) were good "
            + "(\(interval.low) to \(interval.high))"
        switch (cause, direction) {
        case (.observed, .left): return "left: \(numbers)"
        case (.observed, .returned): return "returned to: \(numbers)"
        case (.wished(let person, let until), _):
            let end = until.map { " until \($0)" } ?? ""
            return (direction == .left ? "left" : "returned to") + " by the wish of \(person)\(end)"
        case (.reset, .left): return "left: what was observed before was forgotten"
        case (.reset, .returned): return "returned to: what was observed was forgotten"
        case (.wishEnded, .left): return "left again: what people wished is over"
        case (.wishEnded, .returned): return "returned to: what people wished is over"
        }
    }
}

extension HysteresisSwitch.Cause {
    fileprivate var name: String {
        switch self {
        case .observed: "observed"
        case .wished: "wished"
        case .wishEnded: "wish_ended"
        case .reset: "reset"
        }
    }
}
