/// What is known of one operation of a provider on one channel: lately, and usually.
package struct SignalCounters: Sendable, Hashable {
    private(set) var recent: DecayedCounts
    private(set) var usual: DecayedCounts

    package init() {
        recent = DecayedCounts()
        usual = DecayedCounts()
    }

    init(recent: DecayedCounts, usual: DecayedCounts) {
        self.recent = recent
        self.usual = usual
    }

    /// Whether nothing is left of what was counted.
    package var isEmpty: Bool { recent.isEmpty && usual.isEmpty }

    /// Counts what a signal says.
    package mutating func record(
        _ news: RouteSignal.News, milliseconds: Int64?, _ settings: SignalSettings, at now: Moment
    ) {
        switch news {
        case .check(let isAnswered):
            add(isAnswered ? .checkAnswered : .checkUnanswered, milliseconds, settings, at: now)
        case .attempt(let change):
            guard let before = change.before else {
                if let after = change.after { add(.init(after), milliseconds, settings, at: now) }
                return
            }
            let after = change.after.map(DecayedCounts.Count.init)
            recent.correct(.init(before.outcome), since: before.at, to: after, settings.recent, at: now)
            usual.correct(.init(before.outcome), since: before.at, to: after, settings.usual, at: now)
        }
    }

    private mutating func add(
        _ count: DecayedCounts.Count, _ milliseconds: Int64?, _ settings: SignalSettings, at now: Moment
    ) {
        recent.add(count, milliseconds: milliseconds, settings.recent, at: now)
        usual.add(count, milliseconds: milliseconds, settings.usual, at: now)
    }

    /// The rate that routing goes by: the usual one, unless the recent one is surely another; `nil` if too little is known.
    package func rate(_ settings: SignalSettings, at now: Moment) -> SignalRate? {
        SignalRate(
            recent: recent.proportion(settings, settings.recent, at: now),
            usual: usual.proportion(settings, settings.usual, at: now), minimum: settings.minimumSamples)
    }
}

extension DecayedCounts.Count {
    init(_ outcome: SignalOutcome) {
        self =
            switch outcome {
            case .success: .success
            case .failure(.operator): .operatorFailure
            case .failure(.platform): .platformFailure
            case .unknown: .unknown
            case .payerRefusal: .payerRefusal
            }
    }
}
