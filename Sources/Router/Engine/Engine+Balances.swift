/// Our money at operators.
extension Engine {
    /// Asks every provider of an environment that tells balances, unless it was asked a moment ago.
    ///
    /// - Returns: Why some could not be asked, by provider.
    @discardableResult
    package func refreshBalances(_ environment: Environment) async -> [ProviderID: String] {
        var failures: [ProviderID: String] = [:]
        for runtime in providers.values.sorted(by: { $0.id < $1.id }) where runtime.environment == environment {
            guard let provider = runtime.provider as? any Balancing else { continue }
            let now = time.now
            let isKnown = runtime.balances.contains { now < $0.at.adding(seconds: Self.balanceSeconds) }
            guard !isKnown else { continue }
            let finding = await provider.balances(asking: wire(runtime, nil, "balance"))
            learn(finding, of: runtime, askedAt: now)
            if case .couldNotAnswer(let why) = finding { failures[runtime.id] = why }
        }
        return failures
    }

    /// How long a balance is taken for the present one.
    private static let balanceSeconds: Int64 = 10

    /// Asks the providers that serve a channel whether a number is their customer.
    ///
    /// - Returns: Each provider's answer; empty if none can be asked.
    package func party(
        _ phone: MSISDN, channel: Channel?, environment: Environment
    ) async -> [(provider: ProviderID, channel: Channel, finding: PartyFinding)] {
        var answers: [(provider: ProviderID, channel: Channel, finding: PartyFinding)] = []
        for runtime in providers.values.sorted(by: { $0.id < $1.id }) where runtime.environment == environment {
            guard let provider = runtime.provider as? any LookingUpParties else { continue }
            let served = runtime.manifest.channels
            guard let asked = channel.map({ served.contains($0) ? $0 : nil }) ?? served.first else { continue }
            let countries = runtime.manifest.phoneCountries
            guard countries.isEmpty || countries.contains(phone.countryCode) else { continue }
            answers.append(
                (runtime.id, asked, await provider.party(phone, on: asked, asking: wire(runtime, nil, "party"))))
        }
        return answers
    }
}
