extension Ranking {
    /// Puts candidates in order.
    ///
    /// Those that nothing sets back come first, in their order; then those that filters set back, those that are left because they
    /// fail, and those for the end; each class in its order. One payment in many has another candidate tried first: one that is
    /// left, so that it can return, or any that stands in the first class, so that something is known of it.
    ///
    /// - Returns: All candidates, the one to try first in front.
    package func rank(_ inputs: [RankingInput], for subject: RankingSubject) -> [RankedCandidate] {
        let setBacks = setBacks(inputs)
        let places = ordered(inputs, for: subject).stableSorted { left, right in
            Self.level(inputs[left.index], setBacks[left.index])
                < Self.level(inputs[right.index], setBacks[right.index])
        }
        var ranked = places.map { place in
            RankedCandidate(
                inputs[place.index], score: place.score, setBack: setBacks[place.index], notes: place.notes)
        }
        if let tried = tried(ranked, subject) {
            var candidate = ranked.remove(at: tried.index)
            candidate.notes.append(tried.note)
            ranked.insert(candidate, at: 0)
        }
        return ranked
    }

    private static func level(_ input: RankingInput, _ setBack: [RankingSetBack]) -> Int {
        if input.isFallback { return 3 }
        // A canary that does not come first takes its place among those that are left.
        if input.standing != .present { return 2 }
        return setBack.isEmpty ? 0 : 1
    }

    /// Which candidate this payment tries first out of turn, if any.
    private func tried(_ ranked: [RankedCandidate], _ subject: RankingSubject) -> (index: Int, note: RankingNote)? {
        if let index = ranked.firstIndex(where: { candidate in
            candidate.input.standing == .canary && candidate.input.health != .closed && !candidate.input.isFallback
        }) {
            return (index, .canary)
        }
        guard explores, exploration.holds(StableHash.of("explore/\(subject.payment)")) else { return nil }
        let others = ranked.indices.dropFirst().filter { index in
            Self.level(ranked[index].input, ranked[index].setBack) < 2 && ranked[index].input.health != .closed
        }
        guard !others.isEmpty else { return nil }
        let choice = StableHash.of("explored/\(subject.payment)") % UInt64(others.count)
        return (others[Int(choice)], .explored)
    }

    /// Orders that go by rates have to try what they do not prefer; the others learn nothing from it.
    private var explores: Bool {
        switch order {
        case .bestSuccess, .value: true
        case .priority, .weighted, .cheapest: filters.contains { if case .within = $0 { true } else { false } }
        }
    }
}
