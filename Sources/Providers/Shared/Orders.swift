import Router
import WebText

extension ProviderManifest {
    /// The same provider, which also pays out to the phones, and within the limits, that it collects from.
    func payingOut(_ contract: ProviderContract) -> ProviderManifest {
        var manifest = self
        manifest.payout = PayoutFacts(
            channels: channels, currencies: currencies, phoneCountries: phoneCountries, requires: [.phone],
            contract: contract)
        return manifest
    }

    /// Refuses an order the operator could only refuse: other currency, amount outside the limits or between two steps,
    /// a phone or token missing.
    func admit(_ order: CollectInstruction) throws(PreparationFailure) {
        try Self.admit(order.amount, within: currencies)
        if requires.contains(.phone) { try Self.admit(order.customer, of: phoneCountries) }
        if requires.contains(.sourceToken), order.sourceToken == nil {
            throw .invalid("a source token is required")
        }
    }

    /// The same for a payout.
    func admit(_ order: PayoutInstruction) throws(PreparationFailure) {
        guard let payout else { throw .invalid("this provider is not set up for payouts") }
        try Self.admit(order.amount, within: payout.currencies)
        if payout.requires.contains(.phone) { try Self.admit(order.customer, of: payout.phoneCountries) }
    }

    /// The same for a refund: another currency than the collection's, nothing or more than is left, or less than the
    /// whole or a second one where the operator knows neither.
    func admit(_ order: FollowUpInstruction) throws(PreparationFailure) {
        guard let refund else { throw .invalid("this provider is not set up for refunds") }
        let original = order.original
        guard order.amount.currency == original.amount.currency else {
            throw .invalid("a refund has the currency of its collection, \(original.amount.currency.code)")
        }
        let left = original.amount.minorUnits - original.refundedMinorUnits
        guard (1...max(1, left)).contains(order.amount.minorUnits), left >= 1 else {
            throw .invalid("a refund is 1 to \(left) minor units, what is left of its collection")
        }
        guard refund.allowsPartial || order.amount == original.amount else {
            throw .invalid("a refund is of the whole collection here")
        }
        guard refund.allowsSeveral || original.refundedMinorUnits == 0 else {
            throw .invalid("a collection is refunded only once here")
        }
    }

    private static func admit(_ amount: Money, within currencies: [CurrencyLimits]) throws(PreparationFailure) {
        guard let limits = currencies.first(where: { $0.currency == amount.currency }) else {
            throw .invalid("the currency \(amount.currency.code) is not taken here")
        }
        guard limits.breach(by: amount) == nil else {
            throw .invalid(
                "the amount must be \(limits.minimum) to \(limits.maximum) minor units in steps of \(limits.step)")
        }
    }

    private static func admit(_ customer: Customer, of countries: [String]) throws(PreparationFailure) {
        guard let phone = customer.phone, countries.contains(phone.countryCode) else {
            throw .invalid("a phone number of \(countries.joined(separator: ", ")) is required")
        }
    }
}

extension PreparationFailure {
    /// The order cannot be expressed on this wire.
    static func invalid(_ detail: String) -> PreparationFailure {
        PreparationFailure(Refusal(.invalidRequest), detail)
    }
}

extension FollowUpInstruction {
    /// Whether the amount is something, and at most what is left of the collection.
    var isWithinRest: Bool { isWithin(original.amount.minorUnits - original.refundedMinorUnits) }

    /// Whether the amount is something, and at most what is held.
    var isWithinHold: Bool { isWithin(original.amount.minorUnits) }

    /// Whether it is the whole collection, of which nothing was given back before.
    var isWhole: Bool { amount == original.amount && original.refundedMinorUnits == 0 }

    private func isWithin(_ limit: Int64) -> Bool {
        amount.currency == original.amount.currency && amount.minorUnits >= 1 && amount.minorUnits <= limit
    }
}

extension Customer {
    /// Whether a number in an answer is the customer's, in any spelling; an answer without one was bound otherwise.
    func isNamed(by stated: JSONValue?, _ country: String? = nil) -> Bool {
        guard let stated = stated?.present else { return true }
        guard let text = stated.codeText, let phone else { return false }
        return phone.isSpelled(text, nationally: phone.countryCode == country)
    }
}

extension CollectInstruction {
    /// An open session for this order.
    ///
    /// - Parameters:
    ///   - actions: What the payer does with it.
    ///   - operatorReference: The operator's name for it, if it has given one.
    /// - Returns: The session, which lives as long as was asked for.
    func session(_ actions: [CustomerAction], operatorReference: String? = nil) -> Prepared {
        .session(
            Session(
                operatorReference: operatorReference, actions: actions, lifetimeSeconds: sessionSeconds))
    }

    /// The three addresses to come back to; the router's own page where the caller gave none.
    func checkedReturnURLs(
        in environment: PayEnvironment
    ) throws(PreparationFailure) -> (success: String, failure: String, cancel: String) {
        let back = callbackURL + "/return"
        let success = returnURLs.success ?? back
        let failure = returnURLs.failure ?? returnURLs.cancel ?? back
        let cancel = returnURLs.cancel ?? returnURLs.failure ?? back
        for url in [success, failure, cancel, callbackURL] {
            guard let address = try? WebURL(url), address.isSecure || environment == .sandbox else {
                throw .invalid("return and callback addresses must be absolute https addresses")
            }
        }
        return (success, failure, cancel)
    }
}
