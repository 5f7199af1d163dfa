/// What a candidate got from the order, before anything sets it back.
struct RankedPlace: Sendable, Hashable {
    var index: Int
    var score: RankingScore?
    var notes: [RankingNote] = []
}

extension Ranking {
    /// The candidates by the order and the tie-break alone.
    func ordered(_ inputs: [RankingInput], for subject: RankingSubject) -> [RankedPlace] {
        let byPosition = Array(inputs.indices).stableSorted { inputs[$0].position < inputs[$1].position }
        switch order {
        case .priority: return byPosition.map { RankedPlace(index: $0) }
        case .weighted(let stickiness):
            let weights = byPosition.map { inputs[$0].weight }
            return WeightedDraw.order(weights, for: subject.text(stickiness)).map { RankedPlace(index: byPosition[$0]) }
        case .cheapest:
            return byFee(byPosition, inputs).map { index in
                RankedPlace(
                    index: index, score: inputs[index].fee.map(RankingScore.fee),
                    notes: inputs[index].fee == nil ? [.feeUnknown] : [])
            }
        case .bestSuccess:
            let known = byPosition.filter { inputs[$0].rate != nil }
            let ranked = known.stableSorted { rate($0, inputs) > rate($1, inputs) }
            return grouped(ranked, byPosition, inputs)
        case .value: return byValue(byPosition, inputs, subject)
        }
    }

    private func byFee(_ places: [Int], _ inputs: [RankingInput]) -> [Int] {
        places.stableSorted { (inputs[$0].fee ?? .max) < (inputs[$1].fee ?? .max) }
    }

    private func rate(_ index: Int, _ inputs: [RankingInput]) -> Share { inputs[index].rate?.share ?? .none }

    /// By success times what is left of the amount, exactly: millionths times minor units fit into 128 bits.
    ///
    /// The fee is in it already: candidates whose rates cannot be told apart are still ordered by what is to be expected, and
    /// not by the fee once more. Where too little is known of a rate, the best known one stands for it. Without a fee nothing
    /// can be said of what is left, and such a candidate comes last.
    private func byValue(
        _ byPosition: [Int], _ inputs: [RankingInput], _ subject: RankingSubject
    ) -> [RankedPlace] {
        let best = inputs.compactMap { $0.rate?.share }.max() ?? .all
        func value(_ index: Int) -> Int128? {
            inputs[index].fee.map { fee in
                Int128((inputs[index].rate?.share ?? best).millionths) * (Int128(subject.amount) - Int128(fee))
            }
        }
        let priced = tieBroken(byPosition.filter { inputs[$0].fee != nil }, inputs)
        let ranked = priced.stableSorted { (value($0) ?? .min) > (value($1) ?? .min) }
        let places = ranked.map { index in
            RankedPlace(
                index: index, score: value(index).map(RankingScore.value), notes: notes(index, ranked.first, inputs))
        }
        let rest = byPosition.filter { inputs[$0].fee == nil }
        return places + rest.map { RankedPlace(index: $0, notes: [.feeUnknown]) }
    }

    /// What is worth knowing of a candidate's rate beside that of the one that leads.
    private func notes(_ index: Int, _ leader: Int?, _ inputs: [RankingInput]) -> [RankingNote] {
        guard let rate = inputs[index].rate else { return [.rateUnknown] }
        var notes: [RankingNote] = []
        if let leader, leader != index, let first = inputs[leader].rate,
            first.proportion.isWithinNoise(rate.proportion, confidence)
        {
            notes.append(.withinNoise(of: inputs[leader].provider))
        }
        if rate.basis == .recent { notes.append(.unlikeUsual) }
        return notes
    }

    /// Groups of rates that cannot be told apart, each ordered by the tie-break.
    ///
    /// A candidate of whose rate too little is known cannot be told from the best, so it is in the first group; where nothing is
    /// known of anybody the tie-break decides alone.
    private func grouped(_ ranked: [Int], _ all: [Int], _ inputs: [RankingInput]) -> [RankedPlace] {
        var groups = NoiseGroups.of(ranked) { leader, other in
            guard let first = inputs[leader].rate, let second = inputs[other].rate else { return true }
            return first.proportion.isWithinNoise(second.proportion, confidence)
        }
        if groups.isEmpty { groups = [[]] }
        let best = groups[0].first
        groups[0] += all.filter { inputs[$0].rate == nil }
        return groups.enumerated().flatMap { place, group in
            let broken = tieBroken(group, inputs)
            let leader = place == 0 ? best : group.first
            return broken.map { index in
                // The best rate of a group that does not come first in it is compared with the one that does.
                let other = index == leader ? broken.first : leader
                return RankedPlace(
                    index: index, score: inputs[index].rate.map { .rate($0.share) }, notes: notes(index, other, inputs))
            }
        }
    }

    private func tieBroken(_ group: [Int], _ inputs: [RankingInput]) -> [Int] {
        let byPosition = group.stableSorted { inputs[$0].position < inputs[$1].position }
        return ties == .fee ? byFee(byPosition, inputs) : byPosition
    }
}
