/// Every calling code in use, for numbers of countries without a plan.
enum CallingCodes {
    private static let entries: [(code: [UInt8], country: String)] = {
        let words = CallingCodeData.text.split(whereSeparator: { $0 == " " || $0.isNewline })
        return stride(from: 0, to: words.count - 1, by: 2).map { place in
            (words[place].utf8.map { $0 - 0x30 }, String(words[place + 1]))
        }
    }()

    private static let tree: PrefixTree = {
        var tree = PrefixTree()
        for (index, entry) in entries.enumerated() { tree.insert(entry.code, Int16(index + 1)) }
        return tree
    }()

    /// The calling code that international digits begin with, and the (main) country that has it.
    ///
    /// - Returns: How many digits it has, and the country's ISO code (`001` for services of no country); `nil` if nobody
    ///   has it.
    static func of(_ digits: [UInt8]) -> (length: Int, country: String)? {
        let place = Int(tree.value(of: digits))
        return place == 0 ? nil : (entries[place - 1].code.count, entries[place - 1].country)
    }
}
