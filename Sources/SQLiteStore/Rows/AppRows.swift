import Router

/// Statements and rows of apps and their keys.
enum AppRows {
    static let insert = Statement(
        """
        INSERT INTO apps (name, enabled, created_at, unaccepted, default_country, id)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)
    static let update = Statement(
        """
        UPDATE apps SET name = $1, enabled = $2, created_at = $3, unaccepted = $4, default_country = $5 WHERE id = $6
        """)
    private static let columns = "a.id, a.name, a.enabled, a.created_at, a.unaccepted, a.default_country"

    static let get = Statement("SELECT \(columns) FROM apps a WHERE a.id = $1")
    static let all = Statement("SELECT \(columns) FROM apps a ORDER BY a.created_at, a.id")

    static let insertKey = Statement(
        """
        INSERT INTO app_keys (app, role, environment, prefix, created_at, expires_at, last_used_at, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    static let updateKey = Statement(
        """
        UPDATE app_keys SET app = $1, role = $2, environment = $3, prefix = $4, created_at = $5, expires_at = $6,
            last_used_at = $7
        WHERE hash = $8
        """)

    private static let keyColumns =
        "k.app, k.role, k.environment, k.prefix, k.created_at, k.expires_at, k.last_used_at, k.hash"

    static let keys = Statement("SELECT \(keyColumns) FROM app_keys k WHERE k.app = $1 ORDER BY k.created_at, k.hash")

    static let key = Statement(
        """
        SELECT \(keyColumns), \(columns)
        FROM app_keys k JOIN apps a ON a.id = k.app WHERE k.hash = $1
        """)

    static func bind(_ app: App, _ binder: inout Binder) {
        binder.text(app.name)
        binder.integer(app.isEnabled ? 1 : 0)
        binder.integer(app.createdAt.milliseconds)
        binder.integer(app.takesUnaccepted ? 1 : 0)
        binder.text(app.defaultCountry)
        binder.text(app.id.text)
    }

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

    /// Reads an app from six columns.
    static func app(_ row: StatementRow, from first: Int32 = 0) throws(RecordFault) -> App {
        var app = App(
            id: try row.id(first), name: row.text(first + 1), isEnabled: row.integer(first + 2) != 0,
            createdAt: row.moment(first + 3))
        app.takesUnaccepted = row.integer(first + 4) != 0
        app.defaultCountry = row.optionalText(first + 5)
        return app
    }

    static func key(_ row: StatementRow) throws(RecordFault) -> AppKey {
        AppKey(
            hash: row.blob(7), app: try row.id(0), role: try row.word(1), environment: try row.word(2),
            prefix: row.text(3), createdAt: row.moment(4), expiresAt: row.optionalMoment(5),
            lastUsedAt: row.optionalMoment(6))
    }
}
