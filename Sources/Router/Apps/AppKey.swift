/// An API key; only its keyed hash is kept.
package struct AppKey: Sendable, Hashable {
    /// What a key is for; a QR code's key stands in the address behind an app's static QR code, and begins payments there.
    package enum Role: String, Sendable, Hashable, CaseIterable { case secret, publishable, qr }

    package var hash: [UInt8]
    package var app: AppID
    package var role: Role
    package var environment: PayEnvironment
    /// The first characters, to recognise a key by.
    package var prefix: String
    package var createdAt: Moment
    /// From this moment on the key is refused; rotation sets it in the future, revocation to now.
    package var expiresAt: Moment?
    package var lastUsedAt: Moment?

    package init(
        hash: [UInt8], app: AppID, role: Role, environment: PayEnvironment, prefix: String, createdAt: Moment,
        expiresAt: Moment? = nil, lastUsedAt: Moment? = nil
    ) {
        self.hash = hash
        self.app = app
        self.role = role
        self.environment = environment
        self.prefix = prefix
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }
}
