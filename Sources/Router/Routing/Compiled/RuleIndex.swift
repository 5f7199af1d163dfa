/// Which rules could hold for a value of one fact: rows of bits, one for each value that a rule names, and one for all others.
struct RuleIndex<Value: Hashable & Sendable>: Sendable {
    /// The row of every value that no rule names, and of no value, first.
    let words: [UInt64]
    /// Words in a row.
    let width: Int
    private let rows: [Value: Int]

    /// Where the row of a value begins in ``words``.
    func row(of value: Value?) -> Int {
        guard let value, let row = rows[value] else { return 0 }
        return row * width
    }

    /// Collects what rules demand.
    struct Maker {
        private let count: Int
        private var demands: [Int: Set<Value>] = [:]

        /// For so many rules.
        init(_ count: Int) { self.count = count }

        /// A rule holds for these values only.
        ///
        /// - Returns: `false` if that was said before: then this counts for nothing.
        mutating func restrict(_ rule: Int, to values: [Value]) -> Bool {
            guard demands[rule] == nil else { return false }
            demands[rule] = Set(values)
            return true
        }

        /// The rows.
        func made() -> RuleIndex {
            let width = max(1, (count + 63) / 64)
            var rows: [Value: Int] = [:]
            for value in demands.values.joined() where rows[value] == nil { rows[value] = rows.count + 1 }
            var words = [UInt64](repeating: 0, count: (rows.count + 1) * width)
            for rule in 0..<count {
                let bit: UInt64 = 1 << UInt64(rule % 64)
                guard let values = demands[rule] else {
                    for row in 0...rows.count { words[row * width + rule / 64] |= bit }
                    continue
                }
                for value in values {
                    if let row = rows[value] { words[row * width + rule / 64] |= bit }
                }
            }
            return RuleIndex(words: words, width: width, rows: rows)
        }
    }
}
