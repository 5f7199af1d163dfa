import Router
import Testing
import WebText

/// What is found in rules is true: requests at random are sent through them, and nothing contradicts a verdict.
@Suite struct RoutingAnalysisTests {
    private static func provider(_ id: ProviderID, _ manifest: ProviderManifest) -> AnalysedProvider {
        AnalysedProvider(
            ProviderFacts(id: id, environment: .sandbox, manifest: manifest), able: [.collect],
            pointer: "/providers/\(id)")
    }

    /// Serves everything that the random requests could be.
    private static let omnivore = {
        var manifest = Sample.manifest(channels: RandomRouting.channels)
        manifest.currencies = RandomRouting.currencies.compactMap { Currency(code: $0) }.map {
            ProviderManifest.CurrencyLimits($0, minimum: 1, maximum: 1_000_000)
        }
        return manifest
    }()

    private func findings(_ rules: [RouteRule], otherwise: RouteUse? = nil) -> [RoutingFinding] {
        let providers = RandomRouting.providers.map { Self.provider($0, Self.omnivore) }
        return RoutingAnalysis(RoutingTable(rules: rules, otherwise: otherwise), providers).findings()
    }

    private func rule(_ name: String, _ when: RouteCondition..., to providers: ProviderID...) -> RouteRule {
        RouteRule(
            name: name, when: when,
            use: RouteUse(strategy: .priority, members: providers.map { RouteUse.Member(provider: $0) }))
    }

    @Test(arguments: 0..<60)
    func `verdicts agree with requests at random`(_ seed: Int) {
        var random = RandomRouting(seed: UInt64(900 + seed))
        let rules = (0..<(2 + random.roll(4))).map { index in
            RouteRule(
                name: "r\(index)", when: (0..<(1 + random.roll(3))).map { _ in random.condition() },
                use: RouteUse(strategy: .priority, members: [.init(provider: RandomRouting.providers[index % 5])]))
        }
        let found = findings(rules)
        let empty = Set(found.filter { $0.matter == .emptyRule }.map(\.rule))
        var requests: [RouteFacts] = []
        for _ in 0..<3_000 {
            var facts = random.facts()
            facts.operation = .collect
            facts.isRefund = false
            requests.append(facts)
        }
        for facts in requests {
            let holding = rules.filter { RouteCondition.all($0.when).holds(for: facts) }.map(\.name)
            #expect(empty.isDisjoint(with: holding), "\(empty) cannot hold, and holds for \(facts)")
            for finding in found {
                switch finding.matter {
                case .shadowed(let other), .secondChoice(let other):
                    #expect(!holding.contains(finding.rule) || holding.contains(other), "\(finding)")
                case .shadowedTogether:
                    #expect(holding.first != finding.rule, "\(finding)")
                default: break
                }
            }
            let operation = facts.routeOperation
            if holding.isEmpty {
                #expect(found.contains { $0.matter == .uncovered(operation) }, "nobody takes \(facts)")
            }
        }
        // The other way round: what is found has a request that shows it.
        for finding in found {
            guard let witness = finding.witness?.facts(.sandbox) else { continue }
            let holding = rules.filter { RouteCondition.all($0.when).isTrueOfWitness(witness, finding) }.map(\.name)
            switch finding.matter {
            case .uncovered: #expect(holding.isEmpty, "\(finding): \(holding) hold for the example")
            case .overlap(let other), .shadowed(let other), .secondChoice(let other):
                #expect(holding.contains(finding.rule) && holding.contains(other), "\(finding)")
            default: break
            }
        }
        #expect(!found.contains { $0.severity == .undecided })
    }

    @Test func `each kind of finding is found, and not next to it`() throws {
        let fixed = try #require(
            NumberingPlan.builtIn.countries.first { !$0.isPorted && !$0.carrierNames.isEmpty })
        let all: RouteCondition = .currency(["XOF"])
        let kinds: [(String, [RouteRule], [RouteRule])] = [
            (
                "empty_rule", [rule("a", .currency(["XOF"]), .not(.currency(["XOF", "TND"])), to: "a")],
                [rule("a", .currency(["XOF"]), .not(.currency(["TND"])), to: "a")]
            ),
            (
                "empty_rule",
                [rule("a", .amount(minimum: 10, maximum: nil), .not(.amount(minimum: 5, maximum: nil)), to: "a")],
                [rule("a", .amount(minimum: 5, maximum: nil), .not(.amount(minimum: 6, maximum: nil)), to: "a")]
            ),
            (
                "empty_rule", [rule("a", .phoneCountry(["TG"]), .phonePrefix(["229"]), to: "a")],
                [rule("a", .phoneCountry(["TG"]), .phonePrefix(["22890"]), to: "a")]
            ),
            (
                "empty_rule", [rule("a", .phoneOperator(["togocom"]), .phonePrefix(["22899"]), to: "a")],
                [rule("a", .phoneOperator(["moov"]), .phonePrefix(["22899"]), to: "a")]
            ),
            (
                "empty_rule",
                [
                    rule(
                        "a", .weekday([.monday]),
                        .date(from: CivilDate(text: "2026-12-01"), to: CivilDate(text: "2026-12-05")), to: "a")
                ],
                [
                    rule(
                        "a", .weekday([.friday]),
                        .date(from: CivilDate(text: "2026-12-01"), to: CivilDate(text: "2026-12-05")), to: "a")
                ]
            ),
            (
                "empty_rule", [rule("a", .attempt(minimum: nil, maximum: 1), .lastFailure([.throttled]), to: "a")],
                [rule("a", .attempt(minimum: 2, maximum: nil), .lastFailure([.throttled]), to: "a")]
            ),
            (
                "empty_rule",
                [
                    rule(
                        "a", .metadata(name: "n", values: ["x"]),
                        .metadataNumber(name: "n", .init(minimum: DecimalNumber(1), maximum: nil)), to: "a")
                ],
                [
                    rule(
                        "a", .metadata(name: "n", values: ["1"]),
                        .metadataNumber(name: "n", .init(minimum: DecimalNumber(1), maximum: nil)), to: "a")
                ]
            ),
            (
                "shadowed_rule", [rule("a", to: "a"), rule("b", all, to: "b")],
                [rule("b", all, to: "b"), rule("a", to: "a")]
            ),
            (
                "shadowed_rule",
                [rule("a", .channel(["tmoney", "card"]), to: "a"), rule("b", .channel(["card"]), all, to: "b")],
                [
                    rule("a", .channel(["tmoney", "card"]), to: "a"),
                    rule("b", .channel(["card", "flooz"]), all, to: "b"),
                ]
            ),
            (
                "shadowed_by_several",
                [
                    rule("a", .amount(minimum: nil, maximum: 100), to: "a"),
                    rule("b", .amount(minimum: 101, maximum: nil), to: "b"),
                    rule("c", all, to: "c"),
                ],
                [
                    rule("a", .amount(minimum: nil, maximum: 100), to: "a"),
                    rule("b", .amount(minimum: 102, maximum: nil), to: "b"),
                    rule("c", all, to: "c"),
                ]
            ),
            (
                "overlap", [rule("a", .channel(["card"]), to: "a"), rule("b", all, to: "b")],
                [rule("a", .channel(["card"]), .not(all), to: "a"), rule("b", all, to: "b")]
            ),
            ("uncovered_request", [rule("a", all, to: "a")], [rule("a", all, to: "a"), rule("b", to: "b")]),
            (
                "unknown_channel", [rule("a", .channel(["tmonney"]), to: "a")],
                [rule("a", .channel(["tmoney"]), to: "a")]
            ),
            (
                "unknown_operator", [rule("a", .phoneOperator(["Togocel"]), to: "a")],
                [rule("a", .phoneOperator(["togocom"]), to: "a")]
            ),
            (
                "ported_numbers", [rule("a", .phoneOperator(["mtn"]), .phoneCountry(["GH"]), to: "a")],
                [rule("a", .phoneOperator(fixed.carrierNames), .phoneCountry([fixed.code]), to: "a")]
            ),
        ]
        for (code, bad, good) in kinds {
            #expect(findings(bad).contains { $0.matter.code == code }, "\(code) in \(bad.map(\.when))")
            #expect(!findings(good).contains { $0.matter.code == code }, "\(code) in \(good.map(\.when))")
        }
    }

    @Test func `many rules are compared as far as there is time, and what was not is said`() {
        let few = (0..<60).map {
            rule("r\($0)", .amount(minimum: Int64($0) * 10, maximum: Int64($0) * 10 + 9), to: "a")
        }
        #expect(!findings(few).contains { $0.severity == .undecided })
        let many = (0..<400).map {
            rule("r\($0)", .phonePrefix(["22890", "22891"]), .app([], names: ["shop \($0 % 7)"]), to: "a", "b")
        }
        let found = findings(many)
        #expect(found.count { $0.matter == .tooManyRules } <= 1)
        #expect(found.contains { $0.matter == .shadowed(by: "r0") })
    }

    @Test func `providers are judged by what they declare`() {
        var francs = Sample.manifest(channels: ["tmoney"])
        francs.currencies = [.init(.xof, minimum: 100, maximum: 1_000)]
        var both = francs
        both.currencies.append(.init(.tnd, minimum: 100, maximum: 1_000))
        var limited = Self.provider("c", francs)
        limited.facts.limits = ["TND": 1...5]
        let providers = [Self.provider("a", francs), Self.provider("b", both), limited]
        func codes(_ rules: RouteRule...) -> [String] {
            RoutingAnalysis(RoutingTable(rules: rules, otherwise: nil), providers).findings().map {
                "\($0.matter.code) \($0)"
            }
        }
        let dinars = codes(rule("d", .currency(["TND"]), to: "a", "b"))
        #expect(
            dinars.contains {
                $0.contains("provider_cannot_serve") && $0.contains("\"a\"") && $0.contains("takes XOF, not TND")
            })
        let any = codes(rule("any", to: "b", "a"))
        #expect(
            any.contains {
                $0.contains("provider_serves_less") && $0.contains("\"a\" does not take everything that \"b\"")
            })
        #expect(any.contains { $0.contains("provider_never_reached") && $0.contains("\"c\"") })
        #expect(any.contains { $0.contains("useless_limit") && $0.contains("takes no TND") })
        let large = codes(rule("large", .amount(minimum: 5_000, maximum: nil), to: "a"))
        #expect(large.contains { $0.contains("provider_cannot_serve") && $0.contains("takes at most 1000 XOF") })
        let second = codes(rule("first", to: "a"), rule("second", .channel(["tmoney"]), to: "b"))
        #expect(second.contains { $0.contains("second_choice") }, "the first takes no dinars: \(second)")
    }
}

extension RouteCondition {
    /// Whether it holds for the example of a finding; where shares fall is the example's own saying.
    fileprivate func isTrueOfWitness(_ facts: RouteFacts, _ finding: RoutingFinding) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.isTrueOfWitness(facts, finding) }
        case .any(let parts): parts.contains { $0.isTrueOfWitness(facts, finding) }
        case .not(let part): !part.isTrueOfWitness(facts, finding)
        case .bucket(let bucket):
            bucket.range.contains(
                finding.witness?.places[HashBucket(bucket.subject, salt: bucket.salt, range: 0..<1)] ?? 0)
        default: holds(for: facts)
        }
    }
}
