/// Reads rules as people would who have all day: what can never happen, what happens otherwise than it looks, what is missing.
///
/// Exact where one rule is compared with nothing or with one other; with all before it together it is exact within a budget,
/// and says when that was too small. What a provider takes is judged by what it declares, not by how it is today.
package struct RoutingAnalysis {
    let table: RoutingTable
    let providers: [AnalysedProvider]
    /// The apps there are; `nil` if nobody knows.
    let apps: Set<AppID>?
    private let space: RequestSpace
    private let reach: [ProviderID: RequestSet]

    /// Comparisons of sets after which no more rules are compared: some seconds.
    private static let mostSteps = 4_000_000

    /// A rule with what it is about.
    private struct Known {
        var rule: RouteRule
        /// Every request for which it holds; `nil` if that is too much to say.
        var requests: RequestSet?
        /// Those that one of its providers takes.
        var taken: RequestSet?
    }

    package init(_ table: RoutingTable, _ providers: [AnalysedProvider], apps: Set<AppID>? = nil) {
        self.apps = apps
        self.table = table
        self.providers = providers
        let rules =
            table.rules
            + [table.otherwise, table.payoutOtherwise].compactMap(\.self).map { RouteRule(name: "", when: [], use: $0) }
        let leaves = rules.flatMap { $0.when.flatMap { $0.separated.leaves } }
        let space = RequestSpace(leaves, providers)
        self.space = space
        let reach = ProviderReach(space: space)
        self.reach = Dictionary(providers.map { ($0.id, reach.requests($0)) }, uniquingKeysWith: { $1 })
    }

    /// Everything there is to say, in the order of the rules.
    package func findings() -> [RoutingFinding] {
        var findings: [RoutingFinding] = []
        for operations in [RouteOperation.payments, RouteOperation.payouts] {
            let known = operations.first.map { table.rules(for: $0) } ?? []
            let others = operations.last.map { table.rules(for: $0) } ?? []
            let all = known + others.filter { !known.contains($0) }
            findings += compared(all.map(self.known), about: operations)
        }
        findings += reached() + named() + limited()
        var seen: Set<RoutingFinding> = []
        return findings.filter { seen.insert($0).inserted }
    }

    private func known(_ rule: RouteRule) -> Known {
        var parts = rule.when.map(\.separated)
        if let operations = rule.operations { parts.insert(.operation(operations), at: 0) }
        let requests = space.requests(.all(parts))
        let fitting = rule.use.members.compactMap { reach[$0.provider] }.reduce(RequestSet.nothing) { $0.union($1) }
        return Known(rule: rule, requests: requests, taken: requests.flatMap { $0.intersection(fitting) })
    }

    private func witness(_ set: RequestSet?) -> RequestSketch? { set?.clauses.first.map(space.request) }

    private func compared(_ rules: [Known], about operations: [RouteOperation]) -> [RoutingFinding] {
        var findings: [RoutingFinding] = []
        var steps = Self.mostSteps
        for (index, one) in rules.enumerated() {
            let (name, pointer) = (one.rule.name, one.rule.pointer)
            guard let requests = one.requests, let taken = one.taken else {
                findings.append(.init(.undecided, .tooComplex, rule: name, pointer: pointer))
                continue
            }
            guard !requests.isEmpty else {
                findings.append(.init(.error, .emptyRule, rule: name, pointer: pointer + "/when"))
                continue
            }
            findings += served(one, requests)
            guard steps > 0 else { continue }
            findings += order(one, requests, taken, after: rules[..<index], &steps)
            if steps <= 0 { findings.append(.init(.undecided, .tooManyRules, rule: name, pointer: pointer)) }
        }
        return findings + operations.compactMap { uncovered($0, by: rules) }
    }

    /// What no rule holds for, though a provider would take it; `nil` if there is nothing, or if no rule is about that at all.
    private func uncovered(_ operation: RouteOperation, by rules: [Known]) -> RoutingFinding? {
        let place = operation.operation == .payout && table.isJoined ? "/payout_routing" : "/routing"
        let about = RequestClause(
            space.place(of: .operation), space.classes(of: .operation) { $0.operation == operation })
        guard let about, let all = rules.map(\.requests).joinedOrNothing,
            all.clauses.contains(where: { $0.intersection(about) != nil })
        else { return nil }
        // What nobody could take anyway is not missed.
        var isDecided = true
        for clause in Set(reach.values.flatMap(\.clauses)).compactMap({ $0.intersection(about) }) {
            guard let rest = RequestSet(clauses: [clause]).subtracting(all) else {
                isDecided = false
                continue
            }
            if let example = witness(rest) {
                return .init(.warning, .uncovered(operation), pointer: place, witness: example)
            }
        }
        return isDecided ? nil : .init(.undecided, .tooComplex, pointer: place)
    }

    /// How a rule stands to those before it.
    private func order(
        _ one: Known, _ requests: RequestSet, _ taken: RequestSet, after earlier: ArraySlice<Known>, _ steps: inout Int
    ) -> [RoutingFinding] {
        let (name, pointer) = (one.rule.name, one.rule.pointer)
        var findings: [RoutingFinding] = []
        var together = RequestSet.nothing
        for other in earlier {
            guard steps > 0 else { return findings }
            guard let others = other.requests, let othersTaken = other.taken else { continue }
            steps -= requests.clauses.count * others.clauses.count
            // Most rules have nothing in common, and that is seen at once.
            guard requests.meets(others) else { continue }
            steps -= taken.clauses.count * othersTaken.clauses.count
            together = together.union(othersTaken)
            guard let rest = requests.subtracting(others) else {
                findings.append(.init(.undecided, .tooComplex, rule: name, pointer: pointer))
                continue
            }
            if rest.isEmpty {
                guard let left = taken.subtracting(othersTaken) else { continue }
                if left.isEmpty {
                    return [
                        .init(
                            .error, .shadowed(by: other.rule.name), rule: name, pointer: pointer,
                            witness: witness(requests))
                    ]
                }
                findings.append(
                    .init(
                        .warning, .secondChoice(after: other.rule.name), rule: name, pointer: pointer,
                        witness: witness(left)))
            } else if let both = narrow(taken)?.intersection(othersTaken), !both.isEmpty,
                other.rule.use != one.rule.use,
                let beyond = others.subtracting(requests), !beyond.isEmpty
            {
                findings.append(
                    .init(
                        .warning, .overlap(with: other.rule.name), rule: name, pointer: pointer, witness: witness(both))
                )
            }
        }
        steps -= taken.clauses.count * together.clauses.count
        if !taken.isEmpty {
            guard let left = taken.subtracting(together) else {
                return [.init(.undecided, .tooComplex, rule: name, pointer: pointer)]
            }
            if left.isEmpty {
                findings.append(.init(.error, .shadowedTogether, rule: name, pointer: pointer, witness: witness(taken)))
            }
        }
        return findings
    }

    /// Requests that name one channel: a request that names none, or several, is many rules' at once, and meant to be.
    private func narrow(_ set: RequestSet) -> RequestSet? {
        let one = RequestClause(space.place(of: .channels), space.classes(of: .channels) { $0.channels.count == 1 })
        return one.flatMap { set.intersection(RequestSet(clauses: [$0])) }
    }

    /// What the providers of a rule take of it.
    private func served(_ one: Known, _ requests: RequestSet) -> [RoutingFinding] {
        var findings: [RoutingFinding] = []
        let members = one.rule.use.members.map(\.provider)
        var first: (id: ProviderID, requests: RequestSet)?
        if one.rule.use.strategy == .cheapest { findings += unpriced(one, requests) }
        for (index, id) in members.enumerated() {
            guard let provider = providers.first(where: { $0.id == id }), let reach = reach[id],
                let mine = requests.intersection(reach), !provider.facts.isRetired
            else { continue }
            let pointer = one.rule.usePointer + "/providers/\(index)"
            guard !mine.isEmpty else {
                let example = nearest(requests, reach)
                let why = example.map(provider.objections) ?? []
                findings.append(
                    .init(.error, .cannotServe(id, why: why), rule: one.rule.name, pointer: pointer, witness: example))
                continue
            }
            guard let leading = first else {
                first = (id, mine)
                continue
            }
            // One that takes what the first one does not is there for that, and not only for when the first one fails.
            guard let more = mine.subtracting(leading.requests), more.isEmpty,
                let less = leading.requests.subtracting(mine), !less.isEmpty, let example = witness(less)
            else {
                continue
            }
            findings.append(
                .init(
                    .warning, .servesLess(id, than: leading.id, why: provider.objections(to: example)),
                    rule: one.rule.name,
                    pointer: pointer, witness: example))
        }
        return findings
    }

    /// Providers whose fee nobody knows for a currency that their rule compares fees of.
    private func unpriced(_ one: Known, _ requests: RequestSet) -> [RoutingFinding] {
        one.rule.use.members.enumerated().flatMap { index, member -> [RoutingFinding] in
            guard let provider = providers.first(where: { $0.id == member.provider }),
                let reach = reach[member.provider],
                let mine = requests.intersection(reach)
            else { return [] }
            let sketches = mine.clauses.map(space.request)
            let missing = sketches.filter { sketch in
                let facts = sketch.facts(provider.facts.environment)
                return provider.facts.channel(for: facts).map {
                    provider.facts.fees.fee(of: facts.amount, on: $0) == nil
                } ?? false
            }
            return Set(missing.map(\.currency.code)).sorted().map { code in
                .init(
                    .warning, .missingFee(provider.id, currency: code), rule: one.rule.name,
                    pointer: one.rule.usePointer + "/providers/\(index)")
            }
        }
    }

    /// The request of one set that comes nearest to another one: what keeps it out is the matter, and nothing beside.
    private func nearest(_ set: RequestSet, _ other: RequestSet) -> RequestSketch? {
        let pairs = set.clauses.flatMap { mine in
            (other.clauses.isEmpty ? [.everything] : other.clauses).map { mine.approaching($0) }
        }
        return pairs.min { $0.missed < $1.missed }.map { space.request(in: $0.clause) }
    }

    private func reached() -> [RoutingFinding] {
        let rules = (RouteOperation.allCases.flatMap { table.rules(for: $0) }).map(\.use.members).joined().map(
            \.provider)
        let used = Set(rules)
        return providers.filter { !used.contains($0.id) && !$0.facts.isRetired }.map { provider in
            .init(.warning, .neverReached(provider.id), pointer: provider.pointer)
        }
    }
}

extension [RequestSet?] {
    /// All of them together; `nil` if one is not known.
    fileprivate var joinedOrNothing: RequestSet? {
        reduce(RequestSet.nothing) { all, one in all.flatMap { all in one.map { all.union($0) } } }
    }
}
