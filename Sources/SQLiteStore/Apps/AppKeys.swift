package import Router

/// Statements and rows of apps' keys.
enum AppKeys {
    static let insert = Statement(
        """
        INSERT INTO app_keys (app, role, environment, prefix, created_at, expires_at, last_used_at, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    static let update = Statement(
        """
        UPDATE app_keys SET app = $1, role = $2, environment = $3, prefix = $4, created_at = $5, expires_at = $6,
            last_used_at = $7
        WHERE hash = $8
        """)

    private static let columns =
        "k.app, k.role, k.environment, k.prefix, k.created_at, k.expires_at, k.last_used_at, k.hash"

    static let ofApp = Statement("SELECT \(columns) FROM app_keys k WHERE k.app = $1 ORDER BY k.created_at, k.hash")

    static let get = Statement(
        """
        SELECT \(columns), \(Apps.columns)
        FROM app_keys k JOIN apps a ON a.id = k.app WHERE k.hash = $1
        """)

    static func bind(_ key: AppKey, _ binder: inout Binder) {
        binder.text(key.app.text)
        binder.text(key.role.rawValue)
        binder.text(key.environment.rawValue)
        binder.text(key.prefix)
        binder.integer(key.createdAt.milliseconds)
        binder.integer(key.expiresAt?.milliseconds)
        binder.integer(key.lastUsedAt?.milliseconds)
        binder.blob(key.hash)
    }

    static func key(_ row: StatementRow) throws(RecordFault) -> AppKey {
        AppKey(
            hash: row.blob(7), app: try row.id(0), role: try row.word(1), environment: try row.word(2),
            prefix: row.text(3), createdAt: row.moment(4), expiresAt: row.optionalMoment(5),
            lastUsedAt: row.optionalMoment(6))
    }
}

extension SQLiteStore {
    package func insert(_ key: AppKey) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(AppKeys.insert).run { AppKeys.bind(key, &$0) } }
    }

    package func update(_ key: AppKey) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(AppKeys.update).run { AppKeys.bind(key, &$0) } }
    }

    package func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] {
        try await reader.read { connection in
            try connection(AppKeys.ofApp).all({ $0.text(app.text) }) { try AppKeys.key($0) }
        }
    }

    package func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(AppKeys.get).first({ $0.blob(hash) }) {
                (try AppKeys.key($0), try Apps.app($0, from: 8, sealer))
            }
        }
    }
}
