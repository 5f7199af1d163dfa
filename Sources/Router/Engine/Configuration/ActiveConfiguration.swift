/// The version of the configuration that the engine works with: it never changes, it is exchanged as a whole.
///
/// Whoever decides something takes it once and works with it to the end, so that an order is decided on one version wholly.
final class ActiveConfiguration: Sendable {
    /// Which version it is; `nil` where nobody keeps versions.
    let stamp: ConfigurationStamp?
    /// Its providers, and those of before that still have something to finish.
    let providers: ProviderDirectory
    let dailyCounting: DailyCounting
    /// Where orders may go.
    let routing: CompiledRouting
    /// The providers that it lets take something new.
    private let open: Set<ProviderID>

    init(_ content: EngineConfiguration, _ providers: ProviderDirectory, _ sealer: Sealer) {
        stamp = content.stamp
        routing = CompiledRouting(RoutingTable(payments: content.routing, payouts: content.payoutRouting))
        dailyCounting = DailyCounting(content.dailyLimits, sealer)
        open = Set(content.providers.filter { !$0.isRetired }.map(\.id))
        self.providers = providers
    }

    /// Attempts one order may have.
    var maximumAttempts: Int { routing.table.maximumAttempts }
    /// The refusals after which another attempt may follow.
    var failoverReasons: Set<RefusalReason> { routing.table.failoverReasons }

    /// Whether it names a provider as one that takes orders.
    func opens(_ provider: ProviderID) -> Bool { open.contains(provider) }
}
