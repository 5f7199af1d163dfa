/// Values by prefixes of digits; the longest prefix wins.
struct PrefixTree: Sendable, Hashable {
    /// Ten places per node: the node that follows, 0 for none.
    private var following: [Int16] = Array(repeating: 0, count: 10)
    /// Per node: the value of the prefix that ends there, 0 for none.
    private var values: [Int16] = [0]

    /// Gives a prefix a value above 0.
    mutating func insert(_ prefix: some Sequence<UInt8>, _ value: Int16) {
        var node = 0
        for digit in prefix {
            let place = node * 10 + Int(digit)
            if following[place] == 0 {
                following[place] = Int16(values.count)
                values.append(0)
                following.append(contentsOf: repeatElement(0, count: 10))
            }
            node = Int(following[place])
        }
        values[node] = value
    }

    /// The value of the longest prefix of some digits; 0 if there is none.
    func value(of digits: some Sequence<UInt8>) -> Int16 {
        var (node, found) = (0, values[0])
        for digit in digits {
            node = Int(following[node * 10 + Int(digit)])
            guard node != 0 else { break }
            if values[node] != 0 { found = values[node] }
        }
        return found
    }

    /// Every prefix that has a value.
    var prefixes: [[UInt8]] {
        var result: [[UInt8]] = []
        func walk(_ node: Int, _ digits: [UInt8]) {
            if values[node] != 0 { result.append(digits) }
            for digit in 0..<10 {
                let next = Int(following[node * 10 + digit])
                if next != 0 { walk(next, digits + [UInt8(digit)]) }
            }
        }
        walk(0, [])
        return result
    }
}
