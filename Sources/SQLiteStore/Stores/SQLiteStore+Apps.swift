package import Router

extension SQLiteStore {
    package func insert(_ app: App) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(AppRows.insert).run { AppRows.bind(app, &$0) } }
    }

    package func update(_ app: App) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(AppRows.update).run { AppRows.bind(app, &$0) } }
    }

    package func app(_ id: AppID) async throws(StoreFailure) -> App? {
        try await reader.read { connection in
            try connection(AppRows.get).first({ $0.text(id.text) }) { try AppRows.app($0) }
        }
    }

    package func apps() async throws(StoreFailure) -> [App] {
        try await reader.read { try $0(AppRows.all).all { try AppRows.app($0) } }
    }

    package func insert(_ key: AppKey) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(AppRows.insertKey).run { AppRows.bind(key, &$0) } }
    }

    package func update(_ key: AppKey) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(AppRows.updateKey).run { AppRows.bind(key, &$0) } }
    }

    package func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] {
        try await reader.read { connection in
            try connection(AppRows.keys).all({ $0.text(app.text) }) { try AppRows.key($0) }
        }
    }

    package func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? {
        try await reader.read { connection in
            try connection(AppRows.key).first({ $0.blob(hash) }) { (try AppRows.key($0), try AppRows.app($0, from: 8)) }
        }
    }
}
