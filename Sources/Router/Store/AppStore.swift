/// Apps and their keys.
package protocol AppStore: Sendable {
    /// Adds an app.
    ///
    /// - Throws: Also if its id or its name is another app's.
    func insert(_ app: App) async throws(StoreFailure)
    /// Replaces an app; does nothing if there is no such app.
    func update(_ app: App) async throws(StoreFailure)
    func app(_ id: AppID) async throws(StoreFailure) -> App?
    func apps() async throws(StoreFailure) -> [App]
    func insert(_ key: AppKey) async throws(StoreFailure)
    /// Replaces a key; does nothing if there is none with this hash.
    func update(_ key: AppKey) async throws(StoreFailure)
    func keys(of app: AppID) async throws(StoreFailure) -> [AppKey]
    /// The key with this keyed hash, and its app.
    func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)?
}

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

/// An API key; only its keyed hash is kept.
package struct AppKey: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable { case secret, publishable }

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
