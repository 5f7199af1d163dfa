/// What a payer types to pay a bill: eleven random characters and a check character, written `ABCD-EFGH-JKMN`.
///
/// 31 letters and digits without look-alikes (no 0, O, 1, I, L): 54 bits, so that nobody finds a bill by guessing. The check
/// character finds every single wrong character, and every two neighbours that were swapped.
package struct BillCode: Sendable, Hashable, CustomStringConvertible {
    /// Without hyphens.
    package let text: String

    private static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ".utf8)
    private static let values = Dictionary(uniqueKeysWithValues: alphabet.enumerated().map { ($1, $0) })
    private static let randomLength = 11

    /// A new one.
    package init(from random: some RandomSource) {
        let count = UInt64(Self.alphabet.count)
        // Numbers beyond the last whole multiple would make some characters likelier.
        let end = UInt64.max - UInt64.max % count
        var characters: [UInt8] = []
        while characters.count < Self.randomLength {
            let number = random.next()
            if number < end { characters.append(Self.alphabet[Int(number % count)]) }
        }
        characters.append(Self.check(characters))
        text = String(decoding: characters, as: UTF8.self)
    }

    /// Reads what somebody typed, with or without hyphens and spaces, in small letters or capitals.
    ///
    /// - Parameter typed: The code; `nil` is returned if a character is wrong, missing or too many.
    package init?(_ typed: String) {
        let characters = typed.uppercased().utf8.filter { $0 != 0x2D && $0 != 0x20 }
        guard characters.count == Self.randomLength + 1, characters.allSatisfy({ Self.values[$0] != nil }),
            Self.check(Array(characters.dropLast())) == characters.last
        else { return nil }
        text = String(decoding: characters, as: UTF8.self)
    }

    /// A weighted sum modulo 31, which is prime, so that no weight hides a mistake.
    private static func check(_ characters: [UInt8]) -> UInt8 {
        let sum = characters.enumerated().reduce(0) { $0 + ($1.offset + 1) * (values[$1.element] ?? 0) }
        return alphabet[sum % alphabet.count]
    }

    /// As people write it: `ABCD-EFGH-JKMN`.
    package var description: String {
        var groups: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: "-")
    }
}
