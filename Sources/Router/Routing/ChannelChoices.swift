extension ProviderManifest {
    /// What the operator's page may offer of the channels that a payment allows, best first; empty if every one, or if the
    /// payer does not choose there.
    ///
    /// A caller who names the choosing channel itself allows all of the provider's.
    package func choices(among allowed: [PaymentChannel], on channel: PaymentChannel) -> [PaymentChannel] {
        guard channel == choosingChannel, !allowed.contains(channel) else { return [] }
        return allowed.enumerated().filter { index, one in
            channels.contains(one) && !allowed.prefix(index).contains(one)
        }.map(\.element)
    }
}
