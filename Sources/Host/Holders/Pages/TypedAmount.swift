import Router

extension PayTexts {
    /// An amount as people type it in this language: `5000`, `5 000`, `12,50`; `nil` if it cannot be one.
    ///
    /// What could mean two things is refused: what somebody pays is never guessed.
    func typed(_ text: String, _ currency: Currency) -> Money? {
        let plain = text.trimmed.filter { !Self.gaps.contains($0) }.map { Self.latin($0) }
        let marks = plain.filter { Self.marks.contains($0) }
        let parts = plain.split(omittingEmptySubsequences: false) { Self.marks.contains($0) }.map { String($0) }
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
        if Self.isGrouped(parts), marks.allSatisfy({ String($0) == groupMark }) {
            return Self.money(parts.joined(), "", currency)
        }
        guard let last = marks.last, let fraction = parts.last, String(last) != groupMark,
            fraction.count <= currency.exponent, Self.isGrouped(parts.dropLast()),
            marks.dropLast().allSatisfy({ String($0) == groupMark })
        else { return nil }
        return Self.money(parts.dropLast().joined(), fraction, currency)
    }

    /// An amount as it can be typed in this language, without marks between thousands.
    func plain(_ money: Money) -> String {
        let digits = String(money.minorUnits)
        guard money.currency.exponent > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, money.currency.exponent + 1 - digits.count)) + digits
        return padded.dropLast(money.currency.exponent) + (groupMark == "." ? "," : ".")
            + padded.suffix(money.currency.exponent)
    }

    private static let gaps: Set<Character> = [" ", "\u{A0}", "\u{202F}", "'", "\u{2019}"]
    private static let marks: Set<Character> = [".", ","]

    /// Whether every part but the first has three digits.
    private static func isGrouped(_ parts: some Collection<String>) -> Bool {
        parts.count == 1 || parts.first.map { $0.count <= 3 } == true && parts.dropFirst().allSatisfy { $0.count == 3 }
    }

    private static func money(_ whole: String, _ fraction: String, _ currency: Currency) -> Money? {
        let padded = fraction + String(repeating: "0", count: currency.exponent - fraction.count)
        guard let units = Int64(whole + padded), (1...9_007_199_254_740_991).contains(units) else { return nil }
        return Money(units, currency)
    }

    /// A digit of any script as the usual one.
    private static func latin(_ character: Character) -> Character {
        guard let value = character.wholeNumberValue, (0...9).contains(value) else { return character }
        return Character(String(value))
    }
}
