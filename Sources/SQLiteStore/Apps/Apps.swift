package import Router

/// Statements and rows of apps.
enum Apps {
    static let insert = Statement(
        """
        INSERT INTO apps (name, enabled, created_at, unaccepted, default_country, id)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)

    static let update = Statement(
        """
        UPDATE apps SET name = $1, enabled = $2, created_at = $3, unaccepted = $4, default_country = $5 WHERE id = $6
        """)

    static let columns = "a.id, a.name, a.enabled, a.created_at, a.unaccepted, a.default_country"

    static let get = Statement("SELECT \(columns) FROM apps a WHERE a.id = $1")

    static let all = Statement("SELECT \(columns) FROM apps a ORDER BY a.created_at, a.id")

    static func bind(_ app: App, _ binder: inout Binder) {
        binder.text(app.name)
        binder.integer(app.isEnabled ? 1 : 0)
        binder.integer(app.createdAt.milliseconds)
        binder.integer(app.takesUnaccepted ? 1 : 0)
        binder.text(app.defaultCountry)
        binder.text(app.id.text)
    }

    /// Reads an app from six columns.
    static func app(_ row: StatementRow, from first: Int32 = 0) throws(RecordFault) -> App {
        var app = App(
            id: try row.id(first), name: row.text(first + 1), isEnabled: row.integer(first + 2) != 0,
            createdAt: row.moment(first + 3))
        app.takesUnaccepted = row.integer(first + 4) != 0
        app.defaultCountry = row.optionalText(first + 5)
        return app
    }
}

extension SQLiteStore {
    package func insert(_ app: App) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(Apps.insert).run { Apps.bind(app, &$0) } }
    }

    package func update(_ app: App) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(Apps.update).run { Apps.bind(app, &$0) } }
    }

    package func app(_ id: AppID) async throws(StoreFailure) -> App? {
        try await reader.read { connection in
            try connection(Apps.get).first({ $0.text(id.text) }) { try Apps.app($0) }
        }
    }

    package func apps() async throws(StoreFailure) -> [App] {
        try await reader.read { try $0(Apps.all).all { try Apps.app($0) } }
    }
}
