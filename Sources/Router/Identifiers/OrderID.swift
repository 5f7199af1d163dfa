/// What a caller can ask for; each kind of order has a prefix of its own in its ``OrderID``.
public enum OrderKind: String, Sendable, Hashable, CaseIterable {
    /// Money in.
    case payment
    /// Money out.
    case payout
    /// Money back, for a payment.
    case refund
    /// Collects money that a payment holds.
    case capture
    /// Releases money that a payment holds.
    case void

    /// The prefix of its identifiers, without the underscore.
    public var prefix: String {
        switch self {
        case .payment: "pay"
        case .payout: "po"
        case .refund: "re"
        case .capture: "cap"
        case .void: "void"
        }
    }

    /// Whether such an order belongs to a payment.
    public var hasParent: Bool { self != .payment && self != .payout }
}

/// Names an order: the prefix of its kind, then 26 characters that sort by time of creation (ULID).
public struct OrderID: Sendable, Hashable, CustomStringConvertible {
    /// The whole identifier, for instance `pay_01JD3K...`.
    public let text: String
    /// What it names, as its prefix says.
    public let kind: OrderKind

    /// Makes a new identifier.
    public init(_ kind: OrderKind = .payment, at moment: Moment, from random: some RandomSource) {
        self.kind = kind
        text = kind.prefix + "_" + ULID.text(milliseconds: UInt64(max(0, moment.milliseconds)), random: random)
    }

    /// Reads an identifier of any kind, or of one; `nil` if the prefix or form is wrong.
    public init?(_ text: String, _ kind: OrderKind? = nil) {
        guard let end = text.utf8.lastIndex(of: UInt8(ascii: "_")) else { return nil }
        let rest = text.utf8[text.utf8.index(after: end)...]
        guard rest.count == 26, rest.allSatisfy({ ULID.alphabet.contains($0) }) else { return nil }
        guard let found = Self.kind(text[..<end]), kind == nil || kind == found else { return nil }
        self.text = text
        self.kind = found
    }

    /// Takes an identifier that this router wrote itself, from its own store.
    package init(stored text: String) {
        self.text = text
        kind = Self.kind(text.prefix { $0 != "_" }) ?? .payment
    }

    private static func kind(_ prefix: Substring) -> OrderKind? {
        switch prefix {
        case "pay": .payment
        case "po": .payout
        case "re": .refund
        case "cap": .capture
        case "void": .void
        default: nil
        }
    }

    /// The identifier as text.
    public var description: String { text }
}
