extension ServingProvider {
    /// What a provider's state is, why, and since when, where that is known.
    package struct Verdict: Sendable, Hashable {
        package var state: ChannelState
        package var reason: ChannelHealthReason?
        package var since: Moment?

        package init(_ state: ChannelState, _ reason: ChannelHealthReason? = nil, since: Moment? = nil) {
            self.state = state
            self.reason = reason
            self.since = since
        }
    }

    /// How it does.
    ///
    /// Pure. What keeps new orders away goes first, and people's own wish before all; of what only delays them, what is surest.
    ///
    /// - Parameters:
    ///   - settings: From when on it is called delayed.
    ///   - wasDelayed: Why it was called delayed before; that is told until it is well over, so that a figure at its bound does
    ///     not change the state with every payment.
    /// - Returns: State and reason.
    package func verdict(_ settings: HealthSettings, wasDelayed: ChannelHealthReason? = nil) -> Verdict {
        if let drain { return Verdict(.closed, .paused, since: drain.since) }
        if isRetired { return Verdict(.closed, .paused) }
        if maintenanceUntil != nil { return Verdict(.closed, .maintenance) }
        if credentialsStoppedAt != nil { return Verdict(.closed, .credentialsRefused, since: credentialsStoppedAt) }
        if breaker == .open { return Verdict(.closed, .operatorDown, since: brokenSince) }
        if isExposed { return Verdict(.closed, .tooMuchInDoubt) }
        if breaker == .halfOpen { return Verdict(.delayed, .recovering, since: brokenSince) }
        if inFlight >= maximumInFlight { return Verdict(.delayed, .busy) }
        if awaySince != nil { return Verdict(.delayed, .failing, since: awaySince) }
        guard let figures else { return Verdict(.operational) }
        if isFailing(figures, settings, wasDelayed == .failing) { return Verdict(.delayed, .failing) }
        if hasUnknown(figures, settings, wasDelayed == .outcomesUnknown) { return Verdict(.delayed, .outcomesUnknown) }
        return isSlow(figures, settings, wasDelayed == .slow) ? Verdict(.delayed, .slow) : Verdict(.operational)
    }

    /// By the recent sample alone: whoever asks how a channel does means now.
    private func isFailing(_ figures: SignalFigures, _ settings: HealthSettings, _ was: Bool) -> Bool {
        let recent = figures.recent
        guard recent.samples >= settings.minimumSamples else { return false }
        // Told while the rate is that low; begun only when it surely is.
        return (was ? recent.rate : recent.interval().high) < settings.failingBelow
    }

    private func hasUnknown(_ figures: SignalFigures, _ settings: HealthSettings, _ was: Bool) -> Bool {
        let unknown = figures.unknownShare
        guard unknown.samples >= settings.minimumSamples else { return false }
        let bound = settings.unknownShare.millionths
        return unknown.rate.millionths >= (was ? bound / 2 : bound)
    }

    private func isSlow(_ figures: SignalFigures, _ settings: HealthSettings, _ was: Bool) -> Bool {
        guard figures.volume / Proportion.one >= settings.minimumSamples, let slowest = figures.slowest,
            let usual = figures.usualSlowest
        else { return false }
        let bound = max(usual.clampedProduct(settings.slowTenths) / 10, settings.slowAtLeast)
        // A class of the histogram is half as wide again as the one before it.
        return slowest >= (was ? bound / 3 * 2 : bound)
    }
}

extension ChannelHealth {
    /// How an operation on a channel does, by those that serve it, in the order in which they are preferred.
    ///
    /// Pure. The best of them decides, because new orders go there; of equals the first one's reason is told.
    ///
    /// - Returns: State, reason, and since when if that is known.
    package static func derived(
        from providers: [ServingProvider], _ settings: HealthSettings, before: ChannelHealth? = nil
    ) -> ServingProvider.Verdict {
        let was = before.flatMap { $0.state == .delayed ? $0.reason : nil }
        let verdicts = providers.map { $0.verdict(settings, wasDelayed: was) }
        guard let best = verdicts.map(\.state).min() else { return .init(.closed, .notServed) }
        return verdicts.first { $0.state == best } ?? .init(.closed, .notServed)
    }
}
