/// Somebody who signed up on the platform: a holder of wallets, a developer, or a member of the staff.
///
/// Names and contacts are personal data, sealed at rest; the password is kept as its hash only.
package struct Account: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case active
        /// May not sign in before the e-mail address is confirmed.
        case unconfirmed
        /// May not sign in; a person of the platform ended it.
        case disabled
    }

    package let id: AccountID
    /// By which others find the account; unique for ever, in small letters.
    package let username: Username
    package let createdAt: Moment
    /// As others are shown it before they send money.
    package var name: String
    /// argon2id, with its parameters and salt, in the PHC string format.
    package var passwordHash: String
    package var phone: Contact<MSISDN>?
    package var email: Contact<String>?
    /// Takes the confirmed address's place once the link in the mail to it was opened; `nil` where none is confirmed.
    package var newEmail: String?
    /// ISO 639-1, of pages and messages.
    package var language: String?
    /// Whether messages tell of movements; codes are always sent.
    package var wantsMessages = true
    package var state: State = .active
    package var roles: Set<AccountRole> = []
    /// Asked for beside the password, once it is confirmed.
    package var secondFactor: SecondFactor?
    /// Sessions and tokens say with which generation they began; those of an older one are over.
    package var generation: Int64 = 1
    /// Compared and set by every change.
    package var version: Int64 = 1

    package init(
        id: AccountID, username: Username, name: String, passwordHash: String, phone: Contact<MSISDN>? = nil,
        email: Contact<String>? = nil, language: String? = nil, createdAt: Moment
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.passwordHash = passwordHash
        self.phone = phone
        self.email = email
        self.language = language
        self.createdAt = createdAt
    }

    /// A way to reach somebody, and since when it is known that it reaches them.
    package struct Contact<Value: Sendable & Hashable>: Sendable, Hashable {
        package var value: Value
        /// `nil` until its owner has typed the code, or followed the link, that was sent there.
        package var confirmedAt: Moment?

        package init(_ value: Value, confirmedAt: Moment? = nil) {
            self.value = value
            self.confirmedAt = confirmedAt
        }
    }

    /// The phone number, if it was confirmed: only then others find the account by it, and codes go there.
    package var confirmedPhone: MSISDN? { phone.flatMap { $0.confirmedAt == nil ? nil : $0.value } }

    /// Whether it is one of the people who run the platform.
    package var isStaff: Bool { roles.contains { $0.isStaff } }

    /// Whether it may have apps; an admin may do everything that a developer may.
    package var develops: Bool { roles.contains(.developer) || roles.contains(.admin) }

    /// Whether digits of a second factor are asked for.
    package var hasSecondFactor: Bool { secondFactor?.confirmedAt != nil }

    /// How long an account that waits to be activated holds its name and address, in seconds: seven days.
    package static let activationSeconds: Int64 = 7 * 86_400

    /// Whether a developer's account was not activated within ``activationSeconds``: it is deleted then.
    ///
    /// One to which somebody who runs the platform has given more roles is theirs to decide on.
    package func isAbandoned(at now: Moment) -> Bool {
        state == .unconfirmed && !isStaff && confirmedEmail == nil
            && createdAt.adding(seconds: Self.activationSeconds) <= now
    }
}

/// What people choose to be found by: 3 to 32 small letters, digits and `. _ -`, beginning with a letter.
package struct Username: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// Takes what somebody typed, in capitals or not.
    ///
    /// - Parameter typed: The name; `nil` is returned unless it has the form.
    package init?(_ typed: String) {
        let text = typed.lowercased()
        guard let first = text.utf8.first, (0x61...0x7A).contains(first), (3...32).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || [0x2E, 0x5F, 0x2D].contains(byte)
            })
        else { return nil }
        self.text = text
    }

    /// What is wrong with a text that is none, for people.
    package static let form = "3 to 32 small letters, digits and . _ -, beginning with a letter"

    package var description: String { text }
}
