import Router

/// Which version of the configuration a router starts with.
///
/// The first start makes version 1 of the file. Every later one runs the version that was activated last, and says where the
/// file differs; only where both let a changed file be activated by itself, as in the sandbox, the file becomes a version and
/// is run.
struct ConfigurationStart: Sendable {
    let versions: ConfigurationVersions
    let loader: ConfigurationLoader

    /// What is run.
    struct Begun: Sendable {
        var version: ConfigurationVersion
        var file: [UInt8]
        var configuration: Configuration
        /// What to say to whoever starts it.
        var notes: [String] = []
    }

    /// Decides, and makes it durable.
    ///
    /// - Parameter file: The file's bytes, or why it cannot be read.
    /// - Returns: What is run.
    /// - Throws: ``ConfigurationFailure`` if it cannot be run: nothing else is run in its place.
    func begin(_ file: Result<[UInt8], FileFault>) async throws -> Begun {
        guard let active = try await versions.active() else {
            let bytes: [UInt8]
            do { bytes = try file.get() } catch {
                throw StartFailure("\(error); name the configuration with --config")
            }
            return try await take(bytes, after: nil)
        }
        guard let stored = try await versions.store.configuration(active.number) else {
            throw StoreFailure(.corrupt, "version \(active.number) of the configuration is not there; restore a backup")
        }
        let bytes: [UInt8]
        switch file {
        case .failure(let fault):
            return try run(stored, notes: ["\(fault); the router runs version \(active.number) of the configuration"])
        case .success(let found): bytes = found
        }
        guard FileHash.of(bytes) != stored.version.hash else { return try run(stored) }
        let (now, then) = (ConfigurationLoader.tree(bytes), ConfigurationLoader.tree(stored.file))
        if loader.activatesItself(now), loader.activatesItself(then), try await isChange(bytes, since: active) {
            do { return try await take(bytes, after: active.number) } catch let failure as ConfigurationFailure {
                return try run(stored, notes: ["\(failure); version \(active.number) of the configuration stays"])
            }
        }
        return try run(stored, notes: [Self.differs(loader.path, active.number, from: then, to: now)])
    }

    /// Makes a version of the file, unless it is the newest, and runs it.
    private func take(_ bytes: [UInt8], after previous: Int64?) async throws -> Begun {
        let configuration = try loader.load(bytes)
        try loader.admit(configuration)
        let wish = ConfigurationVersions.Wish(by: .file)
        let (version, _) = try await versions.make(
            bytes, wish, from: .file, warnings: configuration.warnings.map(\.description))
        let activation = ConfigurationActivation(version.number, after: previous, at: versions.time.now, by: .file)
        guard try await versions.activate(activation) else {
            throw StartFailure("another version of the configuration was activated meanwhile; start again")
        }
        var begun = Begun(version: version, file: bytes, configuration: configuration)
        if previous != nil {
            begun.notes = ["\(loader.path) was changed: it is version \(version.number) of the configuration now"]
        }
        return begun
    }

    /// Whether a file is another one than whoever activated a version last had before them: what people took back is not
    /// brought back by a restart.
    private func isChange(_ file: [UInt8], since active: ConfigurationActivation) async throws(StoreFailure) -> Bool {
        guard active.by != .file else { return true }
        return try await !versions.isKnown(FileHash.of(file), before: active.at)
    }

    private func run(_ stored: StoredConfiguration, notes: [String] = []) throws -> Begun {
        let number = stored.version.number
        do {
            let configuration = try loader.load(stored.file, as: Self.name(number))
            try loader.admit(configuration)
            return Begun(version: stored.version, file: stored.file, configuration: configuration, notes: notes)
        } catch var failure as ConfigurationFailure {
            failure.issues.append(
                ConfigurationIssue(
                    "",
                    "it was activated last, and nothing else is run in its place; mend what it names, or activate another "
                        + "version: `payrouter config list`, `payrouter config try FILE`, `payrouter config activate NUMBER`"
                ))
            throw failure
        }
    }

    /// What faults call a version.
    static func name(_ number: Int64) -> String { "version \(number) of the configuration" }

    private static func differs(
        _ path: String, _ number: Int64, from then: JSONValue, to now: JSONValue
    ) -> String {
        let command = "`payrouter config try \(path)` makes a version of it, and `payrouter config activate` runs that"
        guard now != .null else {
            return "\(path) is no JSON that can be read; the router runs \(name(number)), which was activated last"
        }
        let difference = ConfigurationDifference(from: then, to: now)
        let what = difference.isEmpty ? "in its spelling only" : "in " + difference.summary
        return "\(path) differs from \(name(number)), which was activated last and is run, \(what); \(command)"
    }
}
