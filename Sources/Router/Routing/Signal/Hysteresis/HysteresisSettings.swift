/// When a provider is left because it fails, and when it is returned to.
package struct HysteresisSettings: Sendable, Hashable {
    /// So many observations are looked at while it is used, at most 64.
    package var window = 20
    /// It is left once so many of them are bad.
    package var failuresToLeave = 12
    /// It is never left on fewer.
    package var minimumSamples = 20
    /// So many are looked at while it is away, at most 64.
    package var returnWindow = 20
    /// It is returned to once so many of them are good.
    package var successesToReturn = 18
    /// Older observations are forgotten, in milliseconds: what failed yesterday is no reason to leave today.
    package var maximumAge: Int64 = 7_200_000
    /// It stays away at least so long, in milliseconds.
    package var leastAway: Int64 = 60_000
    /// The share of payments that go there all the same while it is away, so that it can return; doubled with every two good
    /// ones in a row, up to half of them, so that it returns soon once it works.
    package var canary = Share(percent: 5)

    package init() {}

    /// The same with every number where it can work: nothing is left for ever, it takes half of the window at least to leave,
    /// and more than half of the other one to return.
    var bounded: HysteresisSettings {
        var settings = self
        settings.window = min(max(2, window), 64)
        settings.failuresToLeave = min(max(failuresToLeave, (settings.window + 1) / 2), settings.window)
        settings.minimumSamples = min(max(minimumSamples, settings.failuresToLeave), settings.window)
        settings.returnWindow = min(max(1, returnWindow), 64)
        settings.successesToReturn = min(
            max(successesToReturn, settings.returnWindow / 2 + 1), settings.returnWindow)
        settings.canary = min(max(canary, Share(millionths: 1_000)), .all)
        return settings
    }
}
