package import Router

/// Statements and rows of apps.
enum Apps {
    static let insert = Statement(
        """
        INSERT INTO apps (name, enabled, created_at, unaccepted, default_country, owner, wallet, version, sealed, id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """)

    static let update = Statement(
        """
        UPDATE apps SET name = $1, enabled = $2, created_at = $3, unaccepted = $4, default_country = $5, owner = $6,
            wallet = $7, version = $8, sealed = $9
        WHERE id = $10
        """)

    static let columns =
        "a.id, a.name, a.enabled, a.created_at, a.unaccepted, a.default_country, a.owner, a.wallet, a.version, a.sealed"

    static let get = Statement("SELECT \(columns) FROM apps a WHERE a.id = $1")

    static let all = Statement("SELECT \(columns) FROM apps a ORDER BY a.created_at, a.id")

    static let owned = Statement("SELECT \(columns) FROM apps a WHERE a.owner = $1 ORDER BY a.created_at, a.id")

    static func bind(_ app: App, _ sealed: [UInt8]?, _ binder: inout Binder) {
        binder.text(app.name)
        binder.integer(app.isEnabled ? 1 : 0)
        binder.integer(app.createdAt.milliseconds)
        binder.integer(app.takesUnaccepted ? 1 : 0)
        binder.text(app.defaultCountry)
        binder.text(app.owner?.text)
        binder.text(app.wallet?.text)
        binder.integer(app.version)
        binder.blob(sealed)
        binder.text(app.id.text)
    }

    /// What of an app is sealed; `nil` if there is nothing.
    static func sealed(_ app: App, _ sealer: Sealer) throws(StoreFailure) -> [UInt8]? {
        try sealer.sealed(AppCoding.record(app))
    }

    /// Reads an app from ten columns.
    static func app(_ row: StatementRow, from first: Int32 = 0, _ sealer: Sealer) throws(RecordFault) -> App {
        var app = App(
            id: try row.id(first), name: row.text(first + 1), isEnabled: row.integer(first + 2) != 0,
            createdAt: row.moment(first + 3))
        app.takesUnaccepted = row.integer(first + 4) != 0
        app.defaultCountry = row.optionalText(first + 5)
        app.owner = try row.optionalID(first + 6)
        app.wallet = try row.optionalID(first + 7)
        app.version = row.integer(first + 8)
        if let sealed = row.optionalBlob(first + 9) { try AppCoding.read(sealer.opened(sealed), into: &app) }
        return app
    }
}

extension SQLiteStore {
    package func insert(_ app: App) async throws(StoreFailure) {
        let sealed = try Apps.sealed(app, sealer)
        _ = try await writeUnit { try $0(Apps.insert).run { Apps.bind(app, sealed, &$0) } }
    }

    package func update(_ app: App) async throws(StoreFailure) {
        let sealed = try Apps.sealed(app, sealer)
        _ = try await writeUnit { try $0(Apps.update).run { Apps.bind(app, sealed, &$0) } }
    }

    package func app(_ id: AppID) async throws(StoreFailure) -> App? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Apps.get).first({ $0.text(id.text) }) { try Apps.app($0, sealer) }
        }
    }

    package func apps() async throws(StoreFailure) -> [App] {
        let sealer = sealer
        return try await reader.read { try $0(Apps.all).all { try Apps.app($0, sealer) } }
    }

    package func apps(of owner: AccountID) async throws(StoreFailure) -> [App] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Apps.owned).all({ $0.text(owner.text) }) { try Apps.app($0, sealer) }
        }
    }
}
