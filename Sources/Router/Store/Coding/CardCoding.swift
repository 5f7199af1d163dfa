/// What is known of a card as a record of the payer's part.
enum CardCoding {
    private static let names: [(CardFact, PackedName)] = [
        (.brand, .brand), (.country, .country), (.funding, .funding), (.bin, .bin),
    ]

    static func write(_ writer: inout PackedWriter, _ card: CardFacts) {
        for (fact, name) in names { writer.field(name, card[fact]) }
    }

    static func facts(_ reader: PackedReader) throws(RecordFault) -> CardFacts {
        var card = CardFacts()
        for (fact, name) in names { card[fact] = try reader.optionalText(name) }
        return card
    }
}
