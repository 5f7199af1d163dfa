/// The name of a configured provider, as in `providers.json`, for instance `tmoney-tg`.
public struct ProviderID: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// As it stands in `providers.json` and in answers.
    public let text: String

    /// Takes a name; see ``isValid(_:)`` for what configuration accepts.
    public init(_ text: String) { self.text = text }
    /// Takes a literal name.
    public init(stringLiteral value: String) { text = value }

    /// Whether a text may name a provider: 1 to 40 of `a-z 0-9 -`, starting with a letter.
    public static func isValid(_ text: String) -> Bool { isSlug(text) }

    /// Orders by name.
    public static func < (left: ProviderID, right: ProviderID) -> Bool { left.text < right.text }
    /// The same as ``text``.
    public var description: String { text }
}

/// What a payer chooses: `tmoney`, `flouci`, `card`, ...
public struct PaymentChannel: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// As it stands in `providers.json` and in answers.
    public let text: String

    /// Takes a name.
    public init(_ text: String) { self.text = text }
    /// Takes a literal name.
    public init(stringLiteral value: String) { text = value }

    /// Whether a text may name a channel: 1 to 40 of `a-z 0-9 -`, starting with a letter.
    public static func isValid(_ text: String) -> Bool { isSlug(text) }

    /// Orders by name.
    public static func < (left: PaymentChannel, right: PaymentChannel) -> Bool { left.text < right.text }
    /// The same as ``text``.
    public var description: String { text }
}

/// Sandbox money or real money; app, key and provider each belong to one.
public enum PayEnvironment: String, Sendable, Hashable, CaseIterable, Decodable {
    /// Sandbox operators and test credentials.
    case sandbox
    /// Real operators.
    case production
}

private func isSlug(_ text: String) -> Bool {
    guard let first = text.utf8.first, (1...40).contains(text.utf8.count), (0x61...0x7A).contains(first) else {
        return false
    }
    return text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
}
