package import Router

/// Statements and rows of people who may sign.
enum People {
    private static let columns = "name, token_hash, created_at, revoked_at, account"

    static let insert = Statement(
        "INSERT INTO people (token_hash, created_at, revoked_at, account, name) VALUES ($1, $2, $3, $4, $5)")
    static let update = Statement(
        "UPDATE people SET token_hash = $1, created_at = $2, revoked_at = $3, account = $4 WHERE name = $5")
    static let all = Statement("SELECT \(columns) FROM people ORDER BY created_at, name")
    static let named = Statement("SELECT \(columns) FROM people WHERE name = $1")

    static func bind(_ person: Person, _ binder: inout Binder) {
        binder.blob(person.tokenHash)
        binder.integer(person.createdAt.milliseconds)
        binder.integer(person.revokedAt?.milliseconds)
        binder.text(person.account?.text)
        binder.text(person.name)
    }

    static func person(_ row: StatementRow) throws(RecordFault) -> Person {
        Person(
            name: row.text(0), tokenHash: row.blob(1), createdAt: row.moment(2), revokedAt: row.optionalMoment(3),
            account: try row.optionalID(4))
    }
}

extension SQLiteStore {
    package func insert(_ person: Person) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(People.insert).run { People.bind(person, &$0) } }
    }

    package func update(_ person: Person) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(People.update).run { People.bind(person, &$0) } }
    }

    package func people() async throws(StoreFailure) -> [Person] {
        try await reader.read { try $0(People.all).all { try People.person($0) } }
    }

    package func person(named name: String) async throws(StoreFailure) -> Person? {
        try await reader.read { connection in
            try connection(People.named).first({ $0.text(name) }) { try People.person($0) }
        }
    }
}
