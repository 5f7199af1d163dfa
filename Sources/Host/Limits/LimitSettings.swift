package import Router

/// What callers may use: `limits` of `providers.json`.
package struct LimitSettings: Sendable, Hashable {
    /// What one app may use.
    package struct App: Sendable, Hashable {
        /// Calls per second; so many may also come at once.
        package var perSecond: Int64
        /// Calls under way at once.
        package var concurrent: Int

        package init(perSecond: Int64, concurrent: Int) {
            self.perSecond = perSecond
            self.concurrent = concurrent
        }

        /// What every app may use at least: settings only raise it.
        package static let standard = App(perSecond: 5_000, concurrent: 2_048)
    }

    /// How many pages may wait for news at once.
    package struct Streams: Sendable, Hashable {
        package var perLink = 4
        package var perAddress = 64
        package var total = 2_000

        package init() {}
    }

    package var app = App.standard
    /// Apps that may use more.
    package var apps: [AppID: App] = [:]
    package var pages = RateLimit(50, burst: 200)
    package var signUps = RateLimit(10, perSeconds: 60, burst: 30)
    package var checkout = RateLimit(10, burst: 30)
    package var checkoutKey = RateLimit(50, burst: 100)
    package var qr = RateLimit(20, burst: 100)
    package var documentation = RateLimit(20, burst: 200)
    package var operations = RateLimit(20, burst: 200)
    package var failedKeys = RateLimit(1, perSeconds: 3, burst: 20)
    package var failedCallbacks = RateLimit(1, perSeconds: 1, burst: 60)
    package var parties = RateLimit(1_000, perSeconds: 3_600, burst: 200)
    package var partiesPerPrefix = RateLimit(30, perSeconds: 3_600, burst: 30)
    package var phones = RateLimit(20, perSeconds: 60, burst: 60)
    package var phonesPerPrefix = RateLimit(20, perSeconds: 3_600, burst: 20)
    package var streams = Streams()

    package init() {}

    /// What an app may use.
    func app(_ id: AppID) -> App { apps[id] ?? app }
}
