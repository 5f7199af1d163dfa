package import Router

/// Statements of named installation facts.
enum Facts {
    static let get = Statement("SELECT value FROM facts WHERE name = $1")

    static let set = Statement(
        "INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
}

extension SQLiteStore {
    package func fact(_ name: String) async throws(StoreFailure) -> String? {
        try await reader.read { connection in
            try connection(Facts.get).first({ $0.text(name) }) { $0.text(0) }
        }
    }

    package func setFact(_ name: String, _ value: String) async throws(StoreFailure) {
        _ = try await write { connection in
            try connection(Facts.set).run {
                $0.text(name)
                $0.text(value)
            }
        }
    }
}
