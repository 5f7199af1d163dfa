import Router
import RouterTestKit
import Testing

@Suite struct IdentifiersAreNoCardsTests {
    @Test(arguments: IdentifierShape.allCases)
    func `one of ten thousand at most is refused`(_ shape: IdentifierShape) {
        var random = Seeded(UInt64(shape.rawValue.utf8.reduce(0) { $0 * 31 + Int($1) }))
        var refused: [String] = []
        for _ in 0..<100_000 {
            let text = shape.make(&random)
            if CardNumbers.contains(text) { refused.append(String(decoding: text, as: UTF8.self)) }
        }
        #expect(refused.count <= 10, "\(refused.count): \(refused.prefix(5))")
    }

    /// Bare digits of a card's length: nothing tells them from cards, so exactly those are refused that could be one, 3 to 4
    /// in a hundred of 16 digits and less of any other length.
    @Test(arguments: 13...19)
    func `of bare digits exactly possible cards are refused`(_ length: Int) {
        var random = Seeded(UInt64(length))
        var (refused, possible) = (0, 0)
        for _ in 0..<20_000 {
            let text = IdentifierShape.digits(length, &random)
            let isRefused = CardNumbers.contains(text)
            let isPossible = Self.couldBeCard(text)
            #expect(isRefused == isPossible, "\(String(decoding: text, as: UTF8.self))")
            refused += isRefused ? 1 : 0
            possible += isPossible ? 1 : 0
        }
        #expect(refused == possible)
        let share = Self.shares[length - 13]
        #expect(abs(Double(refused) / 20_000 - share) < 0.004, "\(refused) of 20000")
    }

    /// The shares that must be refused, from 13 to 19 digits: a tenth of the issuers' share of all numbers.
    private static let shares = [0.0214, 0.0150, 0.0170, 0.0382, 0.0182, 0.0182, 0.0282]

    /// Issuers by their published ranges, and the Luhn sum, written down a second time.
    private static func couldBeCard(_ text: [UInt8]) -> Bool {
        let digits = text.map { Int($0) - 0x30 }
        let sum = digits.reversed().enumerated().reduce(0) { sum, item in
            let value = item.offset.isMultiple(of: 2) ? item.element : item.element * 2
            return sum + value / 10 + value % 10
        }
        guard sum % 10 == 0 else { return false }
        let (two, three, four) = (
            digits[0] * 10 + digits[1], digits[..<3].reduce(0) { $0 * 10 + $1 },
            digits[..<4].reduce(0) { $0 * 10 + $1 }
        )
        let length = digits.count
        if digits[0] == 4 { return [13, 16, 19].contains(length) }
        if (51...55).contains(two) || (2221...2720).contains(four) { return length == 16 }
        if two == 34 || two == 37 { return length == 15 }
        if (300...305).contains(three) || [36, 38, 39].contains(two) { return length >= 14 }
        if (3528...3589).contains(four) || four == 6011 || (644...659).contains(three) || two == 62 {
            return length >= 16
        }
        return two == 50 || (56...58).contains(two) || digits[0] == 6
    }

    @Test(arguments: [
        "NO9386011117947", "NO93 8601 1117 947", "BE68539007547034", "GB29NWBK60161331926819", "CH9300762011623852957",
        "DE89 3704 0044 0532 0130 00", "IBAN FR76 3000 6000 0112 3456 7890 189 merci", "+4915112345678",
        "+49 151 1234 5678",
        "00 49 151 12345678", "tel:+4366012345678", "4200001234202611281234567890", "42000012342026112812345678901234",
        "20261128-123456789012", "2026/11/28/1234567", "10.42.42.42/24 42.4",
    ])
    func `accounts numbers and dates pass`(_ text: String) {
        #expect(!CardNumbers.contains(text))
    }

    @Test(arguments: [
        "NO4222222222222", "XX4242424242424242", "DE4242 4242 4242 4242", "+4242424242424242", "00 4242424242424242",
    ])
    func `what only begins like an account or a number is a card`(_ text: String) {
        #expect(CardNumbers.contains(text))
    }
}
