import Router
import Synchronization

/// SplitMix64: the same numbers for the same seed, on every machine.
struct Seeded: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A ``RandomSource`` with a seed.
final class SeededRandom: RandomSource {
    private let generator: Mutex<Seeded>

    init(_ seed: UInt64 = 1) { generator = Mutex(Seeded(seed)) }

    func next() -> UInt64 { generator.withLock { $0.next() } }
}

/// A ``RandomSource`` that always gives one number.
struct FixedRandom: RandomSource {
    var value: UInt64

    func next() -> UInt64 { value }
}

extension Moment {
    /// 21 November 2026, half past nine in the morning: the day these tests are set on.
    static let start = Moment(milliseconds: 1_795_253_400_000)

    static func + (moment: Moment, seconds: Int64) -> Moment { moment.adding(seconds: seconds) }
}
