import Router

/// What a card gateway told the caller of a card, for rules; never its number.
struct CardInput: Decodable {
    var brand: String?
    var country: String?
    var funding: String?
    var bin: String?

    enum CodingKeys: String, CodingKey { case brand, country, funding, bin }

    /// What is wrong with its form.
    func check(_ checks: inout InputChecks, _ place: String, besideToken: Bool) {
        checks.check(besideToken, place, "tells of the card behind a token; give source.token beside it")
        checks.text(brand, 30, place + "/brand")
        checks.check(
            brand.map { $0 == $0.lowercased() } ?? true, place + "/brand", "must be in lower case, such as visa")
        checks.country(country, place + "/country")
        checks.check(
            funding.map(CardFact.fundings.contains) ?? true, place + "/funding",
            "must be one of " + CardFact.fundings.joined(separator: ", "))
        checks.check(
            bin.map { CardFact.isDigits($0, lengths: 6...8) } ?? true, place + "/bin",
            "must be the first six to eight digits; card numbers are never accepted")
    }

    /// What rules may ask; `nil` if nothing is told.
    var facts: CardFacts? {
        var facts = CardFacts()
        facts[.brand] = brand
        facts[.country] = country
        facts[.funding] = funding
        facts[.bin] = bin
        return facts.isEmpty ? nil : facts
    }
}
