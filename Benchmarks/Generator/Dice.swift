import Router
import RouterTestKit

/// What is drawn for one payment: all of it follows from the seed and the payment's number, whichever task makes it.
struct Dice: RandomSource {
    private let source: SeededRandom

    init(seed: UInt64, number: Int) {
        var mixed = Seeded(seed ^ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        source = SeededRandom(mixed.next())
    }

    func next() -> UInt64 { source.next() }

    /// Whether something happens that has this chance.
    func chance(_ share: Double) -> Bool { unit < share }

    /// A number of a range.
    func number(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// One of several; `nil` if there is none.
    func pick<Value>(_ values: [Value]) -> Value? {
        values.isEmpty ? nil : values[Int(next() % UInt64(values.count))]
    }

    /// So many bytes; a multiple of eight.
    func bytes(_ count: Int) -> [UInt8] {
        (0..<count / 8).flatMap { _ in withUnsafeBytes(of: next()) { Array($0) } }
    }

    /// 0 to 1.
    private var unit: Double { Double(next() >> 11) / Double(1 << 53) }

    /// Draws one of several by their weights.
    func weighted<Value>(_ values: [(Value, Double)], or last: Value) -> Value {
        var left = unit * values.reduce(0) { $0 + $1.1 }
        for (value, weight) in values {
            left -= weight
            if left < 0 { return value }
        }
        return last
    }
}
