/// How candidates are put in order: filters, then an order, then what decides between equals, then what tries others.
///
/// A value of the configuration. All of it is pure: the same inputs, the same ranking, on every machine.
package struct Ranking: Sendable, Hashable {
    /// What sets candidates back, in order.
    package var filters: [RankingFilter]
    package var order: RankingOrder
    /// What decides between success rates that cannot be told apart, and between equal values; position decides what is still
    /// equal.
    package var ties: RankingTie
    /// The share of payments that try another candidate than the best.
    package var exploration: Share
    /// How sure it has to be that one rate is better than another.
    package var confidence: Confidence

    package init(
        _ order: RankingOrder, filters: [RankingFilter] = [], ties: RankingTie = .fee, exploration: Share = .none,
        confidence: Confidence = .usual
    ) {
        self.order = order
        self.filters = filters
        self.ties = ties
        self.exploration = exploration
        self.confidence = confidence
    }
}

/// By what candidates are ordered.
package enum RankingOrder: Sendable, Hashable {
    /// As the rule has them.
    case priority
    /// Drawn by weight; who is drawn by, always gets the same draw.
    case weighted(Stickiness)
    /// The lowest fee first; whose fee is not known comes last.
    case cheapest
    /// The highest success rate first.
    case bestSuccess
    /// The highest success rate times what is left of the amount after the fee.
    case value
}

/// What sets a candidate back behind those that pass.
///
/// Nothing is taken out of a plan: what is set back is still there when all others have failed.
package enum RankingFilter: Sendable, Hashable {
    /// Its rate is surely more than this below the best one.
    case within(Share)
    /// Its channel does worse than the best of the candidates' does.
    case health
    /// It costs more than this, in minor units, above the cheapest.
    case feeWithin(Int64)
}

/// What decides between candidates that cannot be told apart.
package enum RankingTie: String, Sendable, Hashable, CaseIterable {
    /// The lower fee, and then the position.
    case fee
    /// The position alone.
    case position
}
