/// The channels that the providers of a configuration serve, by environment.
///
/// Made once for each version: every request for money asks whether its channel is known.
package struct ServedChannels: Sendable, Hashable {
    private var collected: [PayEnvironment: Set<PaymentChannel>] = [:]
    private var paidOut: [PayEnvironment: Set<PaymentChannel>] = [:]

    /// Of providers that are named; what one of before still finishes is served no more.
    init(_ providers: [ProviderRuntime]) {
        for provider in providers where !provider.isRemoved {
            collected[provider.environment, default: []].formUnion(provider.manifest.channels)
            paidOut[provider.environment, default: []].formUnion(provider.manifest.payout?.channels ?? [])
        }
    }

    /// Those on which money is collected.
    package func collecting(_ environment: PayEnvironment) -> Set<PaymentChannel> { collected[environment] ?? [] }

    /// Those on which money is paid out.
    package func payingOut(_ environment: PayEnvironment) -> Set<PaymentChannel> { paidOut[environment] ?? [] }
}

extension Engine {
    /// The channels that the version worked with now serves.
    package var served: ServedChannels { context.providers.served }

    /// The providers that the version worked with now names, by id.
    package var namedProviders: [ProviderRuntime] { context.providers.sorted.filter { !$0.isRemoved } }
}
