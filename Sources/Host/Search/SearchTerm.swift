import Router

/// What a text that somebody typed can be; most texts can be several things.
///
/// Pure. Spaces and capitals are forgiven: people copy from mails, read aloud and type on phones.
enum SearchTerm: Sendable, Hashable {
    case order(OrderID)
    case request(RequestID)
    case event(EventID)
    case phone(MSISDN)
    case amount(Money)
    case metadata(MetadataTerm)
    /// The caller's order number.
    case reference(String)
    /// Our reference of an attempt.
    case attemptReference(String)
    case operatorReference(String)
    case idempotencyKey(String)

    /// How long a text may be, in bytes: nothing that is searched by is longer.
    static let longest = 255

    /// What is known of those who type: the countries whose phone numbers they write without a calling code, and the
    /// currencies of amounts without one.
    struct Context: Sendable, Hashable {
        var countries: [String] = []
        var currencies: [Currency] = []
    }

    /// Everything that a text can be, the most telling first; nothing for an empty text.
    static func all(in text: String, _ context: Context = Context()) -> [SearchTerm] {
        let typed = collapsed(text)
        guard !typed.isEmpty, typed.utf8.count <= longest else { return [] }
        // Nobody else gives names of this form.
        let names = TypedName.all(in: typed)
        if names.count == 1 { return names }
        var terms = names + phones(in: typed, context.countries)
        terms += TypedMoney.all(in: typed, context.currencies).map { .amount($0) }
        if let term = metadata(in: typed) { terms.append(.metadata(term)) }
        let joined = typed.filter { $0 != " " }
        terms += spellings(of: [typed, joined]).map { .reference($0) }
        let references = spellings(of: [joined])
        terms += references.map { .operatorReference($0) } + references.map { .attemptReference($0) }
        terms += distinct([typed, joined]).map { .idempotencyKey($0) }
        return terms
    }

    /// The text without what cannot be seen, with one space for each run of white space, and none at its ends.
    private static func collapsed(_ text: String) -> String {
        let words = text.unicodeScalars.split {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }
        return words.map { word in
            String(String.UnicodeScalarView(word.filter { $0.properties.generalCategory != .format }))
        }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func phones(in text: String, _ countries: [String]) -> [SearchTerm] {
        guard text.unicodeScalars.allSatisfy(isOfPhones) else { return [] }
        let read = [try? MSISDN(parsing: text)] + countries.map { try? MSISDN(parsing: text, defaultCountry: $0) }
        return distinct(read.compactMap(\.self)).map { .phone($0) }
    }

    /// Whether a character stands in phone numbers.
    private static func isOfPhones(_ scalar: Unicode.Scalar) -> Bool {
        switch TypedScalar(scalar) {
        case .digit, .space, .dash, .dot, .slash, .plus, .invisible, .opening, .closing: true
        case .other: false
        }
    }

    /// `name=value` or `name: value`.
    private static func metadata(in text: String) -> MetadataTerm? {
        guard let sign = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
        let name = text[..<sign].withoutOuterSpace
        let value = text[text.index(after: sign)...].withoutOuterSpace
        let isName = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "_-.".utf8.contains(byte)
        }
        guard isName, (1...40).contains(name.utf8.count), !value.isEmpty else { return nil }
        return MetadataTerm(name, value)
    }

    /// As typed, then in capitals and in small letters.
    private static func spellings(of texts: [String]) -> [String] {
        distinct(texts.flatMap { [$0, $0.uppercased(), $0.lowercased()] })
    }

    private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }
}

extension StringProtocol {
    /// Without white space at its ends.
    fileprivate var withoutOuterSpace: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return start <= end ? String(self[start..<end]) : ""
    }
}
