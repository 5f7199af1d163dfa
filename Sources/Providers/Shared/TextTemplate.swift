import Router

/// A setting's text with places, such as `{reference}`, for what is known of an order.
struct TextTemplate: Sendable {
    /// What a place can stand for.
    enum Place: String, CaseIterable, Sendable {
        /// The shop's order number.
        case reference
        /// The caller's text for the payer or payee.
        case description
        /// The shop's name.
        case shop
        /// The payer's or payee's e-mail address.
        case email
        /// The payer's or payee's name.
        case name
    }

    private enum Piece: Sendable {
        case text(String)
        case place(Place)
    }

    private let pieces: [Piece]

    /// Reads a template.
    ///
    /// - Throws: If a brace has no partner, or stands around a name that is no place.
    init(_ template: String, setting: String) throws(ProviderConfigurationError) {
        var pieces: [Piece] = []
        var rest = template[...]
        while let brace = rest.firstIndex(where: { "{}".contains($0) }) {
            pieces.append(.text(String(rest[..<brace])))
            guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else {
                throw .setting(setting, "a brace without its partner")
            }
            let name = String(rest[rest.index(after: brace)..<end])
            guard let place = Place(rawValue: name) else {
                let known = Place.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
                throw .setting(setting, "{\(name)} stands for nothing; there are \(known)")
            }
            pieces.append(.place(place))
            rest = rest[rest.index(after: end)...]
        }
        pieces.append(.text(String(rest)))
        self.pieces = pieces
    }

    /// The text for one order; what is not known leaves nothing behind, not even the space beside it.
    func filled(_ values: [Place: String]) -> String {
        var result = ""
        var isAfterNothing = false
        for piece in pieces {
            switch piece {
            case .place(let place):
                let value = values[place] ?? ""
                result += value
                isAfterNothing = value.isEmpty
            case .text(let text):
                let isDoubled = isAfterNothing && text.hasPrefix(" ") && (result.isEmpty || result.hasSuffix(" "))
                result += isDoubled ? String(text.dropFirst()) : text
                if !text.isEmpty { isAfterNothing = false }
            }
        }
        while result.hasSuffix(" ") { result.removeLast() }
        return result
    }
}

extension TextTemplate.Place {
    /// What is known of an order.
    static func values(
        _ orderNumber: String?, _ description: String, _ shop: Shop, _ customer: Customer
    ) -> [TextTemplate.Place: String] {
        var values: [TextTemplate.Place: String] = [:]
        values[.reference] = orderNumber
        // Where nothing was described, the order number stands in for the text; it is not said twice.
        values[.description] = description == orderNumber ? nil : description
        values[.shop] = shop.shown(nil)
        values[.email] = customer.email
        values[.name] = customer.name
        return values
    }
}
