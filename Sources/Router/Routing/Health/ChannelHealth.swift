/// How an operation on a channel does, as callers and payers are told it.
package struct ChannelHealth: Sendable, Hashable {
    package var state: ChannelState
    /// Why it is not simply operational; `nil` if it is.
    package var reason: ChannelHealthReason?
    /// Since when it is in this state, as far as it is known.
    package var since: Moment

    package init(_ state: ChannelState, _ reason: ChannelHealthReason? = nil, since: Moment) {
        self.state = state
        self.reason = reason
        self.since = since
    }
}

/// Why an operation on a channel is not simply operational.
///
/// Callers get the name; nothing that only whoever runs the router may know is in it: neither people nor providers nor money.
package enum ChannelHealthReason: String, Sendable, Hashable, CaseIterable {
    // It is closed.

    /// Nobody serves it.
    case notServed = "not_served"
    /// Whoever runs the router takes no new orders for it.
    case paused
    case maintenance
    /// The operator refuses our credentials.
    case credentialsRefused = "credentials_refused"
    /// The operator fails so often that nothing is sent to it.
    case operatorDown = "operator_down"
    /// The outcome of too many payments is not known.
    case tooMuchInDoubt = "too_much_in_doubt"

    // It is delayed.

    /// The operator failed, and single requests try it again.
    case recovering
    /// As many requests are under way as may be.
    case busy
    /// Many payments fail for reasons of the operator's.
    case failing
    /// The outcome of many payments is not known at first.
    case outcomesUnknown = "outcomes_unknown"
    /// The operator answers more slowly than it usually does.
    case slow

    /// In plain English.
    package var text: String {
        switch self {
        case .notServed: "nobody serves it"
        case .paused: "no new orders are taken for it"
        case .maintenance: "it is being maintained"
        case .credentialsRefused: "its operator refuses our credentials"
        case .operatorDown: "its operator fails too often"
        case .tooMuchInDoubt: "the outcome of too many payments is not known"
        case .recovering: "its operator failed, and is being tried again"
        case .busy: "as many requests are under way as may be"
        case .failing: "many payments fail at its operator"
        case .outcomesUnknown: "the outcome of many payments is not known at first"
        case .slow: "its operator answers more slowly than it usually does"
        }
    }
}
