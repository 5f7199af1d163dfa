/// Where the core gets the time from.
///
/// The only clock in the router; providers and state machines never read one.
public protocol TimeSource: Sendable {
    /// The present moment. Advances with a clock that counts suspended time and never steps backwards.
    var now: Moment { get }

    /// Suspends until `moment`; returns early (without error) when the task is cancelled.
    func sleep(until moment: Moment) async
}

/// Randomness for identifiers and jitter; seeded in tests and simulation.
public protocol RandomSource: Sendable {
    /// The next 64 random bits.
    func next() -> UInt64
}

/// The operating system's random numbers, fit for identifiers and secrets.
public struct SystemRandom: RandomSource {
    /// Makes a source.
    public init() {}

    /// The next 64 random bits.
    public func next() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
