import Router
import Testing

/// Card numbers however they are written.
@Suite struct CardSpellingTests {
    private static func grouped(_ card: String, _ separator: String, every size: Int = 4) -> String {
        card.enumerated().map { ($0 > 0 && $0.isMultiple(of: size) ? separator : "") + String($1) }.joined()
    }

    @Test(arguments: CardNumbersTests.cards)
    func `separators of every script are seen`(_ card: String) {
        for separator in [
            " ", "-", ".", "/", "\u{A0}", "\u{202F}", "\u{2009}", "\u{3000}", "\u{2010}", "\u{2011}", "\u{2013}",
            "\u{2212}",
            "\u{B7}", "\u{2022}", "\u{FF0E}", "\u{2044}", "\u{FF0F}", "\u{FF0D}", "\u{200B}", "\u{200B} \u{200B}",
        ] {
            #expect(CardNumbers.contains(Self.grouped(card, separator)), "\(separator.unicodeScalars)")
            #expect(CardNumbers.contains("card: \(Self.grouped(card, separator)), thanks"))
        }
        #expect(CardNumbers.contains("\(card.prefix(4))-\(card.dropFirst(4).prefix(6)).\(card.dropFirst(10))"))
    }

    @Test(arguments: CardNumbersTests.cards)
    func `what cannot be seen hides nothing`(_ card: String) {
        for mark in ["\u{200B}", "\u{200D}", "\u{200E}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{FE0F}"] {
            #expect(CardNumbers.contains(Self.grouped(card, mark, every: 1)))
            #expect(CardNumbers.contains("\(mark)\(card)\(mark)"))
        }
    }

    @Test(arguments: CardNumbersTests.cards)
    func `digits of every script are seen`(_ card: String) {
        for zero: UInt32 in [0xFF10, 0x660, 0x6F0, 0xE50, 0x966, 0x1D7CE] {
            let scalars = card.unicodeScalars.compactMap { Unicode.Scalar(zero + $0.value - 0x30) }
            let text = scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
            #expect(CardNumbers.contains(text))
            #expect(CardNumbers.contains(Self.grouped(text, "\u{3000}")))
            #expect(CardNumbers.contains("paid \(text.prefix(6))\(card.dropFirst(6)) today"), "two scripts")
        }
    }

    @Test func `two separators or letters between are no spelling`() {
        for text in ["4242  4242  4242  4242", "4242, 4242, 4242, 4242", "4242\u{E9}4242\u{E9}4242\u{E9}4242"] {
            #expect(!CardNumbers.contains(text))
        }
    }

    @Test func `end of life and code behind a number must fit`() {
        for (card, code) in [("4242424242424242", "123"), ("378282246310005", "1234"), ("30569309025904", "123")] {
            #expect(CardNumbers.contains("\(card)1227\(code)"))
            #expect(!CardNumbers.contains("\(card)1327\(code)"), "no month")
            #expect(!CardNumbers.contains("\(card)1207\(code)"), "no year of a card in use")
            #expect(!CardNumbers.contains("\(card)1227\(code)0000"), "something is left")
        }
    }
}
