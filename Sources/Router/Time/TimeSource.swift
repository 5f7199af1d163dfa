import Glibc
import Synchronization

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
    private static let pool = RandomPool()

    /// Has no state of its own: every instance draws from the system.
    public init() {}

    /// The next 64 random bits.
    public func next() -> UInt64 { Self.pool.next() }
}

/// Random numbers of the system, fetched many at a time: a call into the kernel costs more than a payment has to spare.
///
/// A number is forgotten as it is handed out.
private final class RandomPool: Sendable {
    private let numbers = Mutex<[UInt64]>([])

    func next() -> UInt64 {
        numbers.withLock { numbers in
            if numbers.isEmpty { numbers = Self.fetch() }
            return numbers.removeLast()
        }
    }

    /// 256 bytes, the most that one call gives.
    private static func fetch() -> [UInt64] {
        var numbers = [UInt64](repeating: 0, count: 32)
        let failed = numbers.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) } != 0
        guard failed else { return numbers }
        var system = SystemRandomNumberGenerator()
        return [system.next()]
    }
}
