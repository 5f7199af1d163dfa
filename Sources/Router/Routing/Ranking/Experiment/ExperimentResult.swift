/// What an experiment has shown.
package struct ExperimentResult: Sendable, Hashable {
    package var control: Proportion
    package var variant: Proportion
    /// Where the variant's rate less the control's lies.
    package var interval: ShareInterval

    package init(control: Proportion, variant: Proportion, interval: ShareInterval) {
        self.control = control
        self.variant = variant
        self.interval = interval
    }

    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case better, worse
        /// The difference is within noise.
        case noDifference = "no_difference"
    }

    package var verdict: Verdict {
        if interval.low > .none { return .better }
        return interval.high < .none ? .worse : .noDifference
    }

    /// The result as answers have it: rates and the difference in millionths.
    package var json: JSONValue {
        [
            "control_rate": JSONValue(control.rate.millionths), "control_samples": JSONValue(control.samples),
            "variant_rate": JSONValue(variant.rate.millionths), "variant_samples": JSONValue(variant.samples),
            "difference_low": JSONValue(interval.low.millionths),
            "difference_high": JSONValue(interval.high.millionths),
            "verdict": .string(verdict.rawValue),
        ]
    }
}
