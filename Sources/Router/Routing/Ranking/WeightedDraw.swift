/// Orders by weight, drawn by a hash: the same text always gets the same order, and over many texts each comes first as often as
/// its weight says.
enum WeightedDraw {
    /// The places of the weights, in the order that a text draws.
    static func order(_ weights: [Int], for text: String) -> [Int] {
        var rest = Array(weights.indices)
        var result: [Int] = []
        result.reserveCapacity(rest.count)
        var hash = StableHash.of(text)
        while !rest.isEmpty {
            let total = rest.reduce(0 as UInt64) { $0 &+ UInt64(max(1, weights[$1])) }
            var ticket = hash % max(1, total)
            let index = rest.firstIndex { place in
                let weight = UInt64(max(1, weights[place]))
                if ticket < weight { return true }
                ticket -= weight
                return false
            }
            result.append(rest.remove(at: index ?? 0))
            hash = StableHash.mix(hash)
        }
        return result
    }
}
