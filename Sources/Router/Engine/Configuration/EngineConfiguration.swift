/// What the engine takes from a version of the configuration, before it becomes the one that is worked with.
package struct EngineConfiguration: Sendable {
    /// Which version it is; `nil` where nobody keeps versions.
    package var stamp: ConfigurationStamp?
    /// The providers that it names.
    package var providers: [ProviderRuntime]
    package var routing: RoutingTable
    /// Where payouts may go; its failover reasons count as the payments' do.
    package var payoutRouting: RoutingTable
    package var dailyLimits: DailyLimits

    package init(
        _ stamp: ConfigurationStamp?, providers: [ProviderRuntime], routing: RoutingTable,
        payoutRouting: RoutingTable, dailyLimits: DailyLimits
    ) {
        self.stamp = stamp
        self.providers = providers
        self.routing = routing
        self.payoutRouting = payoutRouting
        self.dailyLimits = dailyLimits
    }
}
