/// A one-time token that stands for a card typed into the browser (docs/protocols/card.md, 2.4).
///
/// Kept in the journal, without the card's number: only what the number stands for is known afterwards.
struct CardToken: Codable, Sendable {
    /// `tok_...`.
    var id: String
    /// The test instrument that the typed number stands for.
    var instrument: String
    var expMonth: Int64
    var expYear: Int64
    /// In seconds since 1970.
    var created: Int64
    /// When it is forgotten if nobody uses it, in milliseconds since 1970.
    var expiresAt: Int64
    var isUsed = false

    /// How long a token waits to be used, in milliseconds.
    ///
    /// The real service's time is not published; no shop should keep one for later.
    static let lifetime: Int64 = 15 * 60_000

    /// The object as the wire shows it.
    var json: JSONValue {
        let card = CardInstrument.named(instrument)
        return [
            "id": .text(id), "object": "token",
            "card": [
                "id": .text("card_\(id.dropFirst(4))"), "object": "card", "brand": .optional(card?.brand),
                "country": "US", "exp_month": .number(expMonth), "exp_year": .number(expYear), "funding": "credit",
                "last4": .optional(card?.last4),
            ],
            "client_ip": nil, "created": .number(created), "livemode": false, "type": "card", "used": .bool(isUsed),
        ]
    }
}
