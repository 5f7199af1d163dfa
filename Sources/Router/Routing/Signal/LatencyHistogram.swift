/// How long answers took, in few classes that grow by a half or a third: what a quantile loses by them is a sixth at most.
package struct LatencyHistogram: Sendable, Hashable {
    /// The upper ends of the classes, in milliseconds; what took longer is in the last one.
    package static let bounds: [Int64] = [
        50, 100, 150, 200, 300, 400, 600, 800, 1_200, 1_600, 2_400, 3_200, 4_800, 6_400, 9_600, 12_800, 19_200, 25_600,
        38_400, 51_200,
    ]

    /// Counts in 2^20ths, one for each class and one for what is beyond them.
    private(set) var counts: [Int64]

    package init() { counts = Array(repeating: 0, count: Self.bounds.count + 1) }

    init(counts: [Int64]) { self.counts = counts }

    mutating func add(milliseconds: Int64, weight: Int64) {
        let place = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
        counts[place] = counts[place].clampedSum(weight)
    }

    mutating func decay(_ factor: Decay.Factor) {
        for place in counts.indices where counts[place] > 0 { counts[place] = factor.of(counts[place]) }
    }

    /// How many are remembered, in 2^20ths.
    var total: Int64 { counts.reduce(0) { $0.clampedSum($1) } }

    /// The time that so many hundredths of the answers took at most, in milliseconds; `nil` if there are none.
    ///
    /// Within a class times are taken to be spread evenly; beyond the last one its lower end is told.
    package func quantile(_ hundredths: Int64) -> Int64? {
        let total = total
        guard total > 0 else { return nil }
        let wanted = Int128(total) * Int128(hundredths)
        var below: Int128 = 0
        for (place, count) in counts.enumerated() where count > 0 {
            let upTo = below + Int128(count) * 100
            if upTo >= wanted {
                let low = place == 0 ? 0 : Self.bounds[place - 1]
                guard place < Self.bounds.count else { return low }
                let part = Int128(Self.bounds[place] - low) * (wanted - below) / (Int128(count) * 100)
                return low + Int64(clamping: part)
            }
            below = upTo
        }
        return Self.bounds[Self.bounds.count - 1]
    }
}
