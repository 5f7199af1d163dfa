/// One integration of a platform.
package struct App: Sendable, Hashable {
    package var id: AppID
    /// What people call it; no two apps of one owner share one.
    package var name: String
    package var isEnabled: Bool
    package var createdAt: Moment
    /// Whether payments begun with its publishable key take money without waiting for its secret key, at amounts the
    /// payer's browser chose.
    package var takesUnaccepted = false
    /// ISO code of the country whose phone numbers its callers may write without the calling code.
    package var defaultCountry: String?
    /// The developer whose it is; `nil` for apps of the installation, made at its command line.
    package var owner: AccountID?
    /// What it is for, in its owner's words.
    package var about: String?
    /// Where its owner is reached about it.
    package var phone: MSISDN?
    /// The business wallet to which what it collects from wallets goes; linked with a one-time code of its holder.
    package var wallet: WalletID?
    /// Compared and set by every change.
    package var version: Int64 = 1

    package init(id: AppID, name: String, isEnabled: Bool, createdAt: Moment) {
        self.id = id
        self.name = name
        self.isEnabled = isEnabled
        self.createdAt = createdAt
    }
}
