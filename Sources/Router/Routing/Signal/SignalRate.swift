/// A rate that a decision may go by, with the sample behind it.
package struct SignalRate: Sendable, Hashable {
    package var proportion: Proportion
    /// What it is a rate of.
    package var basis: Basis

    package enum Basis: String, Sendable, Hashable, CaseIterable {
        /// What the operator usually does, and nothing recent surely says otherwise.
        case usual
        /// What it has done lately, because that is surely something else.
        case recent
    }

    package init(_ proportion: Proportion, basis: Basis = .usual) {
        self.proportion = proportion
        self.basis = basis
    }

    /// Takes an operator to do what it usually does, unless its recent sample is large enough and surely says otherwise.
    ///
    /// A recent sample alone is too small to tell good operators apart: of sixty payments a rate is known to five points, and
    /// whoever went by it would go where chance was kind. What is usual rests on thousands, and an incident is surely unlike it
    /// within some dozens. It has to be sure at the strict level, because it is asked with every payment.
    ///
    /// - Returns: `nil` if even the usual sample is below the minimum.
    package init?(recent: Proportion, usual: Proportion, minimum: Int64) {
        let wanted = minimum.clampedProduct(Proportion.one)
        guard usual.all >= wanted || recent.all >= wanted else { return nil }
        let isUnlike = recent.all >= wanted && !recent.isWithinNoise(usual, .strict)
        if isUnlike || usual.all < wanted {
            self.init(recent, basis: .recent)
        } else {
            self.init(usual)
        }
    }

    package var share: Share { proportion.rate }
}
