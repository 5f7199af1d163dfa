import Host
import Providers
import Router
import SQLiteStore
import SandboxHosting

/// A sandbox's data folder, opened as the router opens it, with what its payments are made under.
struct Installation: Sendable {
    let store: any Store
    let app: App
    /// Providers that payments can be begun at.
    let providers: [ProviderRuntime]
    let epoch: Int64
    let references: OperatorReferences
    let pages: HostedPages
    let publicURL: String

    /// Opens a folder that a router has made.
    ///
    /// - Throws: ``StartFailure`` for a folder that no router has made, or a configuration without a provider that collects.
    static func open(data: String, configuration path: String, publicURL: String) async throws -> Installation {
        let providers = try providers(of: path, publicURL)
        let folder = try DataFolder(path: data)
        let master = try folder.masterKey([:], makeIfMissing: false)
        let store = try await open(folder.store, master)
        guard let app = try await demoApp(of: store) else {
            throw StartFailure(
                "\(data) has no demo app; start `payrouter serve --sandbox --data \(data)` once and stop it")
        }
        return Installation(
            store: store, app: app, providers: providers, epoch: try await store.takeEpoch(),
            references: OperatorReferences(store.dataKeys), pages: HostedPages(store.dataKeys),
            publicURL: publicURL)
    }

    private static func providers(of path: String, _ publicURL: String) throws -> [ProviderRuntime] {
        let configuration = try Configuration.load(
            try Files.load(path), path: path,
            in: .init(
                kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]), sandbox: .builtIn,
                sandboxURL: { "http://127.0.0.1:9/\($0)" }, sandboxOnly: true, sandboxEndpoint: OperatorScope.sandbox,
                routerURL: publicURL))
        let providers = configuration.providers.filter { !$0.isRetired && $0.provider.can(.collect) }
        guard !providers.isEmpty else { throw StartFailure("\(path) has no provider that collects") }
        return providers
    }

    private static func open(_ path: String, _ master: MasterKey) async throws -> SQLiteStore {
        var options = SQLiteStore.Options()
        // Nobody waits for single payments here: what is written back to the file is written less often.
        options.checkpointPages = 64_000
        options.writerCacheKiB = 512 * 1_024
        options.recentOrders = 0
        return try await SQLiteStore.open(path: path, master: master, options: options)
    }

    private static func demoApp(of store: any Store) async throws(StoreFailure) -> App? {
        guard let text = try await store.fact("demo_app"), let id = AppID(text) else { return nil }
        return try await store.app(id)
    }
}
