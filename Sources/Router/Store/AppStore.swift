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
