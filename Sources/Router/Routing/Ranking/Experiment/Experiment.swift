/// Two ways to route, of which some payments take the second, to find out whether it is better.
///
/// A value of the configuration. To define one moves no payment: it is live only once somebody has switched it on a second time.
package struct Experiment: Sendable, Hashable {
    package var name: String
    /// The share of the subjects that take the variant.
    package let variantShare: Share
    /// What always takes the same arm.
    package var stickiness: Stickiness
    /// Each arm has so many outcomes before anything is said.
    package var minimumSamples: Int64
    /// The variant is stopped once it is surely worse, and by more than this.
    package var guardrail: Share

    /// What an experiment may give to the variant: less tells nothing in a month, more is a change and no experiment.
    package static let shares = Share(percent: 5)...Share(percent: 30)

    /// - Returns: `nil` if the share is outside of ``shares``.
    package init?(
        name: String, variantShare: Share, stickiness: Stickiness = .payment, minimumSamples: Int64 = 200,
        guardrail: Share = Share(percent: 2)
    ) {
        guard Self.shares.contains(variantShare) else { return nil }
        self.name = name
        self.variantShare = variantShare
        self.stickiness = stickiness
        self.minimumSamples = max(1, minimumSamples)
        self.guardrail = max(.none, guardrail)
    }

    package enum Arm: String, Sendable, Hashable, CaseIterable { case control, variant }

    /// Which arm a subject belongs to, whether the experiment is live or not; experiments draw independently of each other.
    package func arm(of subject: RankingSubject) -> Arm {
        variantShare.holds(StableHash.of("arm/\(name)/\(subject.text(stickiness))")) ? .variant : .control
    }
}
