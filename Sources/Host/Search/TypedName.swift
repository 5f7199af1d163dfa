import Router

/// Identifiers of the router as people type and paste them: in any capitals, with spaces or dashes in them, without their
/// prefix, with the letters that are taken for digits.
enum TypedName {
    /// The identifiers that a text can be; without its prefix it can be several.
    static func all(in text: String) -> [SearchTerm] {
        let letters = text.unicodeScalars.filter { !separators.contains($0) }
        guard letters.count >= length, letters.allSatisfy(\.isASCII) else { return [] }
        let name = String(String.UnicodeScalarView(letters.suffix(length))).uppercased().map(Self.meant)
        let prefix = String(String.UnicodeScalarView(letters.dropLast(length))).lowercased()
        return terms(String(name), prefix)
    }

    /// How long an identifier is behind its prefix.
    private static let length = 26
    private static let separators: Set<Unicode.Scalar> = [" ", "_", "-", "\u{2010}", "\u{2011}", "\u{2013}"]

    /// The alphabet of identifiers has no letter that is taken for a digit.
    private static func meant(_ letter: Character) -> Character {
        switch letter {
        case "I", "L": "1"
        case "O": "0"
        default: letter
        }
    }

    private static func terms(_ name: String, _ prefix: String) -> [SearchTerm] {
        var terms: [SearchTerm] = OrderKind.allCases.filter { prefix.isEmpty || prefix == $0.prefix }
            .compactMap { OrderID("\($0.prefix)_\(name)").map { .order($0) } }
        if prefix.isEmpty || prefix == "\(IdentifierKinds.Request.prefix)",
            let id = RequestID("\(IdentifierKinds.Request.prefix)_\(name)")
        {
            terms.append(.request(id))
        }
        if prefix.isEmpty || prefix == "\(IdentifierKinds.Event.prefix)",
            let id = EventID("\(IdentifierKinds.Event.prefix)_\(name)")
        {
            terms.append(.event(id))
        }
        return terms
    }
}
