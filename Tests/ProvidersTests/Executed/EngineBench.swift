import RouterTestKit
import Testing

@testable import Router

/// Makes engines that route to two providers of one kind: would a second request go anywhere, it would go there.
enum EngineBench {
    private struct Silent: EngineObserver {
        func record(_ event: EngineEvent) {}
    }

    /// An engine on a memory store.
    ///
    /// - Parameters:
    ///   - configuration: One of ``Sample/configurations``, with the kind's own contract.
    ///   - transport: The wire.
    ///   - clock: The only clock there is.
    ///   - root: The operator's address.
    /// - Returns: The engine, started.
    /// - Throws: If the configuration is none of them, or cannot be made.
    static func engine(
        _ configuration: String, on transport: any Transport, _ clock: ManualClock, root: String = Sample.root
    ) async throws -> Engine {
        let row = try #require(Sample.configurations.first { $0.name == configuration })
        let setup = Sample.setup(row.kind, baseURL: root)
        let runtimes = try (["first", "second"] as [ProviderID]).map { id in
            ProviderRuntime(
                id: id, environment: .sandbox,
                provider: try Sample.provider(row.kind, row.settings, as: (any PaymentProvider).self, setup: setup),
                endpoint: id.text)
        }
        let use = RouteUse(strategy: .priority, members: runtimes.map { RouteUse.Member(provider: $0.id) })
        let table = RoutingTable(rules: [], otherwise: use)
        return try await Engine.start(
            Engine.Parts(
                store: MemoryStore(), transport: transport, time: clock, random: SystemRandom(), spawner: TaskSpawner(),
                observer: Silent(), providers: runtimes, routing: table, payoutRouting: table,
                settings: EngineSettings(publicURL: "https://pay.example"),
                dataKeys: .derived(from: try #require(MasterKey(bytes: Array(repeating: 7, count: 32))))))
    }
}
