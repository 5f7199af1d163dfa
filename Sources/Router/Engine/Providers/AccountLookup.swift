/// Whether a number is a customer of an operator.
final class AccountLookup: EnginePart {
    let context: EngineContext

    /// How long a person who asks an operator's own questions waits, in milliseconds.
    static let personPatience: Int64 = 5_000

    init(_ context: EngineContext) { self.context = context }

    /// Asks the providers that serve a channel whether a number is their customer, all at once.
    ///
    /// - Returns: Each provider's answer; empty if none can be asked.
    func party(
        _ phone: MSISDN, channel: PaymentChannel?, environment: PayEnvironment
    ) async -> [(provider: ProviderID, channel: PaymentChannel, finding: PartyFinding)] {
        typealias Asked = (provider: ProviderID, channel: PaymentChannel, ask: @Sendable () async -> PartyFinding)
        var asked: [Asked] = []
        for runtime in providers.sorted where runtime.environment == environment && !runtime.isRemoved {
            guard let provider = runtime.provider as? any PartyLookup else { continue }
            let served = runtime.manifest.channels
            guard let wanted = channel.map({ served.contains($0) ? $0 : nil }) ?? served.first else { continue }
            let countries = runtime.manifest.phoneCountries
            guard countries.isEmpty || countries.contains(phone.countryCode) else { continue }
            asked.append(
                (
                    runtime.id, wanted,
                    {
                        guard runtime.beginLookUp() else {
                            return .couldNotAnswer("too many look-ups wait for this operator; try again in a moment")
                        }
                        defer { runtime.endLookUp() }
                        return await provider.party(phone, on: wanted, asking: self.wire(runtime, nil, "party"))
                    }
                ))
        }
        let findings = await Gathering.gather(
            asked.map { ($0.provider, $0.ask) }, until: time.now.adding(milliseconds: Self.personPatience), time,
            spawner)
        return asked.map { asked in
            (asked.provider, asked.channel, findings[asked.provider] ?? .couldNotAnswer("it has not answered in time"))
        }
    }
}
