/// A candidate in its place, with everything that put it there.
package struct RankedCandidate: Sendable, Hashable {
    package var input: RankingInput
    /// What it was ordered by; `nil` where position or draw decided alone.
    package var score: RankingScore?
    /// Why it stands behind others that the order alone would not have put before it.
    package var setBack: [RankingSetBack]
    package var notes: [RankingNote]

    package init(
        _ input: RankingInput, score: RankingScore? = nil, setBack: [RankingSetBack] = [], notes: [RankingNote] = []
    ) {
        self.input = input
        self.score = score
        self.setBack = setBack
        self.notes = notes
    }
}

/// What a candidate was ordered by.
package enum RankingScore: Sendable, Hashable {
    /// In minor units.
    case fee(Int64)
    case rate(Share)
    /// What is to be expected of the amount: millionths of a minor unit.
    case value(Int128)
}

/// Why a candidate was set back.
package enum RankingSetBack: Sendable, Hashable {
    /// It is only for when no other one is left.
    case fallback
    /// It is left because it fails.
    case away
    /// It does worse than the best candidate's channel does.
    case health(ChannelState)
    /// Its rate is this far below the best, surely more than allowed.
    case belowBest(by: Share)
    /// It costs this much more than the cheapest, in minor units, or nobody knows what.
    case dearer(by: Int64?)
}

/// What is worth knowing of a candidate's place.
package enum RankingNote: Sendable, Hashable {
    /// Its rate cannot be told from this provider's at their sample size; something else put the two in order.
    case withinNoise(of: ProviderID)
    /// Too little is known of its rate.
    case rateUnknown
    /// It does surely otherwise than it usually does; it is judged by what it has done lately.
    case unlikeUsual
    /// Nobody knows what it costs.
    case feeUnknown
    /// It is left because it fails, and this payment tries it so that it can return.
    case canary
    /// It is not the best, and this payment tries it so that something is known of it.
    case explored
}
