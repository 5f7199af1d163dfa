/// What a card gateway told the caller of the card behind a token; never its number.
package struct CardFacts: Sendable, Hashable {
    private var values: [CardFact: String]

    package init(_ values: [CardFact: String] = [:]) { self.values = values }

    /// `nil` if it is not known.
    package subscript(fact: CardFact) -> String? {
        get { values[fact] }
        set { values[fact] = newValue }
    }

    package var isEmpty: Bool { values.isEmpty }
}

/// One thing that is known of a card.
package enum CardFact: String, Sendable, Hashable, CaseIterable {
    /// The scheme, in lower case: `visa`.
    case brand
    /// ISO 3166 code of the issuer's country.
    case country
    /// `credit`, `debit` or `prepaid`.
    case funding
    /// The first six to eight digits, which name the issuer (ISO/IEC 7812-1).
    case bin

    /// Whether a card's value is among those that a rule wants; of a BIN its beginning counts.
    package func holds(_ value: String, _ wanted: [String]) -> Bool {
        self == .bin ? wanted.contains { value.utf8.starts(with: $0.utf8) } : wanted.contains(value)
    }
}

extension CardFact {
    /// How a card is paid for, as gateways say it.
    package static let fundings = ["credit", "debit", "prepaid"]

    /// Whether a text is made of so many digits, as a BIN or its beginning.
    package static func isDigits(_ text: String, lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
