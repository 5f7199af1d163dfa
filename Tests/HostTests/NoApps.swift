import Router

/// A store that knows nobody.
struct NoApps: AppStore {
    func insert(_ app: App) async throws(StoreFailure) {}
    func update(_ app: App) async throws(StoreFailure) {}
    func app(_ id: AppID) async throws(StoreFailure) -> App? { nil }
    func apps() async throws(StoreFailure) -> [App] { [] }
    func insert(_ key: AppKey) async throws(StoreFailure) {}
    func update(_ key: AppKey) async throws(StoreFailure) {}
    func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] { [] }
    func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? { nil }
}
