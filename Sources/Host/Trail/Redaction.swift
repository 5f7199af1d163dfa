import Router

/// What people may see of what operators sent.
///
/// Members of a list of names that say what became of money are shown. Everything else is masked, so that a name which
/// nobody has thought of shows nothing.
struct Redaction: Sendable {
    /// Numbers that may stand anywhere in it.
    private let phones: [MSISDN]

    /// Looks out for these numbers besides.
    init(hiding phones: [MSISDN] = []) { self.phones = phones }

    /// Looks out for the numbers of an order.
    init(_ order: Order) {
        let known = [
            order.customer.phone, order.request.customer.phone, order.request.transfer?.recipient.phone,
        ]
        self.init(hiding: Array(Set(known.compactMap(\.self))))
    }

    /// What stands in the place of what is not shown.
    static let mask = "***"
    private static let card = "[card number]"
    private static let longest = 200

    // MARK: Values

    /// A member of a message.
    func value(_ text: String, named name: String) -> String {
        if let phone = phone(text) { return phone }
        guard RedactionNames.shown.contains(RedactionNames.plain(name)) else { return Self.mask }
        return self.text(text)
    }

    /// A text of our own about a message, or of people: it holds nothing secret, but perhaps a number.
    func text(_ text: String) -> String {
        if CardNumbers.contains(text) { return Self.card }
        var shown = text.count > Self.longest ? text.prefix(Self.longest) + "..." : text
        for phone in phones {
            shown.replace(phone.international, with: phone.masked.dropFirst())
            shown.replace(phone.national, with: Self.mask + phone.national.suffix(2))
        }
        return shown
    }

    /// The masked form of a text that is a phone number, as far as that can be told.
    private func phone(_ text: String) -> String? {
        if let known = phones.first(where: { $0.isSpelled(text, nationally: true) }) { return known.masked }
        guard text.utf8.first == UInt8(ascii: "+"), let read = try? MSISDN(parsing: text) else { return nil }
        return read.masked
    }

    /// A header field; its name is always shown.
    func header(_ header: WireRequest.Header) -> WireRequest.Header {
        let isShown = RedactionNames.headers.contains(header.name.lowercased())
        return WireRequest.Header(header.name, isShown ? text(header.value) : Self.mask)
    }

    /// An address for mail, with nothing but its first letter and its domain.
    static func email(_ address: String) -> String {
        guard let at = address.lastIndex(of: "@"), let first = address.first, first != "@" else { return mask }
        return "\(first)\(mask)\(address[at...])"
    }
}

/// A message as far as it may be shown: a line for each member.
struct RedactedBody: Sendable, Hashable {
    enum Form: String, Sendable, Hashable, CaseIterable { case json, form, text, other }

    let form: Form
    let lines: [String]
}
