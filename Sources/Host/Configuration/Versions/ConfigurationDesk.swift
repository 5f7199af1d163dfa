import Router
import Synchronization

/// Versions of the configuration: made and tried, activated, taken back; one thing at a time.
///
/// Beside a running engine an activation is an exchange between two payments; without one it is what the next start runs.
final class ConfigurationDesk: Sendable {
    let versions: ConfigurationVersions
    let loader: ConfigurationLoader
    /// `nil` where no router runs.
    let engine: Engine?
    let live: LiveParts?
    let observer: any EngineObserver
    let lock = AsyncLock()
    let state: Mutex<State>

    struct State: Sendable {
        /// What the process was started with.
        var start: JSONValue
        /// What is worked with.
        var active: JSONValue
        /// The last file that was looked at.
        var seen: [UInt8]?
        /// What was told last of secrets that cannot be read.
        var told: String?
    }

    /// - Parameters:
    ///   - versions: What is stored.
    ///   - loader: Makes configurations of bytes.
    ///   - engine: What works with them; `nil` where no router runs.
    ///   - live: What else is exchanged.
    ///   - observer: Hears of versions and activations.
    ///   - started: The bytes that the process was started with.
    ///   - file: The bytes of the file at the start.
    init(
        _ versions: ConfigurationVersions, _ loader: ConfigurationLoader, engine: Engine?, live: LiveParts?,
        observer: any EngineObserver, started: [UInt8]? = nil, file: [UInt8]? = nil
    ) {
        self.versions = versions
        self.loader = loader
        self.engine = engine
        self.live = live
        self.observer = observer
        let tree = started.map { ConfigurationLoader.tree($0) } ?? .null
        state = Mutex(State(start: tree, active: tree, seen: file.map { FileHash.of($0) }))
    }

    /// What became of a file that somebody wants to be a version.
    enum Made: Sendable {
        case made(ConfigurationVersion, isNew: Bool, Trial)
        /// It cannot be used; nothing was stored.
        case invalid(ConfigurationFailure)
        case failed(StoreFailure)
    }

    /// What trying a file has shown.
    struct Trial: Sendable {
        var warnings: [String]
        /// What it says otherwise than the version that is worked with.
        var difference: ConfigurationDifference
    }

    /// Loads a file as this router would, and makes a version of it.
    func make(
        _ file: [UInt8], _ wish: ConfigurationVersions.Wish, from source: ConfigurationVersion.Source,
        named name: String? = nil
    ) async -> Made {
        await lock.withLock { await makeAlone(file, wish, from: source, named: name) }
    }

    /// The same for whoever holds the lock.
    func makeAlone(
        _ file: [UInt8], _ wish: ConfigurationVersions.Wish, from source: ConfigurationVersion.Source,
        named name: String? = nil
    ) async -> Made {
        do {
            let configuration = try loader.loadAdmitted(file, as: name)
            let apps = Set(try await versions.store.apps().map(\.id))
            var warnings = (configuration.warnings + configuration.analysis(apps: apps)).map(\.description)
            if let engine {
                let refused = try await engine.objections(to: configuration.content(nil))
                warnings += refused.sorted { $0.key < $1.key }.map { Self.text($0.key, $0.value) }
            }
            let difference = ConfigurationDifference(
                from: try await activeTree(), to: ConfigurationLoader.tree(file))
            let (version, isNew) = try await versions.make(file, wish, from: source, warnings: warnings)
            if isNew {
                observer.record(.configured(version: version.number, by: wish.by.name, isActive: false))
            }
            return .made(version, isNew: isNew, Trial(warnings: warnings, difference: difference))
        } catch let failure as ConfigurationFailure {
            return .invalid(failure)
        } catch {
            return .failed(error as? StoreFailure ?? StoreFailure(.other, "\(error)"))
        }
    }

    /// Takes down that a version was tried on recorded decisions: with enough of them it may be activated.
    func markTried(_ number: Int64, decisions: Int64) async throws(StoreFailure) {
        try await versions.store.markTried(number, on: decisions)
    }

    /// The file that is worked with, or would be at the next start; null if none ever was.
    func activeTree() async throws(StoreFailure) -> JSONValue {
        guard engine == nil else { return state.withLock(\.active) }
        guard let active = try await versions.active(),
            let stored = try await versions.store.configuration(active.number)
        else { return .null }
        return ConfigurationLoader.tree(stored.file)
    }
}

extension Configuration {
    /// What the engine takes of it.
    func content(_ stamp: ConfigurationStamp?) -> EngineConfiguration {
        EngineConfiguration(
            stamp, providers: providers, routing: routing, payoutRouting: payoutRouting, dailyLimits: dailyLimits)
    }
}
