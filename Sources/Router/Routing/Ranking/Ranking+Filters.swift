extension Ranking {
    /// Why each candidate is set back; empty for those that are not.
    ///
    /// What is left because it fails, and what is only for the end, is set back whatever the filters are. Filters compare with the
    /// best of those that nothing has set back so far.
    func setBacks(_ inputs: [RankingInput]) -> [[RankingSetBack]] {
        var result = inputs.map { input -> [RankingSetBack] in
            (input.isFallback ? [.fallback] : []) + (input.standing == .away ? [.away] : [])
        }
        for filter in filters {
            let standing = inputs.indices.filter { result[$0].isEmpty }
            let others = standing.map { inputs[$0] }
            for index in standing {
                if let why = objection(filter, to: inputs[index], among: others) {
                    result[index].append(why)
                }
            }
        }
        return result
    }

    private func objection(
        _ filter: RankingFilter, to input: RankingInput, among others: [RankingInput]
    ) -> RankingSetBack? {
        switch filter {
        case .health:
            let best = others.map(\.health).min() ?? .operational
            return input.health > best ? .health(input.health) : nil
        case .within(let points):
            let rates = others.compactMap(\.rate)
            guard let rate = input.rate,
                let best = rates.max(by: { $0.share < $1.share }), best.share > rate.share
            else { return nil }
            let gap = best.share.millionths - rate.share.millionths
            // A gap that noise explains sets nobody back, however wide it looks.
            let isSure = !best.proportion.isWithinNoise(rate.proportion, confidence)
            return isSure && gap > points.millionths ? .belowBest(by: Share(millionths: gap)) : nil
        case .feeWithin(let most):
            guard let cheapest = others.compactMap(\.fee).min() else { return nil }
            guard let fee = input.fee else { return .dearer(by: nil) }
            let (more, isBeyond) = fee.subtractingReportingOverflow(cheapest)
            return isBeyond || more > most ? .dearer(by: isBeyond ? .max : more) : nil
        }
    }
}
