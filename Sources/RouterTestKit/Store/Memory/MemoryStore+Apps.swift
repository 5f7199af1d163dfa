package import Router

extension MemoryStore {
    package func insert(_ app: App) async throws(StoreFailure) {
        try await perform(.insertApp) { (state) throws(StoreFailure) in
            guard state.apps[app.id] == nil else { throw StoreFailure(.other, "apps.id") }
            guard !state.apps.values.contains(where: { $0.name == app.name && $0.owner == app.owner }) else {
                throw StoreFailure(.other, "apps.name")
            }
            state.apps[app.id] = app
        }
    }

    package func update(_ app: App) async throws(StoreFailure) {
        try await perform(.updateApp) { if $0.apps[app.id] != nil { $0.apps[app.id] = app } }
    }

    package func app(_ id: AppID) async throws(StoreFailure) -> App? {
        try await perform(.app) { $0.apps[id] }
    }

    package func apps() async throws(StoreFailure) -> [App] {
        try await perform(.apps) { state in
            state.apps.values.sorted { ($0.createdAt, $0.id.text) < ($1.createdAt, $1.id.text) }
        }
    }

    package func insert(_ key: AppKey) async throws(StoreFailure) {
        try await perform(.insertKey) { (state) throws(StoreFailure) in
            guard state.keys[key.hash] == nil else { throw StoreFailure(.other, "app_keys.hash") }
            state.keys[key.hash] = key
        }
    }

    package func update(_ key: AppKey) async throws(StoreFailure) {
        try await perform(.updateKey) { if $0.keys[key.hash] != nil { $0.keys[key.hash] = key } }
    }

    package func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] {
        try await perform(.keys) { state in
            state.keys.values.filter { $0.app == app }.sorted { left, right in
                left.createdAt == right.createdAt
                    ? left.hash.lexicographicallyPrecedes(right.hash) : left.createdAt < right.createdAt
            }
        }
    }

    package func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? {
        try await perform(.key) { state in
            guard let key = state.keys[hash], let app = state.apps[key.app] else { return nil }
            return (key, app)
        }
    }
}
