import Router
import Synchronization

/// SplitMix64: the same numbers for the same seed, on every machine.
package struct Seeded: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(_ seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A ``RandomSource`` whose whole future is its seed.
package final class SeededRandom: RandomSource {
    private let generator: Mutex<Seeded>

    package init(_ seed: UInt64 = 1) { generator = Mutex(Seeded(seed)) }

    package func next() -> UInt64 { generator.withLock { $0.next() } }
}

/// A ``RandomSource`` that always gives one number.
package struct FixedRandom: RandomSource {
    package var value: UInt64

    package init(value: UInt64 = 42) { self.value = value }

    package func next() -> UInt64 { value }
}

/// A ``RandomSource`` that gives numbers in turn.
///
/// Whatever is spread takes every value; and as they differ in their lowest bits only, no wait depends on how many were
/// drawn before it.
package final class CountingRandom: RandomSource {
    private let last = Mutex<UInt64>(0)

    package init() {}

    package func next() -> UInt64 {
        last.withLock { last in
            last += 1
            return last
        }
    }
}
