/// How signals are counted and when they count.
package struct SignalSettings: Sendable, Hashable {
    /// How fast is forgotten what an incident is noticed by.
    package var recent: Decay
    /// How fast is forgotten what is usual of an operator.
    ///
    /// Three days: an incident of two hours is two hundredths of it, too few to move what nineteen of twenty answers take.
    package var usual: Decay
    /// Of fewer, nothing is said.
    package var minimumSamples: Int64
    /// What an outcome that is not known counts against a success, where 1 024 is as much as a failure.
    package var unknownWeight: Int64

    /// Sets them.
    ///
    /// An outcome that is not known counts in full while it is not known. Nothing else may be tried for its payer meanwhile, so
    /// it is worse for them than a failure; at a lesser weight an operator that answers nothing would be one of whom nothing
    /// bad is known. It is corrected as soon as the outcome is.
    package init(
        halfLifeMilliseconds: Int64 = 600_000, usualHalfLifeMilliseconds: Int64 = 259_200_000,
        minimumSamples: Int64 = 30, unknownWeight: Int64 = Proportion.one
    ) {
        recent = Decay(halfLifeMilliseconds: halfLifeMilliseconds)
        usual = Decay(halfLifeMilliseconds: usualHalfLifeMilliseconds)
        self.minimumSamples = max(1, minimumSamples)
        self.unknownWeight = min(max(0, unknownWeight), Proportion.one)
    }
}
