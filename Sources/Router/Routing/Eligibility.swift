/// A provider as routing sees it.
package struct ProviderFacts: Sendable, Hashable {
    package var id: ProviderID
    package var environment: Environment
    package var manifest: ProviderManifest
    /// Whether it has the operation that is asked for.
    package var canDo: Bool
    /// The platform's own limits by currency code, within the operator's.
    package var limits: [String: ClosedRange<Int64>]
    /// The only apps that may use it; empty means all.
    package var apps: Set<AppID>
    /// Whether the operation's circuit breaker lets it through now.
    package var isHealthy: Bool
    /// What is known of our money there; older knowledge is left out.
    package var balances: [Balance]
    /// Whether it only finishes what it began.
    package var isRetired: Bool
    /// Why nothing is sent there at present, apart from the breaker.
    package var pause: String?
    /// What is worth knowing of it though it keeps nothing away.
    package var note: String?

    package init(
        id: ProviderID, environment: Environment, manifest: ProviderManifest, canDo: Bool = true,
        limits: [String: ClosedRange<Int64>] = [:], apps: Set<AppID> = [], isHealthy: Bool = true,
        balances: [Balance] = [], isRetired: Bool = false, pause: String? = nil
    ) {
        self.isRetired = isRetired
        self.pause = pause
        self.canDo = canDo
        self.balances = balances
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
        if isRetired { result.append("is retired: it only finishes what it began") }
        if environment != facts.environment { result.append("belongs to \(environment.rawValue)") }
        if !apps.isEmpty, !apps.contains(facts.app) { result.append("is reserved for other apps") }
        guard canDo, let service = manifest.service(for: facts.operation) else {
            return result + ["cannot \(facts.operation.verb)"]
        }
        if channel == nil {
            let served = service.channels.map(\.text).joined(separator: ", ")
            result.append(
                "serves \(served), which the \(facts.operation == .payout ? "payout" : "payment") does not allow")
        }
        if let objection = amountObjection(facts.amount, service) { result.append(objection) }
        if service.requires.contains(.sourceToken), !facts.hasSourceToken { result.append(Self.needsToken) }
        if service.requires.contains(.phone) {
            if let phone = facts.phone {
                if !service.phoneCountries.isEmpty, !service.phoneCountries.contains(phone.countryCode) {
                    let wanted = service.phoneCountries.joined(separator: ", ")
                    result.append("serves phone numbers of \(wanted), not of \(phone.countryCode)")
                } else if service.phoneCountries.isEmpty, !phone.hasPlan {
                    result.append("needs a mobile number, and those of +\(phone.callingCode) are not known here")
                }
            } else {
                result.append(Self.needsPhone[facts.operation == .payout ? 1 : 0])
            }
        }
        if let objection = descriptionObjection(facts) { result.append(objection) }
        return result
    }

    /// The characters that are left for the caller's text, if it has more.
    package func roomExceeded(by facts: RouteFacts) -> Int? {
        guard let text = facts.description else { return nil }
        let room = manifest.description(for: facts.operation).room(after: facts.orderNumber)
        return text.unicodeScalars.count > room ? room : nil
    }

    package func descriptionObjection(_ facts: RouteFacts) -> String? {
        guard let room = roomExceeded(by: facts) else { return nil }
        let isAfter = manifest.description(for: facts.operation).followsOrderNumber && facts.orderNumber != nil
        return "takes a description of at most \(room) characters" + (isAfter ? " after the order number" : "")
    }

    /// The channel it would serve the payment on: the phone's, if it serves several and the caller leaves that open; the one
    /// on which the payer chooses, if the caller allows several and the operator has a page for that; else the first that the
    /// payment allows.
    package func channel(for facts: RouteFacts) -> Channel? {
        guard let served = manifest.service(for: facts.operation)?.channels else { return nil }
        if let page = manifest.choosingChannel, facts.operation != .payout, served.contains(page),
            Set(facts.channels).intersection(served).count > 1
        {
            return page
        }
        let allowed = facts.channels.isEmpty ? served : facts.channels.filter(served.contains)
        let fitting = allowed.filter { contradiction(facts, $0) == nil }
        guard facts.channels.isEmpty, let phone = facts.phone, let hint = facts.phoneOperator else {
            return fitting.first ?? allowed.first
        }
        let phones = fitting.first { manifest.walletOperator($0, phone.countryCode) == hint.name }
        return phones ?? fitting.first ?? allowed.first
    }

    /// Whether our money there covers an amount.
    package enum Coverage: Sendable, Hashable {
        case unknown, enough
        /// The most there is.
        case short(Money)
    }

    /// Whether what is known of our money there covers an amount; without a channel, on any.
    package func coverage(of amount: Money, on channel: Channel?) -> Coverage {
        let known = balances.filter { balance in
            balance.available.currency == amount.currency
                && (balance.channels.isEmpty || channel.map(balance.channels.contains) ?? true)
        }
        guard let largest = known.map(\.available.minorUnits).max() else { return .unknown }
        return largest < amount.minorUnits ? .short(Money(largest, amount.currency)) : .enough
    }

    /// Why our money there does not cover an amount; `nil` if it does, or if nothing is known.
    package func shortage(of amount: Money, on channel: Channel?) -> String? {
        guard case .short(let largest) = coverage(of: amount, on: channel) else { return nil }
        return "its balance of \(largest) does not cover the amount"
    }

    /// What it takes of a currency, the operator's and the platform's limits together.
    ///
    /// - Returns: `nil` if it does not take the currency, or if the two limits have no amount in common.
    package func range(
        of currency: Currency, for operation: MoneyOperation = .collect
    ) -> (range: ClosedRange<Int64>, step: Int64)? {
        guard let own = manifest.service(for: operation)?.currencies.first(where: { $0.currency == currency }) else {
            return nil
        }
        let (low, high) = (own.minimum, max(own.minimum, own.maximum))
        guard let limit = limits[currency.code] else { return (low...high, own.step) }
        let (from, to) = (max(low, limit.lowerBound), min(high, limit.upperBound))
        return from <= to ? (from...to, own.step) : nil
    }

    private func amountObjection(_ amount: Money, _ service: ProviderManifest.Service) -> String? {
        guard let (range, step) = range(of: amount.currency, for: service.operation) else {
            guard !service.currencies.contains(where: { $0.currency == amount.currency }) else {
                return "takes no amount of \(amount.currency.code), because its limits exclude the operator's"
            }
            let taken = service.currencies.map(\.currency.code).joined(separator: ", ")
            return "takes \(taken), not \(amount.currency.code)"
        }
        if amount.minorUnits < range.lowerBound { return "takes at least \(Money(range.lowerBound, amount.currency))" }
        if amount.minorUnits > range.upperBound { return "takes at most \(Money(range.upperBound, amount.currency))" }
        if amount.minorUnits % max(1, step) != 0 { return "takes multiples of \(Money(step, amount.currency)) only" }
        return nil
    }
}
