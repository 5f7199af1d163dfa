/// One integration of a platform.
package struct App: Sendable, Hashable {
    package var id: AppID
    /// What people call it; no two apps of an installation share one.
    package var name: String
    package var isEnabled: Bool
    package var createdAt: Moment
    /// Whether payments begun with its publishable key take money without waiting for its secret key, at amounts the
    /// payer's browser chose.
    package var takesUnaccepted = false
    /// ISO code of the country whose phone numbers its callers may write without the calling code.
    package var defaultCountry: String?

    package init(id: AppID, name: String, isEnabled: Bool, createdAt: Moment) {
        self.id = id
        self.name = name
        self.isEnabled = isEnabled
        self.createdAt = createdAt
    }
}
