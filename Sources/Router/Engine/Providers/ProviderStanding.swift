/// How one operation of a provider stands in this process, at one moment.
package struct ProviderStanding: Sendable, Hashable {
    package var breaker: CircuitBreaker.State
    /// Since when the breaker keeps requests away, or lets single ones through to try; `nil` while it is closed.
    package var brokenSince: Moment?
    /// When the next request is let through to try; `nil` unless the breaker is open.
    package var nextTrial: Moment?
    /// Since when nothing is sent because the operator refused our credentials.
    package var credentialsStoppedAt: Moment?
    /// Money requests under way, of all operations, and how many there may be.
    package var inFlight: Int
    package var maximumInFlight: Int

    package init(
        breaker: CircuitBreaker.State = .closed, brokenSince: Moment? = nil, nextTrial: Moment? = nil,
        credentialsStoppedAt: Moment? = nil, inFlight: Int = 0, maximumInFlight: Int = 256
    ) {
        self.breaker = breaker
        self.brokenSince = brokenSince
        self.nextTrial = nextTrial
        self.credentialsStoppedAt = credentialsStoppedAt
        self.inFlight = inFlight
        self.maximumInFlight = maximumInFlight
    }
}
