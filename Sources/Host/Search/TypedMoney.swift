import Router

/// Amounts as people type them: `5000`, `5 000 XOF`, `EUR 12,50`, `1.250,00`.
///
/// What a comma or a dot means differs from country to country, so one text can be several amounts.
enum TypedMoney {
    /// The amounts that a text can be.
    ///
    /// - Parameters:
    ///   - text: With single spaces.
    ///   - currencies: What it may be in where it names none.
    /// - Returns: Each once; nothing if it is no amount.
    static func all(in text: String, _ currencies: [Currency]) -> [Money] {
        var letters = ""
        var number = ""
        for scalar in text.unicodeScalars {
            switch TypedScalar(scalar) {
            case .digit(let value): number.append(String(value))
            case .space, .invisible: continue
            case .dot: number.append(".")
            default:
                switch scalar {
                case ",": number.append(",")
                // Groups of thousands in Switzerland, and on some keyboards.
                case "'", "\u{2019}": continue
                default: letters.unicodeScalars.append(scalar)
                }
            }
        }
        guard letters.isEmpty || letters.unicodeScalars.count == 3, number.utf8.count <= 24,
            number.contains(where: \.isNumber), !beginsLikeCall(number)
        else { return [] }
        let named = Currency(code: letters.uppercased()).map { [$0] } ?? []
        let meant = letters.isEmpty ? currencies : named
        var seen: Set<Money> = []
        return meant.flatMap { currency in
            spellings(number).compactMap { try? Money(decimal: $0, currency) }
        }.filter { $0.minorUnits > 0 && seen.insert($0).inserted }
    }

    /// Two zeros begin a call to another country, and no amount.
    private static func beginsLikeCall(_ number: String) -> Bool {
        number.utf8.count > 2 && number.utf8.prefix(2).allSatisfy { $0 == UInt8(ascii: "0") }
    }

    /// The decimal numbers that digits, dots and commas can mean.
    private static func spellings(_ number: String) -> [String] {
        let marks = number.filter { !$0.isNumber }
        guard let last = number.lastIndex(where: { !$0.isNumber }) else { return [plain(number)] }
        var spellings: [String] = []
        let (whole, fraction) = (number[..<last], number[number.index(after: last)...])
        // The last mark is a decimal one, unless the same mark stands before it.
        if !whole.contains(number[last]), !fraction.isEmpty {
            spellings.append(plain(whole.filter(\.isNumber)) + "." + fraction)
        }
        let groups = number.split(omittingEmptySubsequences: false) { !$0.isNumber }
        let areGroups = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
        if areGroups, Set(marks).count == 1 { spellings.append(plain(groups.joined())) }
        return spellings
    }

    /// Without zeros in front.
    private static func plain(_ digits: some StringProtocol) -> String {
        let rest = digits.drop { $0 == "0" }
        return rest.isEmpty ? "0" : String(rest)
    }
}
