/// What is known of one provider that serves an operation on a channel; everything that health is derived from.
package struct ServingProvider: Sendable, Hashable {
    package var provider: ProviderID
    package var breaker: CircuitBreaker.State = .closed
    /// Since when the breaker is not closed.
    package var brokenSince: Moment?
    /// Since when nothing is sent because the operator refused our credentials.
    package var credentialsStoppedAt: Moment?
    package var drain: ProviderDrain?
    /// Whether it only finishes what it began.
    package var isRetired = false
    /// Until when it is being maintained.
    package var maintenanceUntil: Moment?
    /// Whether so much of its money is in doubt that nothing more is sent.
    package var isExposed = false
    /// Since when it is left because it fails, or by people's wish.
    package var awaySince: Moment?
    /// What is known of its payments; `nil` if nothing is.
    package var figures: SignalFigures?
    /// Requests under way, and how many there may be.
    package var inFlight = 0
    package var maximumInFlight = 256

    package init(_ provider: ProviderID) { self.provider = provider }
}

/// From when on a provider is called delayed; a condition once told is told until it is well over.
package struct HealthSettings: Sendable, Hashable {
    /// So many outcomes at least, before anything is said of them.
    package var minimumSamples: Int64 = 20
    /// So many of them are not known.
    package var unknownShare = Share(percent: 20)
    /// Its rate lies surely below this.
    package var failingBelow = Share(percent: 70)
    /// The slowest answers take so many times what they usually take, in tenths.
    package var slowTenths: Int64 = 30
    /// Whatever is usual, what is answered within so long is not slow, in milliseconds.
    package var slowAtLeast: Int64 = 5_000
    /// A worse state is told once it has lasted so long, in milliseconds.
    package var worsensAfter: Int64 = 5_000
    /// A better state is told once it has lasted so long, in milliseconds.
    package var improvesAfter: Int64 = 60_000

    package init() {}
}
