package import Router

/// Statements and rows of browsers that are signed in.
enum Sessions {
    static let insert = Statement(
        """
        INSERT INTO account_sessions (hash, account, generation, created_at, expires_at, realm)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (hash) DO UPDATE SET account = excluded.account, generation = excluded.generation,
            created_at = excluded.created_at, expires_at = excluded.expires_at, realm = excluded.realm
        """)
    static let get = Statement(
        "SELECT hash, account, generation, created_at, expires_at, realm FROM account_sessions WHERE hash = $1")
    static let end = Statement("DELETE FROM account_sessions WHERE hash = $1")
    static let forget = Statement("DELETE FROM account_sessions WHERE expires_at < $1")

    static func session(_ row: StatementRow) throws(RecordFault) -> AccountSession {
        AccountSession(
            hash: row.blob(0), account: try row.id(1), realm: try row.word(5), generation: row.integer(2),
            createdAt: row.moment(3), expiresAt: row.moment(4))
    }
}

extension SQLiteStore {
    package func insert(_ session: AccountSession) async throws(StoreFailure) {
        _ = try await writeUnit { connection in
            try connection(Sessions.insert).run {
                $0.blob(session.hash)
                $0.text(session.account.text)
                $0.integer(session.generation)
                $0.integer(session.createdAt.milliseconds)
                $0.integer(session.expiresAt.milliseconds)
                $0.text(session.realm.rawValue)
            }
        }
    }

    package func session(hash: [UInt8]) async throws(StoreFailure) -> AccountSession? {
        try await reader.read { connection in
            try connection(Sessions.get).first({ $0.blob(hash) }) { try Sessions.session($0) }
        }
    }

    package func end(session hash: [UInt8]) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(Sessions.end).run { $0.blob(hash) } }
    }

    package func forgetSessions(before moment: Moment) async throws(StoreFailure) {
        _ = try await writeUnit { try $0(Sessions.forget).run { $0.integer(moment.milliseconds) } }
    }
}
