/// A set of classes of one dimension, by their numbers.
struct ClassBits: Sendable, Hashable {
    private var words: [UInt64]
    /// How many classes there are.
    let count: Int

    /// None of so many classes, or all of them.
    init(count: Int, all: Bool = false) {
        self.count = count
        words = Array(repeating: all ? .max : 0, count: (count + 63) / 64)
        if all, count % 64 != 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
    }

    subscript(index: Int) -> Bool {
        get { words[index / 64] & 1 << UInt64(index % 64) != 0 }
        set {
            let bit: UInt64 = 1 << UInt64(index % 64)
            if newValue { words[index / 64] |= bit } else { words[index / 64] &= ~bit }
        }
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
    var isFull: Bool { self == ClassBits(count: count, all: true) }

    /// The lowest one.
    var first: Int? {
        for (index, word) in words.enumerated() where word != 0 { return index * 64 + word.trailingZeroBitCount }
        return nil
    }

    var complement: ClassBits { ClassBits(count: count, all: true).subtracting(self) }

    func intersection(_ other: ClassBits) -> ClassBits { combined(other) { $0 & $1 } }
    func subtracting(_ other: ClassBits) -> ClassBits { combined(other) { $0 & ~$1 } }
    func isSubset(of other: ClassBits) -> Bool { subtracting(other).isEmpty }

    private func combined(_ other: ClassBits, _ combine: (UInt64, UInt64) -> UInt64) -> ClassBits {
        var result = self
        for index in words.indices { result.words[index] = combine(words[index], other.words[index]) }
        return result
    }
}
