package import Router

/// Statements of the fence between processes.
enum Epochs {
    static let newest = Statement("SELECT newest FROM epochs WHERE id = 1")
    static let advance = Statement("UPDATE epochs SET newest = newest + 1 WHERE id = 1")
}

extension SQLiteStore {
    package func takeEpoch() async throws(StoreFailure) -> Int64 {
        try await write { connection in
            try connection(Epochs.advance).run()
            return try connection(Epochs.newest).first { $0.integer(0) } ?? 0
        }
    }
}
