import Foundation
import Providers
import Router
import RouterTestKit
import SandboxHosting
import Synchronization

@testable import Host

/// Versions of the configuration in a memory store, with a folder for files.
struct VersionBench {
    let store = MemoryStore()
    let folder: String
    let seen = Seen()

    init() throws {
        folder = NSTemporaryDirectory() + "payrouter-versions-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    var path: String { folder + "/providers.json" }

    var versions: ConfigurationVersions { ConfigurationVersions(store: store, time: ManualClock(Self.now)) }

    func loader(sandbox: Bool) -> ConfigurationLoader {
        ConfigurationLoader(
            path: path,
            in: Configuration.Environment(
                kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]), sandbox: .builtIn,
                sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: sandbox), activatesOnChange: sandbox)
    }

    /// A desk without an engine, as a command has it.
    var desk: ConfigurationDesk {
        ConfigurationDesk(versions, loader(sandbox: true), engine: nil, live: nil, observer: seen)
    }

    func start(_ text: String, sandbox: Bool = true) async throws -> ConfigurationStart.Begun {
        try await ConfigurationStart(versions: versions, loader: loader(sandbox: sandbox)).begin(
            .success(Array(text.utf8)))
    }

    func write(_ text: String, to name: String = "providers.json") throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    static let now = Moment(milliseconds: 1_800_000_000_000)

    /// A file that names these providers, and goes to them in this order.
    static func file(_ providers: String..., more: String = "") -> String {
        let named = providers.map {
            #"{"id": "\#($0)", "kind": "tmoney", "environment": "sandbox", "settings": {"username": "\#($0)"}}"#
        }
        let members = providers.map { "\"\($0)\"" }.joined(separator: ", ")
        return #"""
            {"providers": [\#(named.joined(separator: ", "))], \#(more)
             "routing": {"rules": [], "otherwise": {"strategy": "priority", "providers": [\#(members)]}}}
            """#
    }

    /// Remembers what was told.
    final class Seen: EngineObserver {
        private let events = Mutex<[EngineEvent]>([])

        func record(_ event: EngineEvent) { events.withLock { $0.append(event) } }

        var alarms: [String] {
            events.withLock { $0 }.compactMap { event in
                guard case .alarm(.configurationRefused, _, let detail) = event else { return nil }
                return detail
            }
        }
    }
}
