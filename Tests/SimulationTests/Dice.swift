import RouterTestKit

/// The simulation's randomness: numbers of one seed, as choices and waits.
struct Dice: Sendable {
    private var seeded: Seeded

    init(seed: UInt64) { seeded = Seeded(seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF0) }

    mutating func next() -> UInt64 { seeded.next() }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
    mutating func chance(_ probability: Double) -> Bool { Double(next() >> 11) / Double(1 << 53) < probability }
    mutating func milliseconds(_ range: ClosedRange<Int>) -> Int64 {
        Int64(range.lowerBound + below(range.upperBound - range.lowerBound + 1))
    }
}
