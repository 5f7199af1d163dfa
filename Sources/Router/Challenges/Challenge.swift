/// A one-time code, or a one-time key in a link, and exactly what it allows.
///
/// The code itself is never stored: ``OneTimeCodes`` makes it anew from the identifier when the message is sent.
package struct Challenge: Sendable, Hashable {
    package let id: ChallengeID
    package let account: AccountID
    package let purpose: Purpose
    /// SHA-256 of exactly what will be done: who, to whom, how much.
    package let subject: [UInt8]
    /// Keyed.
    package let codeHash: [UInt8]
    /// Where the code was sent.
    package let contact: ContactKind
    package let createdAt: Moment
    package let expiresAt: Moment
    /// What the message says of it, beside the code.
    package var about: About?
    package var tries = 0
    package var resends = 0
    package var sentAt: Moment
    package var state: State = .open

    /// What a code is for; a code of one purpose is worth nothing for another.
    package enum Purpose: String, Sendable, Hashable, CaseIterable {
        /// Pay a shop out of the wallet.
        case payment
        /// Send money to somebody.
        case transfer
        /// Pay money out to an operator's wallet.
        case cashOut = "cash_out"
        case billPayment = "bill_payment"
        case billCreation = "bill_creation"
        /// Tie a wallet to an app.
        case walletLink = "wallet_link"
        /// Show that a phone number is the account's.
        case phoneConfirmation = "phone_confirmation"
        /// Let another number take the place of the confirmed one; sent to the old one.
        case phoneChange = "phone_change"
        /// Show that an e-mail address is the account's; a key in a link.
        case emailConfirmation = "email_confirmation"
        /// Choose a new password; a key in a link.
        case passwordReset = "password_reset"

        /// Whether a link carries a long key, instead of six digits that somebody types.
        package var isKey: Bool { self == .emailConfirmation || self == .passwordReset }

        /// How long it can be used, in seconds.
        package var lifetimeSeconds: Int64 { isKey ? 3_600 : 300 }
    }

    /// What a code is sent for, in words for its message.
    package struct About: Sendable, Hashable {
        package var amount: Money
        /// Who is at the other end, as its reader knows them.
        package var counterparty: String?

        package init(amount: Money, counterparty: String?) {
            self.amount = amount
            self.counterparty = counterparty
        }
    }

    package enum ContactKind: String, Sendable, Hashable, CaseIterable { case phone, email }

    package enum State: Sendable, Hashable {
        case open
        /// It was used, and names what it allowed.
        case used(by: String)
        /// A newer one of its purpose counts.
        case replaced
    }

    /// How often a code may be typed.
    package static let mostTries = 3
    /// How often the message may be sent again.
    package static let mostResends = 3
    /// How long somebody waits for a message before another one may be asked for, in seconds.
    package static let resendAfterSeconds: Int64 = 30
    /// How many challenges an account may begin within ``floodSeconds``.
    package static let mostInWindow = 20
    /// In seconds.
    package static let floodSeconds: Int64 = 3_600

    package init(
        id: ChallengeID, account: AccountID, purpose: Purpose, subject: [UInt8], codeHash: [UInt8],
        contact: ContactKind, createdAt: Moment
    ) {
        self.id = id
        self.account = account
        self.purpose = purpose
        self.subject = subject
        self.codeHash = codeHash
        self.contact = contact
        self.createdAt = createdAt
        expiresAt = createdAt.adding(seconds: purpose.lifetimeSeconds)
        sentAt = createdAt
    }

    package var triesLeft: Int { max(0, Self.mostTries - tries) }
}
