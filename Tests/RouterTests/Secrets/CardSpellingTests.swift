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

    @Test(arguments: ["  ", " - ", "_", ", ", ",", ":", "+", "|", " & ", "\t", "\n", "\u{A0}\u{A0}", " \u{2022} "])
    func `a card's own groups are seen whatever stands between`(_ separator: String) {
        for groups in [["4242", "4242", "4242", "4242"], ["3782", "822463", "10005"]] {
            let card = groups.joined(separator: separator)
            #expect(CardNumbers.contains(card) && CardNumbers.contains("my card: \(card)!"))
            let wrong = (groups.dropLast() + [String(groups[groups.count - 1].dropLast()) + "9"]).joined(
                separator: separator)
            #expect(!CardNumbers.contains(wrong), "its sum is wrong")
        }
    }

    @Test(arguments: [
        "https://shop.example/?c=4242%204242%204242%204242", "https://shop.example/?c=4242+4242+4242+4242",
        "c=%34242424242424242", "c=%34%32%34%32%34%32%34%32%34%32%34%32%34%32%34%32", "4242%2D4242%2D4242%2D4242",
        "c=%EF%BC%94%EF%BC%9242%204242%204242%204242",
    ])
    func `the spelling of URLs hides nothing`(_ text: String) { #expect(CardNumbers.contains(text)) }

    @Test(arguments: [
        "4242\u{E9}4242\u{E9}4242\u{E9}4242", "4242a4242b4242c4242", "4242    4242    4242    4242", "4242, 4242, 4242",
        "100%424242", "50% 4242", "%", "%4", "%zz4242", "4242, 4242, 4242, 42424",
    ])
    func `letters between, more than three signs or other groups are no spelling`(_ text: String) {
        #expect(!CardNumbers.contains(text))
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
