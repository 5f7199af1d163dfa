import Router

/// What callers may use.
extension ConfigurationBuilder {
    mutating func limits(_ model: FileModel.Limits?) -> LimitSettings {
        var settings = LimitSettings()
        guard let model else { return settings }
        settings.app = app(model.app, LimitSettings.App.standard, at: "/limits/app")
        for (text, limit) in (model.apps ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = "/limits/apps/" + JSONPointer.escaped(text)
            guard let id = AppID(text) else {
                fault(place, "\"\(text)\" is not an app id; `payrouter apps list` shows them")
                continue
            }
            settings.apps[id] = app(limit, settings.app, at: place)
        }
        let rates: [(String, FileModel.Rate?, WritableKeyPath<LimitSettings, RateLimit>)] = [
            ("pages", model.pages, \.pages), ("sign_ups", model.signUps, \.signUps),
            ("checkout", model.checkout, \.checkout),
            ("checkout_key", model.checkoutKey, \.checkoutKey), ("qr", model.qr, \.qr),
            ("documentation", model.documentation, \.documentation), ("operations", model.operations, \.operations),
            ("failed_keys", model.failedKeys, \.failedKeys),
            ("failed_callbacks", model.failedCallbacks, \.failedCallbacks), ("parties", model.parties, \.parties),
            ("parties_per_prefix", model.partiesPerPrefix, \.partiesPerPrefix), ("phones", model.phones, \.phones),
            ("phones_per_prefix", model.phonesPerPrefix, \.phonesPerPrefix),
        ]
        for (name, rate, path) in rates {
            settings[keyPath: path] = self.rate(rate, settings[keyPath: path], at: "/limits/" + name)
        }
        if let streams = model.streams { settings.streams = self.streams(streams, settings.streams) }
        return settings
    }

    /// An app's limits are only raised: one that is too low refuses payments that somebody wants to make.
    private mutating func app(
        _ model: FileModel.AppLimit?, _ standard: LimitSettings.App, at pointer: String
    ) -> LimitSettings.App {
        var app = standard
        if let rate = model?.perSecond {
            app.perSecond = raised(rate, standard.perSecond...RateLimit.most, at: pointer + "/per_second")
        }
        if let count = model?.concurrent {
            app.concurrent = Int(raised(count, Int64(standard.concurrent)...100_000, at: pointer + "/concurrent"))
        }
        return app
    }

    private mutating func raised(_ value: Int64, _ range: ClosedRange<Int64>, at pointer: String) -> Int64 {
        guard !range.contains(value) else { return value }
        fault(
            pointer,
            "must be \(range.lowerBound) to \(range.upperBound): what apps may use can be raised, not lowered or turned off"
        )
        return range.lowerBound
    }

    private mutating func rate(_ model: FileModel.Rate?, _ standard: RateLimit, at pointer: String) -> RateLimit {
        guard let model else { return standard }
        let most = 1...RateLimit.most
        return RateLimit(
            within(model.requests, most, standard.count, at: pointer + "/requests"),
            perSeconds: within(
                model.seconds, 1...RateLimit.longestSeconds, standard.periodMicroseconds / 1_000_000,
                at: pointer + "/seconds"),
            burst: within(model.burst, most, standard.burst, at: pointer + "/burst"))
    }

    private mutating func streams(
        _ model: FileModel.Streams, _ standard: LimitSettings.Streams
    ) -> LimitSettings.Streams {
        var streams = standard
        let place = "/limits/streams"
        streams.perLink = Int(within(model.perLink, 1...100, Int64(standard.perLink), at: place + "/per_link"))
        streams.perAddress = Int(
            within(model.perAddress, 1...10_000, Int64(standard.perAddress), at: place + "/per_address"))
        streams.total = Int(within(model.total, 1...10_000, Int64(standard.total), at: place + "/total"))
        return streams
    }
}
