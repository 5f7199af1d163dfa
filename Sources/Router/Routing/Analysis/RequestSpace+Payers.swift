extension RequestSpace {
    /// No number, and one number of each kind that conditions and providers tell apart.
    static func phones(_ leaves: [RouteCondition], _ providers: [AnalysedProvider]) -> [Maker] {
        let prefixes = leaves.flatMap(\.namedPrefixes)
        let countries = Set(leaves.flatMap(\.namedPayerCountries)).sorted()
        let served = Set(
            providers.flatMap { $0.manifest.phoneCountries + ($0.manifest.payout?.phoneCountries ?? []) })
        let phones = NumberingPlan.builtIn.countries.flatMap { $0.samples(beginning: prefixes) }
        let told: [String?] = countries.isEmpty ? [nil] : [nil] + countries + ["QZ"]
        var seen: Set<[String]> = []
        var makers: [Maker] = []
        for phone in [nil] + phones.map(Optional.some) {
            for country in told {
                let maker: Maker = { ($0.phone, $0.payerCountry) = (phone, country) }
                var sketch = RequestSketch()
                maker(&sketch)
                let truths = leaves.map { $0.isTrue(of: sketch) ? "1" : "0" }.joined()
                // Providers look at the country only.
                let kind = phone.map { served.contains($0.countryCode) ? $0.countryCode : "other" }
                if seen.insert([truths, kind ?? "none"]).inserted { makers.append(maker) }
            }
        }
        return makers
    }

    static func metadata(_ name: String, _ leaves: [RouteCondition]) -> [Maker] {
        var values: [String?] = [nil, "other"] + leaves.flatMap(\.namedTexts)
        for case .metadataNumber(_, let range) in leaves {
            for number in [range.minimum, range.maximum].compactMap(\.self) {
                values += ([-1, 0, 1] as [Int64]).map { "\(number.advanced(byBillionths: $0))" }
            }
        }
        return distinct(values).map { value in { $0.metadata[name] = value } }
    }

    static func cards(_ fact: CardFact, _ leaves: [RouteCondition]) -> [Maker] {
        let named = leaves.flatMap(\.namedTexts)
        // Of a BIN, a longer one begins with a shorter one.
        let values = named.map { fact == .bin ? $0 + String(repeating: "0", count: max(0, 8 - $0.utf8.count)) : $0 }
        return distinct([nil, fact == .bin ? "00000000" : "other"] + values).map { value in
            { $0.card[fact] = value }
        }
    }

    static func ages(_ leaves: [RouteCondition]) -> [Maker] {
        var days: Set<Int64> = [0]
        for case .customerAge(let low, let high) in leaves { days.formUnion([low ?? 0, (high ?? -1) + 1]) }
        return [{ _ in }] + days.filter { $0 >= 0 }.sorted().map(age)
    }

    private static func age(_ days: Int64) -> Maker {
        { sketch in
            var history = sketch.history ?? CustomerHistory(ageDays: 0)
            history.ageDays = days
            sketch.history = history
        }
    }

    static func successes(_ provider: ProviderID, _ leaves: [RouteCondition]) -> [Maker] {
        var counts: Set<Int64> = [0]
        for case .customerSuccesses(_, let low, let high) in leaves {
            counts.formUnion([low ?? 0, (high ?? -1) + 1])
        }
        return [{ _ in }] + counts.filter { $0 >= 0 }.sorted().map { success(provider, $0) }
    }

    private static func success(_ provider: ProviderID, _ count: Int64) -> Maker {
        { sketch in
            var history = sketch.history ?? CustomerHistory(ageDays: 0)
            history.successes[provider] = count
            sketch.history = history
        }
    }

    static func progress(_ leaves: [RouteCondition]) -> [Maker] {
        var attempts: Set<Int64> = [1, 2]
        var reasons: [RefusalReason] = []
        for leaf in leaves {
            switch leaf {
            case .attempt(let low, let high): attempts.formUnion([low ?? 1, (high ?? 0) + 1])
            case .lastFailure(let named): reasons += named
            default: break
            }
        }
        let other = RefusalReason.allCases.first { !reasons.contains($0) && $0.blame == .operator }
        let ended = distinct(reasons + [other].compactMap(\.self))
        return attempts.filter { $0 >= 1 }.sorted().flatMap { attempt -> [Maker] in
            guard attempt > 1 else { return [{ ($0.attempt, $0.lastFailure) = (1, nil) }] }
            return ended.map { reason in self.progress(Int(attempt), after: reason) }
        }
    }

    private static func progress(_ attempt: Int, after reason: RefusalReason) -> Maker {
        { ($0.attempt, $0.lastFailure) = (attempt, reason) }
    }
}
