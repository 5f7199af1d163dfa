import Router
import RouterTestKit
import Testing
import WebText

@Suite struct CardNumbersTests {
    /// Published test numbers of the schemes.
    static let cards = [
        "4242424242424242", "4000056655665556", "4222222222222", "5555555555554444", "2223003122003222",
        "5105105105105100",
        "378282246310005", "371449635398431", "6011111111111117", "6011000990139424", "30569309025904",
        "38520000023237",
        "36227206271667", "3566002020360505", "6200000000000005", "4111111111111111",
    ]

    @Test(arguments: cards)
    func `finds plain numbers`(_ card: String) {
        #expect(CardNumbers.contains(card))
        #expect(CardNumbers.contains(Array(card.utf8)))
    }

    @Test(arguments: cards)
    func `finds grouped numbers`(_ card: String) {
        for separator in [" ", "-"] {
            var grouped = ""
            for (index, digit) in card.enumerated() {
                if index > 0, index.isMultiple(of: 4) { grouped += separator }
                grouped.append(digit)
            }
            #expect(CardNumbers.contains(grouped))
        }
    }

    @Test(arguments: cards)
    func `finds numbers inside text and JSON`(_ card: String) {
        #expect(CardNumbers.contains("my card is \(card), thanks"))
        #expect(CardNumbers.contains("{\"metadata\":{\"note\":\"\(card)\"}}"))
        #expect(CardNumbers.contains("{\"pan\":\(card),\"cvc\":123}"))
        #expect(CardNumbers.contains("a=\(card)&b=1"))
    }

    @Test(arguments: cards)
    func `finds numbers beside other digits`(_ card: String) {
        // A card's code, its end of life, an order number or an amount beside it do not hide it.
        #expect(CardNumbers.contains("\(card) 123"))
        #expect(CardNumbers.contains("\(card) 12 27 123"))
        #expect(CardNumbers.contains("7 \(card)"))
        #expect(CardNumbers.contains("5000 \(card) 5000"))
        #expect(CardNumbers.contains("\(card) \(card) \(card)"))
    }

    @Test(arguments: cards)
    func `finds numbers run together with what follows`(_ card: String) {
        // With its end of life and code it is told from an identifier, unless it is of the shortest kind.
        #expect(CardNumbers.contains("\(card)1227123") == (card.count > 13))
        #expect(CardNumbers.contains("\(card.prefix(3)) \(card.dropFirst(3))"), "however it is grouped with spaces")
        #expect(CardNumbers.contains("card\(card)"))
        #expect(CardNumbers.contains("\(card)abc"))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `never takes a random identifier for a card`(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<20_000 {
            var bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(!CardNumbers.contains("key-" + Hex.text(bytes)))
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            var uuid = Hex.text(bytes)
            for position in [20, 16, 12, 8] {
                uuid.insert("-", at: uuid.index(uuid.startIndex, offsetBy: position))
            }
            #expect(!CardNumbers.contains(uuid))
        }
    }

    @Test(arguments: ["41111111-1111-4111-8111-111111111111", "00004000-0000-4000-0000-000000000002"])
    func `a UUID of digits is no card`(_ uuid: String) {
        #expect(!CardNumbers.contains(uuid))
    }

    @Test(arguments: [
        "+228 90 11 22 33", "22890112233", "0022890112233", "254712123456", "00 225 01 23 45 67 89",
        "90 11 22 33 90 11 22 34",
        "pay_01JD3K0000AAAAAAAAAAAAAAAA", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "5000", "2000000", "9223372036854775807",
        "1795253400000",
        "2026-11-21T09:30:00.000Z", "395799b8-3e33-4cc7-9ccf-1f88ffacfaed", "4242424242424241", "424242424242",
        "1234567890123456",
        "0000000000000000", "", "4242a4242b4242c4242", "2026-11-21 09-30-00",
    ])
    func `leaves other numbers alone`(_ text: String) {
        #expect(!CardNumbers.contains(text))
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `agrees with the definition on random digits`(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<2_000 {
            let digits = (0..<16).map { _ in Int.random(in: 0...9, using: &random) }
            let text = digits.map(String.init).joined()
            let luhn = digits.reversed().enumerated().reduce(0) { sum, item in
                let doubled = item.element * 2
                return sum + (item.offset.isMultiple(of: 2) ? item.element : doubled > 9 ? doubled - 9 : doubled)
            }
            // Numbers that begin with 0, 1, 7, 8 or 9 belong to no card issuer.
            let issued = ![0, 1, 7, 8, 9].contains(digits[0])
            if CardNumbers.contains(text) { #expect(luhn.isMultiple(of: 10) && issued) }
            if luhn.isMultiple(of: 10), digits[0] == 4 { #expect(CardNumbers.contains(text)) }
        }
    }

    @Test func `one wrong digit is no card`() {
        for position in 0..<16 {
            var digits = Array("4242424242424242".utf8)
            digits[position] = digits[position] == 0x39 ? 0x30 : digits[position] + 1
            #expect(!CardNumbers.contains(digits))
        }
    }

    @Test func `raw evidence is capped and holds no cards`() {
        #expect(RawEvidence.kept(Array("ok".utf8)) == Array("ok".utf8))
        #expect(RawEvidence.kept(Array(repeating: 0x61, count: 10_000)).count == Evidence.rawLimit)
        let withCard = RawEvidence.kept(Array("{\"pan\":\"4242424242424242\"}".utf8))
        #expect(!String(decoding: withCard, as: UTF8.self).contains("4242"))
    }
}
