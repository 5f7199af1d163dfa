import Router

extension ProviderManifest {
    /// Refuses an order the operator could only refuse: other currency, amount outside the limits or between two steps,
    /// a phone or token missing.
    func admit(_ order: CollectOrder) throws(PreparationFailure) {
        guard let limits = currencies.first(where: { $0.currency == order.amount.currency }) else {
            throw .invalid("the currency \(order.amount.currency.code) is not taken here")
        }
        let units = order.amount.minorUnits
        guard (limits.minimum...limits.maximum).contains(units), units.isMultiple(of: limits.step) else {
            throw .invalid(
                "the amount must be \(limits.minimum) to \(limits.maximum) minor units in steps of \(limits.step)")
        }
        if requires.contains(.phone) {
            guard let phone = order.customer.phone, phoneCountries.contains(phone.countryCode) else {
                throw .invalid("a phone number of \(phoneCountries.joined(separator: ", ")) is required")
            }
        }
        if requires.contains(.sourceToken), order.sourceToken == nil {
            throw .invalid("a source token is required")
        }
    }
}

extension PreparationFailure {
    /// The order cannot be expressed on this wire.
    static func invalid(_ detail: String) -> PreparationFailure {
        PreparationFailure(Refusal(.invalidRequest), detail)
    }

    /// A question got no reply.
    init(_ failure: AskFailure) {
        switch failure {
        case .wire, .loginUnreadable: self.init(Refusal(.notSent), failure.text)
        case .loginRefused(let code): self.init(Refusal(.credentialsRefused, providerCode: code), failure.text)
        }
    }
}

extension AskFailure {
    /// Why, for logs.
    var text: String {
        switch self {
        case .wire(let failure): "no reply: \(failure.kind.rawValue)"
        case .loginRefused: "the login was refused"
        case .loginUnreadable: "the login got no readable answer"
        }
    }
}

extension CollectOrder {
    /// The three addresses to come back to; the router's own page where the caller gave none.
    func checkedReturnURLs(
        in environment: Environment
    ) throws(PreparationFailure) -> (success: String, failure: String, cancel: String) {
        let back = callbackURL + "/return"
        let success = returnURLs.success ?? back
        let failure = returnURLs.failure ?? returnURLs.cancel ?? back
        let cancel = returnURLs.cancel ?? returnURLs.failure ?? back
        for url in [success, failure, cancel, callbackURL] {
            guard let address = WebAddress(url), address.scheme == "https" || environment == .sandbox else {
                throw .invalid("return and callback addresses must be absolute https addresses")
            }
        }
        return (success, failure, cancel)
    }
}
