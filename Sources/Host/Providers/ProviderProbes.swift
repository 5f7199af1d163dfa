import Router
import Synchronization

/// Tests of providers that run beside the payments, one at a time for each provider.
final class ProviderProbes: Sendable {
    /// That a provider is being tested by whoever holds it.
    struct Permit: Sendable { fileprivate let provider: ProviderID }

    private let transport: any Transport
    private let running = Mutex<Set<ProviderID>>([])

    init(_ transport: any Transport) { self.transport = transport }

    /// Begins a test; ``end(_:)`` ends it.
    ///
    /// - Returns: `nil` if one is under way.
    func permit(_ provider: ProviderID) -> Permit? {
        running.withLock { $0.insert(provider).inserted } ? Permit(provider: provider) : nil
    }

    func end(_ permit: Permit) { running.withLock { _ = $0.remove(permit.provider) } }

    /// Asks a provider harmless questions; its payments' breaker, tokens and counters hear nothing of it.
    func run(
        _ runtime: ProviderRuntime, time: any TimeSource, publicURL: String?
    ) async -> ProviderTest.Report {
        let own = ProviderRuntime(
            id: runtime.id, environment: runtime.environment, provider: runtime.provider, endpoint: runtime.endpoint)
        return await ProviderTest(runtime: own, transport: transport, time: time, publicURL: publicURL).run()
    }
}
