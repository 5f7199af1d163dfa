/// How long a text an operator shows to payers or payees.
///
/// A text is never cut: a longer one is refused before anything is stored, or goes to a provider that takes it.
public struct DescriptionFacts: Sendable, Hashable {
    /// The most characters (Unicode scalars) that the operator's field takes; `nil` if no limit is on record.
    public var limit: Int?
    /// Whether the shop's order number stands before the text in the same field, with a space between them.
    public var followsOrderNumber: Bool

    /// No limit is the right default: a kind states only what a document of its operator says.
    public init(limit: Int? = nil, followsOrderNumber: Bool = false) {
        self.limit = limit
        self.followsOrderNumber = followsOrderNumber
    }

    /// The most characters that the router itself takes.
    public static let longest = 250

    /// The characters that are left for a text, at most ``longest``.
    public func room(after orderNumber: String?) -> Int {
        guard let limit else { return Self.longest }
        let taken = followsOrderNumber ? (orderNumber?.unicodeScalars.count).map { $0 + 1 } ?? 0 : 0
        return min(Self.longest, max(0, limit - taken))
    }

    /// These facts with an operator's limit that the platform was told.
    package func limited(to other: Int?) -> DescriptionFacts {
        DescriptionFacts(
            limit: [limit, other].compactMap(\.self).min(), followsOrderNumber: followsOrderNumber)
    }
}

/// Who sells, as the operator shows it to payers.
public struct Shop: Sendable, Hashable {
    /// The app's name; `nil` if it is not known.
    public var name: String?
    /// What this operator shall show instead (`shops` of `providers.json`).
    public var brand: String?
    /// A text of the shop beside every payment, where the operator has a place for one.
    public var text: String?

    /// Nothing given means that payers see what the operator has registered.
    public init(name: String? = nil, brand: String? = nil, text: String? = nil) {
        self.name = name
        self.brand = brand
        self.text = text
    }

    /// The name to show: the shop's own at this operator, else the one in the provider's settings, else the app's.
    public func shown(_ configured: String?) -> String? { brand ?? configured ?? name }
}
