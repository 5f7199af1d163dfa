package import Router

/// What a password must be: long enough, and none of those that are tried first (NIST SP 800-63B, 5.1.1.2).
package enum PasswordRules {
    package static let shortest = 10
    /// In bytes; longer texts are refused, never cut.
    package static let longest = 256

    package enum Fault: Error, Sendable, Hashable {
        case tooShort
        case tooLong
        /// It is known to everybody, or is the account's own name.
        case guessable
    }

    /// What is wrong with a password; `nil` if it may be chosen.
    package static func fault(_ password: Secret, of username: Username, name: String) -> Fault? {
        let text = password.reveal()
        guard text.unicodeScalars.count >= shortest else { return .tooShort }
        guard text.utf8.count <= longest else { return .tooLong }
        let plain = text.lowercased().filter { !$0.isWhitespace }
        let isKnown = known.contains { plain.hasPrefix($0) && plain.utf8.count < $0.utf8.count + 5 }
        let isOwn = plain.contains(username.text) && plain.utf8.count < username.text.utf8.count + 5
        let isOneCharacter = Set(plain).count < 4
        return isKnown || isOwn || isOneCharacter || plain == name.lowercased().filter { !$0.isWhitespace }
            ? .guessable : nil
    }

    /// Beginnings of the passwords that are tried first, with a few characters behind them.
    private static let known = [
        "password", "passw0rd", "motdepasse", "azertyuiop", "qwertyuiop", "qwerty123", "azerty123", "1234567890",
        "0123456789", "123456789", "12345678", "abcdefghij", "iloveyou", "letmein", "welcome", "bienvenue", "bonjour",
        "administrator", "administrateur", "changeme", "football", "superman", "trustno1", "sunshine", "princess",
        "payrouter", "wallet", "momo", "tmoney", "flooz",
    ]
}
