import Router

/// Statements and rows of people who may sign.
enum PeopleRows {
    private static let columns = "name, token_hash, created_at, revoked_at"

    static let insert = Statement(
        "INSERT INTO people (token_hash, created_at, revoked_at, name) VALUES ($1, $2, $3, $4)")
    static let update = Statement(
        "UPDATE people SET token_hash = $1, created_at = $2, revoked_at = $3 WHERE name = $4")
    static let all = Statement("SELECT \(columns) FROM people ORDER BY created_at, name")
    static let named = Statement("SELECT \(columns) FROM people WHERE name = $1")

    static func bind(_ person: Person, _ binder: inout Binder) {
        binder.blob(person.tokenHash)
        binder.integer(person.createdAt.milliseconds)
        binder.integer(person.revokedAt?.milliseconds)
        binder.text(person.name)
    }

    static func person(_ row: StatementRow) -> Person {
        Person(
            name: row.text(0), tokenHash: row.blob(1), createdAt: row.moment(2), revokedAt: row.optionalMoment(3))
    }
}
