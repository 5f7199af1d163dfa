/// A provider as routing sees it.
package struct ProviderFacts: Sendable, Hashable {
    package var id: ProviderID
    package var environment: Environment
    package var manifest: ProviderManifest
    /// The platform's own limits by currency code, within the operator's.
    package var limits: [String: ClosedRange<Int64>]
    /// The only apps that may use it; empty means all.
    package var apps: Set<AppID>
    /// Whether its circuit breaker lets collections through now.
    package var isHealthy: Bool

    package init(
        id: ProviderID, environment: Environment, manifest: ProviderManifest,
        limits: [String: ClosedRange<Int64>] = [:],
        apps: Set<AppID> = [], isHealthy: Bool = true
    ) {
        self.id = id
        self.environment = environment
        self.manifest = manifest
        self.limits = limits
        self.apps = apps
        self.isHealthy = isHealthy
    }

    /// Why a payment cannot go there whatever the day; empty if it can.
    package func objections(to facts: RouteFacts, channel: Channel?) -> [String] {
        var result: [String] = []
        if environment != facts.environment { result.append("belongs to \(environment.rawValue)") }
        if !apps.isEmpty, !apps.contains(facts.app) { result.append("is reserved for other apps") }
        if channel == nil {
            let served = manifest.channels.map(\.text).joined(separator: ", ")
            result.append("serves \(served), which the payment does not allow")
        }
        if let objection = amountObjection(facts.amount) { result.append(objection) }
        if manifest.requires.contains(.sourceToken), !facts.hasSourceToken { result.append("needs source.token") }
        if manifest.requires.contains(.phone) {
            if let phone = facts.phone {
                if !manifest.phoneCountries.isEmpty, !manifest.phoneCountries.contains(phone.countryCode) {
                    let wanted = manifest.phoneCountries.joined(separator: ", ")
                    result.append("serves phone numbers of \(wanted), not of \(phone.countryCode)")
                }
            } else {
                result.append("needs customer.phone")
            }
        }
        return result
    }

    /// The first of its channels that the payment allows.
    package func channel(for facts: RouteFacts) -> Channel? {
        if facts.channels.isEmpty { return manifest.channels.first }
        return facts.channels.first { manifest.channels.contains($0) }
    }

    /// What it takes of a currency, the operator's and the platform's limits together.
    ///
    /// - Returns: `nil` if it does not take the currency, or if the two limits have no amount in common.
    package func range(of currency: Currency) -> (range: ClosedRange<Int64>, step: Int64)? {
        guard let own = manifest.currencies.first(where: { $0.currency == currency }) else { return nil }
        let (low, high) = (own.minimum, max(own.minimum, own.maximum))
        guard let limit = limits[currency.code] else { return (low...high, own.step) }
        let (from, to) = (max(low, limit.lowerBound), min(high, limit.upperBound))
        return from <= to ? (from...to, own.step) : nil
    }

    private func amountObjection(_ amount: Money) -> String? {
        guard let (range, step) = range(of: amount.currency) else {
            guard !manifest.currencies.contains(where: { $0.currency == amount.currency }) else {
                return "takes no amount of \(amount.currency.code), because its limits exclude the operator's"
            }
            let taken = manifest.currencies.map(\.currency.code).joined(separator: ", ")
            return "takes \(taken), not \(amount.currency.code)"
        }
        if amount.minorUnits < range.lowerBound { return "takes at least \(Money(range.lowerBound, amount.currency))" }
        if amount.minorUnits > range.upperBound { return "takes at most \(Money(range.upperBound, amount.currency))" }
        if amount.minorUnits % max(1, step) != 0 { return "takes multiples of \(Money(step, amount.currency)) only" }
        return nil
    }
}
