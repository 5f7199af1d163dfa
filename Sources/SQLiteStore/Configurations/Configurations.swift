package import Router

/// Statements and rows of versions of the configuration.
enum Configurations {
    static let insert = Statement("INSERT INTO configurations (n, sealed, file) VALUES ($1, $2, $3)")
    static let newest = Statement("SELECT n FROM configurations ORDER BY n DESC LIMIT 1")
    static let page = Statement(
        "SELECT n, tried_on, sealed FROM configurations WHERE n < $1 ORDER BY n DESC LIMIT $2")
    static let get = Statement("SELECT n, tried_on, sealed, file FROM configurations WHERE n = $1")
    static let tried = Statement("UPDATE configurations SET tried_on = $1 WHERE n = $2 AND tried_on < $3")
    static let activate = Statement("INSERT INTO configuration_activations (version, sealed) VALUES ($1, $2)")
    static let activations = Statement(
        "SELECT version, sealed FROM configuration_activations ORDER BY n DESC LIMIT $1")

    static func version(_ row: StatementRow, _ sealer: Sealer) throws -> ConfigurationVersion {
        try ConfigurationCoding.version(
            sealer.opened(row.blob(2)), number: row.integer(0), triedOn: row.integer(1))
    }
}

/// What is written of the configuration, sealed before the writer has to wait for it.
enum SealedConfiguration: Sendable {
    case insert(Int64, record: [UInt8], file: [UInt8])
    case activate(Int64, after: Int64?, record: [UInt8])

    init(_ write: PlatformChange.ConfigurationWrite, _ sealer: Sealer) throws(StoreFailure) {
        switch write {
        case .insert(let version, let file):
            self = .insert(
                version.number, record: try sealer.sealed(ConfigurationCoding.record(version)),
                file: try sealer.sealed(file))
        case .activate(let activation):
            self = .activate(
                activation.number, after: activation.previous,
                record: try sealer.sealed(ConfigurationCoding.record(activation)))
        }
    }
}

extension WriterConnection {
    /// Whether the number is the next one, or the version worked with is the one that is expected.
    func admits(_ write: SealedConfiguration) throws -> Bool {
        let newest = try self(Configurations.newest).first { $0.integer(0) } ?? 0
        switch write {
        case .insert(let number, _, _): return number == newest + 1
        case .activate(let number, let previous, _):
            let active = try self(Configurations.activations).first({ $0.integer(1) }) { $0.integer(0) }
            return active == previous && (1...max(1, newest)).contains(number) && newest > 0
        }
    }

    /// Writes what ``admits(_:)`` has let through.
    func put(_ write: SealedConfiguration) throws {
        switch write {
        case .insert(let number, let record, let file):
            try self(Configurations.insert).run {
                $0.integer(number)
                $0.blob(record)
                $0.blob(file)
            }
        case .activate(let number, _, let record):
            try self(Configurations.activate).run {
                $0.integer(number)
                $0.blob(record)
            }
        }
    }
}

extension SQLiteStore {
    package func configurations(
        before: Int64?, limit: Int
    ) async throws(StoreFailure) -> [ConfigurationVersion] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Configurations.page).all({
                $0.integer(before ?? .max)
                $0.integer(Int64(max(0, limit)))
            }) { try Configurations.version($0, sealer) }
        }
    }

    package func configuration(_ number: Int64) async throws(StoreFailure) -> StoredConfiguration? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Configurations.get).first({ $0.integer(number) }) { row in
                StoredConfiguration(try Configurations.version(row, sealer), file: try sealer.opened(row.blob(3)))
            }
        }
    }

    package func activations(limit: Int) async throws(StoreFailure) -> [ConfigurationActivation] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Configurations.activations).all({ $0.integer(Int64(max(0, limit))) }) { row in
                try ConfigurationCoding.activation(sealer.opened(row.blob(1)), number: row.integer(0))
            }
        }
    }

    package func markTried(_ number: Int64, on decisions: Int64) async throws(StoreFailure) {
        _ = try await writeUnit { connection in
            try connection(Configurations.tried).run {
                $0.integer(decisions)
                $0.integer(number)
                $0.integer(decisions)
            }
        }
    }
}
