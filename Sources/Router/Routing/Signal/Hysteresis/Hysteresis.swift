/// Leaves a provider that fails and returns to it when it works: k of n observations to leave, m of w to return.
///
/// A plain state machine; the clock comes in. The two thresholds lie apart, and each switch begins a new window, so that the
/// same observations never do both.
///
/// Payers' refusals are no observations: they neither leave nor return.
package struct Hysteresis: Sendable, Hashable {
    package let settings: HysteresisSettings
    /// Since when it is away by what was observed; `nil` while it is used.
    private(set) package var awaySince: Moment?
    /// When it was last returned to; `nil` if it never was away.
    private(set) package var returnedAt: Moment?
    private(set) package var wish: HysteresisWish?
    private(set) var observations: [Observation] = []

    struct Observation: Sendable, Hashable {
        var at: Moment
        var isGood: Bool
        /// It is not known yet, and may turn out otherwise.
        var isOpen: Bool
    }

    package init(_ settings: HysteresisSettings = HysteresisSettings()) { self.settings = settings.bounded }

    init(
        _ settings: HysteresisSettings, awaySince: Moment?, returnedAt: Moment?, wish: HysteresisWish?,
        observations: [Observation]
    ) {
        self.settings = settings.bounded
        self.awaySince = awaySince
        self.returnedAt = returnedAt
        self.wish = wish
        self.observations = observations
    }

    /// Whether a payment may go there.
    package enum Standing: String, Sendable, Hashable {
        case present
        /// Away, and this payment tries it all the same.
        case canary
        case away
    }

    /// How it stands for one payment, always the same while nothing switches.
    ///
    /// - Parameters:
    ///   - subject: The payment's identifier: its hash decides whether it tries a provider that is away.
    ///   - key: What is away; two providers are tried by different payments.
    ///   - now: The moment.
    /// - Returns: Whether the payment may go there.
    package func standing(for subject: String, _ key: SignalKey, at now: Moment) -> Standing {
        guard isAway(at: now) else { return .present }
        guard wishInForce(at: now) == nil else { return .away }
        return canaryShare.holds(StableHash.of("canary/\(key.text)/\(subject)")) ? .canary : .away
    }

    /// The share of payments that try it while it is away: more of them with every two good ones in a row.
    ///
    /// Whoever tried it with the smaller share still does.
    package var canaryShare: Share {
        let good = observations.reversed().prefix { $0.isGood }.count
        let half = Share.all.millionths / 2
        guard settings.canary.millionths < half else { return settings.canary }
        return Share(millionths: min(settings.canary.millionths << min(good / 2, 20), half))
    }

    /// Whether it is away, by wish or by what was observed.
    package func isAway(at now: Moment) -> Bool {
        switch wishInForce(at: now)?.direction {
        case .forcedIn: false
        case .forcedOut: true
        case nil: awaySince != nil
        }
    }

    package func wishInForce(at now: Moment) -> HysteresisWish? { wish.flatMap { $0.isInForce(at: now) ? $0 : nil } }

    /// Takes an outcome that was not counted before.
    ///
    /// While people's wish is in force nothing switches; what is seen meanwhile counts when it is over.
    ///
    /// - Returns: The switch, if this made one.
    package mutating func observe(_ outcome: SignalOutcome, at now: Moment) -> HysteresisSwitch? {
        guard outcome != .payerRefusal else { return nil }
        observations.append(Observation(at: now, isGood: outcome == .success, isOpen: outcome == .unknown))
        let room = awaySince == nil ? settings.window : settings.returnWindow
        let oldest = now.adding(milliseconds: -settings.maximumAge)
        // Single payments that try it are rare: those are kept however old they are.
        observations.removeAll { awaySince == nil && $0.at < oldest }
        if observations.count > room { observations.removeFirst(observations.count - room) }
        guard wishInForce(at: now) == nil else { return nil }
        return awaySince.map { returning(since: $0, at: now) } ?? leaving(at: now)
    }

    /// Corrects what was observed as not known.
    ///
    /// It can keep a provider from being left, and never brings one back: an operator that executes and does not answer would
    /// be left and returned to in turn.
    ///
    /// What was observed some seconds from that moment is taken for it: a step is stamped before it is told here.
    package mutating func amend(observedAt moment: Moment, to outcome: SignalOutcome?) {
        func distance(_ place: Int) -> UInt64 { observations[place].at.milliseconds(since: moment).magnitude }
        let open = observations.indices.filter { observations[$0].isOpen && distance($0) <= 5_000 }
        guard awaySince == nil, let place = open.min(by: { distance($0) < distance($1) }) else { return }
        switch outcome {
        case .success: observations[place] = Observation(at: moment, isGood: true, isOpen: false)
        case .failure: observations[place].isOpen = false
        case .unknown: break
        case .payerRefusal, nil: observations.remove(at: place)
        }
    }

    /// Has it used, or left, whatever is observed; or ends such a wish with `nil`.
    ///
    /// - Returns: The switch, if it now stands otherwise than before.
    package mutating func set(_ wish: HysteresisWish?, at now: Moment) -> HysteresisSwitch? {
        let wasAway = isAway(at: now)
        self.wish = wish
        let cause = wish.map { HysteresisSwitch.Cause.wished(by: $0.by, until: $0.until) } ?? .wishEnded
        return switched(from: wasAway, cause, at: now)
    }

    /// Forgets what was observed; people's wish stays.
    ///
    /// - Returns: The switch, if it was left and is used again by this.
    package mutating func reset(at now: Moment) -> HysteresisSwitch? {
        let wasAway = isAway(at: now)
        let change = made(.returned, .reset, at: now)
        (awaySince, returnedAt, observations) = (nil, nil, [])
        return wasAway && !isAway(at: now) ? change : nil
    }

    /// Notices that a wish has ended by itself.
    ///
    /// - Returns: The switch, if it now stands otherwise than by the wish.
    package mutating func expire(at now: Moment) -> HysteresisSwitch? {
        guard let wish, !wish.isInForce(at: now) else { return nil }
        self.wish = nil
        return switched(from: wish.direction == .forcedOut, .wishEnded, at: now)
    }

    private func switched(
        from wasAway: Bool, _ cause: HysteresisSwitch.Cause, at now: Moment
    ) -> HysteresisSwitch? {
        guard isAway(at: now) != wasAway else { return nil }
        return made(wasAway ? .returned : .left, cause, at: now)
    }

    private mutating func leaving(at now: Moment) -> HysteresisSwitch? {
        guard observations.count >= settings.minimumSamples,
            observations.count(where: { !$0.isGood }) >= settings.failuresToLeave
        else { return nil }
        let result = made(.left, .observed, at: now)
        awaySince = now
        observations = []
        return result
    }

    private mutating func returning(since: Moment, at now: Moment) -> HysteresisSwitch? {
        guard now.milliseconds(since: since) >= settings.leastAway,
            observations.count(where: \.isGood) >= settings.successesToReturn
        else { return nil }
        let result = made(.returned, .observed, at: now)
        (awaySince, returnedAt) = (nil, now)
        observations = []
        return result
    }

    private func made(
        _ direction: HysteresisSwitch.Direction, _ cause: HysteresisSwitch.Cause, at now: Moment
    ) -> HysteresisSwitch {
        let good = Int64(observations.count(where: \.isGood))
        return HysteresisSwitch(
            direction: direction, cause: cause, at: now,
            observed: Proportion(good, of: Int64(observations.count)),
            threshold: direction == .left ? settings.failuresToLeave : settings.successesToReturn,
            lasted: (direction == .left ? returnedAt : awaySince).map { now.milliseconds(since: $0) })
    }
}
