/// A provider as routing sees it.
package struct ProviderFacts: Sendable, Hashable {
    package var id: ProviderID
    package var environment: PayEnvironment
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
    package var pause: RouteObjection?
    /// What is worth knowing of it though it keeps nothing away.
    package var note: RouteNote?
    /// What its operator takes.
    package var fees: FeeTable

    package init(
        id: ProviderID, environment: PayEnvironment, manifest: ProviderManifest, canDo: Bool = true,
        limits: [String: ClosedRange<Int64>] = [:], apps: Set<AppID> = [], isHealthy: Bool = true,
        balances: [Balance] = [], isRetired: Bool = false, pause: RouteObjection? = nil,
        fees: FeeTable = FeeTable()
    ) {
        self.fees = fees
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

    /// Whether new orders may go there now, as far as the provider itself says.
    package var takesOrders: Bool { isHealthy && pause == nil }

    /// What keeps a payment from going there for good, apart from outages and load; empty if nothing does.
    package func objections(to facts: RouteFacts, channel: PaymentChannel?) -> [RouteObjection] {
        var result: [RouteObjection] = []
        if isRetired { result.append(.retired) }
        if environment != facts.environment { result.append(.belongs(to: environment)) }
        if !apps.isEmpty, !apps.contains(facts.app) { result.append(.reservedForOtherApps) }
        guard canDo, let service = manifest.service(for: facts.operation) else {
            return result + [.cannot(facts.operation)]
        }
        if channel == nil { result.append(.servesOnly(service.channels, facts.operation)) }
        if let objection = amountObjection(facts.amount, service) { result.append(objection) }
        if service.requires.contains(.sourceToken), !facts.hasSourceToken { result.append(.needs(.sourceToken)) }
        if service.requires.contains(.wallet), !facts.hasWallet {
            result.append(.needs(facts.operation == .payout ? .partyWallet : .sourceWallet))
        }
        if facts.hasWallet, !service.requires.contains(.wallet) { result.append(.takesNoWallet) }
        if let objection = billObjection(facts, service) { result.append(objection) }
        if service.requires.contains(.phone) {
            if let phone = facts.phone {
                if !service.phoneCountries.isEmpty, !service.phoneCountries.contains(phone.countryCode) {
                    result.append(.servesPhones(of: service.phoneCountries, not: phone.countryCode))
                } else if service.phoneCountries.isEmpty, !phone.hasPlan {
                    result.append(.needsMobileNumber(callingCode: phone.callingCode))
                }
            } else {
                result.append(.needs(.phone(for: facts.operation)))
            }
        }
        if let objection = descriptionObjection(facts) { result.append(objection) }
        if facts.operation != .payout, !facts.hasSourceToken,
            let fault = manifest.returnURLs?.fault(in: facts.returnURLs, facts.environment)
        {
            result.append(.cannotReturn(fault))
        }
        return result
    }

    /// Only billers take money for an account, and only for one of theirs.
    private func billObjection(_ facts: RouteFacts, _ service: ProviderManifest.Service) -> RouteObjection? {
        guard let account = facts.billAccount else {
            return service.requires.contains(.billAccount) ? .needs(.partyBillAccount) : nil
        }
        guard service.requires.contains(.billAccount) else { return .paysNoBills }
        guard let biller = service.biller, !biller.account.fits(account) else { return nil }
        return .takesAccounts(named: biller.accountName, like: biller.account.pattern)
    }

    private func descriptionObjection(_ facts: RouteFacts) -> RouteObjection? {
        guard let text = facts.description else { return nil }
        let description = manifest.description(for: facts.operation)
        let room = description.room(after: facts.orderNumber)
        guard text.unicodeScalars.count > room else { return nil }
        let isAfter = description.followsOrderNumber && facts.orderNumber != nil
        return .descriptionTooLong(room: room, isAfterOrderNumber: isAfter)
    }

    /// The channel it would serve the payment on: the phone's, if it serves several and the caller leaves that open; the one
    /// on which the payer chooses, if the caller allows several and the operator has a page for that; else the first that the
    /// payment allows.
    package func channel(for facts: RouteFacts) -> PaymentChannel? {
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
    package func coverage(of amount: Money, on channel: PaymentChannel?) -> Coverage {
        let known = balances.filter { balance in
            balance.available.currency == amount.currency
                && (balance.channels.isEmpty || channel.map(balance.channels.contains) ?? true)
        }
        guard let largest = known.map(\.available.minorUnits).max() else { return .unknown }
        return largest < amount.minorUnits ? .short(Money(largest, amount.currency)) : .enough
    }

    /// Why our money there does not cover an amount; `nil` if it does, or if nothing is known.
    package func shortage(of amount: Money, on channel: PaymentChannel?) -> RouteObjection? {
        guard case .short(let largest) = coverage(of: amount, on: channel) else { return nil }
        return .balanceTooLow(largest)
    }

    /// What it takes of a currency, the operator's and the platform's limits together.
    ///
    /// - Returns: `nil` if it does not take the currency, or if the two limits have no amount in common.
    package func limits(
        of currency: Currency, for operation: MoneyOperation = .collect
    ) -> ProviderManifest.CurrencyLimits? {
        manifest.service(for: operation)?.currencies.first { $0.currency == currency }?.within(limits[currency.code])
    }

    private func amountObjection(_ amount: Money, _ service: ProviderManifest.Service) -> RouteObjection? {
        guard let limits = limits(of: amount.currency, for: service.operation) else {
            guard !service.currencies.contains(where: { $0.currency == amount.currency }) else {
                return .limitsExcludeOperators(amount.currency)
            }
            return .takesOnly(currencies: service.currencies.map(\.currency), not: amount.currency)
        }
        switch limits.breach(by: amount) {
        case .below(let least): return .takesAtLeast(least)
        case .above(let most): return .takesAtMost(most)
        case .betweenSteps(let step): return .takesMultiples(of: step)
        case nil: return nil
        }
    }
}
