/// Where an experiment stands, with what its arms have come to.
///
/// Plain state; the clock comes in. Nothing is forgotten with time here: both arms see the same days.
package struct ExperimentState: Sendable, Hashable {
    package enum Phase: Sendable, Hashable {
        /// It exists, and no payment takes the variant.
        case defined
        /// Payments take the variant.
        case live(since: Moment, by: String)
        /// The guardrail ended it, or a person did. It does not become live again: another name begins anew.
        case stopped(at: Moment, Reason)
    }

    package enum Reason: Sendable, Hashable {
        /// The variant's rate less the control's lies surely here, which is worse than the guardrail allows.
        case guardrail(ShareInterval)
        case person(String)
    }

    package struct Counts: Sendable, Hashable {
        package var success: Int64 = 0
        package var failures: Int64 = 0
        package var unknown: Int64 = 0
        package var payerRefusals: Int64 = 0

        package init() {}

        /// Successes among what says something of the operators; what is not known counts as no success while it is not known.
        package var proportion: Proportion {
            Proportion(success, of: success.clampedSum(failures).clampedSum(unknown))
        }
    }

    private(set) package var phase: Phase
    private(set) package var control: Counts
    private(set) package var variant: Counts

    package init(phase: Phase = .defined, control: Counts = Counts(), variant: Counts = Counts()) {
        self.phase = phase
        self.control = control
        self.variant = variant
    }

    /// Whether payments take the variant.
    package var isLive: Bool { if case .live = phase { true } else { false } }

    /// Which arm a payment takes: the control while the experiment is not live.
    package func arm(of subject: RankingSubject, in experiment: Experiment) -> Experiment.Arm {
        isLive ? experiment.arm(of: subject) : .control
    }

    /// Has payments take the variant from now on.
    ///
    /// - Returns: `false`, and nothing changes, if it is live, or was stopped.
    package mutating func start(by person: String, at now: Moment) -> Bool {
        guard phase == .defined else { return false }
        phase = .live(since: now, by: person)
        return true
    }

    /// Ends it by a person's wish.
    package mutating func stop(by person: String, at now: Moment) {
        guard isLive else { return }
        phase = .stopped(at: now, .person(person))
    }

    /// Counts what a payment's attempt has come to.
    ///
    /// What was begun in an arm counts for it, also when the experiment was stopped meanwhile.
    ///
    /// - Returns: Whether the guardrail has ended the experiment by this.
    package mutating func record(
        _ change: SignalChange, in arm: Experiment.Arm, of experiment: Experiment, at now: Moment
    ) -> Bool {
        guard phase != .defined else { return false }
        switch arm {
        case .control: control.count(change)
        case .variant: variant.count(change)
        }
        guard isLive, let result = result(of: experiment, .strict) else { return false }
        // Looked at after every payment, so it has to be surer than what is looked at once.
        guard result.interval.high < Share(millionths: -experiment.guardrail.millionths) else { return false }
        phase = .stopped(at: now, .guardrail(result.interval))
        return true
    }

    /// What it has shown; `nil` while one of the arms has too few outcomes.
    package func result(of experiment: Experiment, _ confidence: Confidence = .usual) -> ExperimentResult? {
        let (first, second) = (control.proportion, variant.proportion)
        guard first.samples >= experiment.minimumSamples, second.samples >= experiment.minimumSamples else {
            return nil
        }
        return ExperimentResult(
            control: first, variant: second, interval: second.difference(first, confidence))
    }
}

extension ExperimentState.Counts {
    fileprivate mutating func count(_ change: SignalChange) {
        if let before = change.before?.outcome { self[before] = max(0, self[before] - 1) }
        if let after = change.after { self[after] += 1 }
    }

    private subscript(outcome: SignalOutcome) -> Int64 {
        get {
            switch outcome {
            case .success: success
            case .failure: failures
            case .unknown: unknown
            case .payerRefusal: payerRefusals
            }
        }
        set {
            switch outcome {
            case .success: success = newValue
            case .failure: failures = newValue
            case .unknown: unknown = newValue
            case .payerRefusal: payerRefusals = newValue
            }
        }
    }
}
