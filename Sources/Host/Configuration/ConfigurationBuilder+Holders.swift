import Router

/// People who have wallets of their own.
extension ConfigurationBuilder {
    mutating func holders(_ model: FileModel.Holders?, _ messages: MessageSettings) -> HolderSettings? {
        guard let model else { return nil }
        if messages.phone == nil, messages.mail == nil {
            fault(
                "/holders",
                "codes have to reach people: describe a gateway in \"messages\" (\"sms\", \"mail\" or both)")
        }
        if environment.sandboxOnly, model.environment == .production {
            fault(
                "/holders/environment",
                "holders of production cannot sign up with --sandbox; name sandbox, or start without --sandbox")
        }
        let app = model.app ?? HolderSettings.standardApp
        if !(2...60).contains(app.unicodeScalars.count) || app.trimmed != app {
            fault("/holders/app", "must have 2 to 60 characters, and no space at its ends")
        }
        if model.currencies.isEmpty {
            fault("/holders/currencies", "must name at least one currency, such as \"XOF\"")
        }
        var currencies: [Currency] = []
        for (index, code) in model.currencies.enumerated() {
            let pointer = "/holders/currencies/\(index)"
            guard let currency = Currency(code: code) else {
                fault(pointer, CurrencyWords.fault(code))
                continue
            }
            if currencies.contains(currency) { fault(pointer, "names \(code) a second time") }
            if !hasWallets(in: currency, model.environment) {
                fault(
                    pointer,
                    "no provider of the kind wallet keeps \(code) in \(model.environment.rawValue); add it to that "
                        + "provider's \"currencies\"")
            }
            currencies.append(currency)
        }
        if let country = model.defaultCountry, NumberingPlan.builtIn.country(code: country) == nil {
            fault("/holders/default_country", "must be a country whose numbers are known, such as \"TG\"")
        }
        return HolderSettings(
            environment: model.environment, app: app, currencies: currencies, defaultCountry: model.defaultCountry,
            tellsUnknownUsers: model.tellUnknownUsers ?? false)
    }

    private func hasWallets(in currency: Currency, _ environment: PayEnvironment) -> Bool {
        providers.contains { runtime in
            runtime.environment == environment && runtime.manifest.requires.contains(.wallet)
                && runtime.manifest.currencies.contains { $0.currency == currency }
        }
    }
}
