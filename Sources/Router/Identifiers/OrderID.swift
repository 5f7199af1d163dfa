/// Names an order: its kind and 16 bytes inside; as text the prefix of its kind, then 26 characters that sort by time of
/// creation (ULID).
public struct OrderID: Sendable, Hashable, CustomStringConvertible {
    let ulid: ULID
    /// What it names, as its prefix says.
    public let kind: OrderKind

    /// A new one, which sorts after all of its kind that were made in earlier milliseconds.
    public init(_ kind: OrderKind = .payment, at moment: Moment, from random: some RandomSource) {
        self.kind = kind
        ulid = ULID(at: moment, from: random)
    }

    /// Reads an identifier of any kind, or of one; `nil` if the prefix or form is wrong.
    public init?(_ text: String, _ kind: OrderKind? = nil) {
        guard let end = text.utf8.lastIndex(of: UInt8(ascii: "_")), let found = OrderKind(prefix: text[..<end]),
            kind == nil || kind == found, let ulid = ULID(text.utf8[text.utf8.index(after: end)...])
        else { return nil }
        self.ulid = ulid
        self.kind = found
    }

    /// Takes an identifier that this router wrote itself, from its own store.
    ///
    /// - Throws: ``RecordFault`` if the text is none.
    package init(stored text: String) throws(RecordFault) {
        guard let id = Self(text) else { throw RecordFault("a stored id names no order") }
        self = id
    }

    /// The whole identifier, for instance `pay_01JD3K...`.
    public var text: String { ulid.text(kind.facts.prefix) }
    /// The same as ``text``.
    public var description: String { text }
    /// The millisecond in which it was made, as the identifier itself says.
    package var madeAt: Moment { ulid.moment }

    /// An identifier that no order has, for questions about none in particular.
    package static func none(_ kind: OrderKind = .payment) -> OrderID { OrderID(kind, ULID(high: 0, low: 0)) }

    /// Whether it stands before another one in lists: newest first and, of one millisecond, by the bits behind it.
    package func isNewer(than other: OrderID) -> Bool {
        ulid == other.ulid ? kind.rawValue > other.kind.rawValue : other.ulid < ulid
    }

    /// The place of this identifier among those of another kind.
    package func place(among kind: OrderKind) -> OrderID { OrderID(kind, ulid) }

    private init(_ kind: OrderKind, _ ulid: ULID) {
        self.kind = kind
        self.ulid = ulid
    }

    /// A text between the identifiers of a kind: those made before a moment are smaller, the others are larger.
    package static func bound(_ kind: OrderKind, at moment: Moment) -> String {
        "\(kind.facts.prefix)_" + ULID.time(moment)
    }
}
