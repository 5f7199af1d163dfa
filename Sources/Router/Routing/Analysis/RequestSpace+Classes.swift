extension RequestSpace {
    typealias Maker = @Sendable (inout RequestSketch) -> Void

    /// The classes of one dimension.
    static func classes(
        _ subject: RequestDimension.Subject, _ leaves: [RouteCondition], _ providers: [AnalysedProvider]
    ) -> [Maker] {
        let mine = leaves.filter { $0.subject == subject }
        switch subject {
        case .operation: return RouteOperation.allCases.map { value in { $0.operation = value } }
        case .currency: return currencies(mine, providers)
        case .amount: return amounts(mine, providers).map { value in { $0.amount = value } }
        case .channels: return channels(mine, providers).map { value in { $0.channels = value } }
        case .app: return apps(mine, providers)
        case .phone: return phones(mine, providers)
        case .metadata(let name): return metadata(name, mine)
        case .card(let fact): return cards(fact, mine)
        case .language:
            return distinct([nil, "xx"] + mine.flatMap(\.namedTexts)).map { value in { $0.language = value } }
        case .age: return ages(mine)
        case .successes(let provider): return successes(provider, mine)
        case .moment: return moments(mine).map { value in { $0.now = value } }
        case .progress: return progress(mine)
        case .token: return [{ $0.hasToken = false }, { $0.hasToken = true }]
        case .wallet: return [{ $0.hasWallet = false }, { $0.hasWallet = true }]
        case .bill: return bills(providers).map { value in { $0.billAccount = value } }
        case .bucket(let subject, let salt):
            var bounds: Set<Int> = [0]
            for case .bucket(let bucket) in mine {
                bounds.formUnion([bucket.range.lowerBound, bucket.range.upperBound])
            }
            let key = RequestDimension.key(subject, salt)
            return bounds.filter { $0 < 10_000 }.sorted().map { value in { $0.places[key] = value } }
        }
    }

    /// Values in their order, each once.
    static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }

    private static func currencies(_ leaves: [RouteCondition], _ providers: [AnalysedProvider]) -> [Maker] {
        let asked = leaves.flatMap(\.namedTexts)
        let taken = providers.flatMap { provider in
            provider.manifest.currencies.map(\.currency.code)
                + (provider.manifest.payout?.currencies.map(\.currency.code) ?? [])
        }
        let named = distinct(asked + taken)
        // One that nobody names stands for all others.
        let other = Currency.all.map(\.code).first { !named.contains($0) }
        return (named + [other].compactMap(\.self)).compactMap { Currency(code: $0) }.map { value in
            { $0.currency = value }
        }
    }

    /// One amount from each stretch between bounds, in minor units.
    private static func amounts(_ leaves: [RouteCondition], _ providers: [AnalysedProvider]) -> [Int64] {
        var bounds: Set<Int64> = [1]
        func add(_ low: Int64?, _ high: Int64?) {
            if let low { bounds.insert(low) }
            if let high, high < .max { bounds.insert(high + 1) }
        }
        for case .amount(let low, let high, _) in leaves { add(low, high) }
        for provider in providers {
            let operators = provider.manifest.currencies + (provider.manifest.payout?.currencies ?? [])
            for limits in operators {
                add(limits.minimum, limits.maximum)
                // Multiples: what lies between them is a class of its own.
                if limits.step > 1 {
                    bounds.formUnion([limits.minimum, limits.minimum + 1, limits.minimum + limits.step])
                }
            }
            for limits in provider.facts.limits.values { add(limits.lowerBound, limits.upperBound) }
        }
        return bounds.filter { (1...largestAmount).contains($0) }.sorted()
    }

    /// As callers may ask for.
    private static let largestAmount: Int64 = 9_007_199_254_740_991

    /// None, each one, and as many together as one rule asks about.
    private static func channels(_ leaves: [RouteCondition], _ providers: [AnalysedProvider]) -> [[PaymentChannel]] {
        let asked = leaves.flatMap(\.namedChannels)
        let served = providers.flatMap { $0.manifest.channels + ($0.manifest.payout?.channels ?? []) }
        let all = distinct(asked + served).sorted()
        let pairs = all.indices.flatMap { first in all[(first + 1)...].map { [all[first], $0] } }
        // What several channels make possible that none alone does is rare, and squares with their number.
        return all.map { [$0] } + [[]] + (all.count <= 24 ? pairs : [])
    }

    private static func apps(_ leaves: [RouteCondition], _ providers: [AnalysedProvider]) -> [Maker] {
        var ids: [AppID] = [.none]
        var names: [String?] = [nil]
        for case .app(let apps, let called) in leaves {
            ids += apps
            names += called
        }
        ids += providers.flatMap(\.facts.apps).sorted { $0.text < $1.text }
        return distinct(ids).flatMap { id in
            distinct(names).map { name in
                { @Sendable (sketch: inout RequestSketch) in (sketch.app, sketch.appName) = (id, name) }
            }
        }
    }

    private static func bills(_ providers: [AnalysedProvider]) -> [String?] {
        let hasBillers = providers.contains { $0.manifest.payout?.biller != nil }
        return hasBillers ? [nil, "0"] : [nil]
    }
}
