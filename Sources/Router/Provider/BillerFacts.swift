/// Declared facts about a biller: whoever is paid by an account number of its customer.
public struct BillerFacts: Sendable, Hashable {
    /// What customers call their number there, for instance `meter number`.
    public var accountName: String
    /// What such a number is made of; one of another form is refused before anything is sent.
    public var account: BillAccountShape
    /// Whether a payment brings goods that the customer needs, such as a token for a meter.
    ///
    /// How long they may be asked for after the payment, ``ProviderContract/goodsWithinSeconds`` says.
    public var handsOverGoods: Bool

    /// For a provider whose ``PayoutFacts/requires`` holds ``ProviderManifest/Requirement/billAccount``.
    public init(accountName: String, account: BillAccountShape, handsOverGoods: Bool) {
        self.accountName = accountName
        self.account = account
        self.handsOverGoods = handsOverGoods
    }
}

/// The form of the account numbers of a biller.
public struct BillAccountShape: Sendable, Hashable {
    /// The characters that a number is made of.
    public enum Characters: String, Sendable, Hashable, CaseIterable, Decodable {
        /// `0-9`.
        case digits
        /// `0-9 A-Z a-z`.
        case lettersAndDigits = "letters_and_digits"
        /// The same, and `- . / _` behind the first.
        case punctuated

        /// As a class of a regular expression.
        var pattern: String {
            switch self {
            case .digits: "[0-9]"
            case .lettersAndDigits: "[0-9A-Za-z]"
            case .punctuated: "[0-9A-Za-z./_-]"
            }
        }

        func contains(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39: true
            case 0x41...0x5A, 0x61...0x7A: self != .digits
            case 0x2D, 0x2E, 0x2F, 0x5F: self == .punctuated
            default: false
            }
        }
    }

    /// What each character is one of.
    public var characters: Characters
    /// How many there are, at most 64.
    public var length: ClosedRange<Int>

    /// Lengths beyond 64 are cut to it: no account number in an order is longer.
    public init(_ characters: Characters, length: ClosedRange<Int>) {
        self.characters = characters
        self.length = length.clamped(to: 1...BillAccount.longest)
    }

    /// The form as a regular expression: `^[0-9]{11}$`; whatever the characters, the first is a letter or digit.
    public var pattern: String {
        guard characters == .punctuated else { return "^\(characters.pattern){\(Self.counts(length))}$" }
        let rest = length.lowerBound - 1...length.upperBound - 1
        return "^\(Characters.lettersAndDigits.pattern)\(characters.pattern){\(Self.counts(rest))}$"
    }

    private static func counts(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound),\(range.upperBound)"
    }

    /// Whether a number has this form.
    public func fits(_ account: String) -> Bool {
        guard let first = account.utf8.first, Characters.lettersAndDigits.contains(first) else { return false }
        return length.contains(account.utf8.count) && account.utf8.allSatisfy(characters.contains)
    }
}

/// A customer's number at a biller, as text.
///
/// Personal data: whoever knows it can look up what is owed.
package enum BillAccount {
    /// Characters of the longest one.
    package static let longest = 64

    /// Whether a text can be one at any biller: ASCII letters, digits and `- . / _`.
    package static func isValid(_ text: String) -> Bool {
        BillAccountShape(.punctuated, length: 1...longest).fits(text)
    }

    /// All but the last three characters as stars; of a short one everything.
    package static func masked(_ account: String) -> String {
        let shown = account.utf8.count > 6 ? 3 : 0
        return String(repeating: "*", count: account.count - shown) + account.suffix(shown)
    }
}
