import Router
import Testing

/// The compiled form decides what the rules say, read one after the other.
@Suite struct CompiledRoutingTests {
    @Test(arguments: 0..<40)
    func `decides as the rules do, whatever they are`(_ seed: Int) {
        var random = RandomRouting(seed: UInt64(seed))
        let table = random.table(rules: seed % 4 == 0 ? 200 : 45 + random.roll(60))
        let compiled = CompiledRouting(table)
        var (decided, undecided, asked) = (0, 0, 0)
        for _ in 0..<100 {
            let (facts, world) = (random.facts(), random.world())
            let told = table.decide(facts) { world[$0] }
            let fast = compiled.decide(facts) { world[$0] }
            #expect(fast.plan == told.plan && fast.verdicts == told.verdicts)
            #expect(fast.rules == told.rules.filter { $0.objections.isEmpty || $0.objections == [.noneEligible] })
            #expect(fast.rules.count + fast.rulesLeftOut == told.rules.count)
            #expect(
                table.missed(facts, fast, among: Array(world.values))
                    == table.missed(facts, told, among: Array(world.values)))
            #expect(compiled.explain(facts) { world[$0] } == told)
            told.rules.contains(where: \.decided) ? (decided += 1) : (undecided += 1)
            asked += fast.rules.count
        }
        #expect(decided > 0 && asked > 0, "decided \(decided), not \(undecided)")
    }

    @Test(arguments: [1, 63, 64, 65, 127, 128, 129])
    func `every rule is found from wherever the search begins`(_ count: Int) {
        let rules = (0..<count).map {
            RouteRule(name: "\($0)", when: [], use: RouteUse(strategy: .priority, members: []))
        }
        let compiled = CompiledRules(rules)
        for start in 0..<count { #expect(compiled.first(for: .plain, from: start) == start) }
        #expect(compiled.first(for: .plain, from: count) == nil)
        #expect(CompiledRules([]).first(for: .plain) == nil)
    }

    @Test func `two conditions about one thing both count`() {
        let use = RouteUse(strategy: .priority, members: [])
        let compiled = CompiledRules([
            RouteRule(name: "a", when: [.currency(["EUR", "XOF"]), .currency(["EUR"])], use: use),
            RouteRule(name: "b", when: [.channel(["tmoney"]), .channel(["flooz"])], use: use),
        ])
        #expect(compiled.first(for: .plain) == 1, "an order that allows any channel allows both")
        var facts = RouteFacts.plain
        facts.channels = ["tmoney"]
        #expect(compiled.first(for: facts) == nil)
        facts.channels = ["tmoney", "flooz"]
        #expect(compiled.first(for: facts) == 1)
    }

    @Test func `few rules are all told, many are not`() {
        let use = RouteUse(strategy: .priority, members: [.init(provider: "a")])
        func rules(_ count: Int) -> CompiledRouting {
            CompiledRouting(
                RoutingTable(
                    rules: (0..<count).map { RouteRule(name: "\($0)", when: [.currency(["EUR"])], use: use) },
                    otherwise: use))
        }
        let few = rules(CompiledRouting.toldRules - 1).decide(.plain) { _ in nil }
        #expect(few.rules.count == CompiledRouting.toldRules && few.json["rules_left_out"] == nil)
        let many = rules(CompiledRouting.toldRules).decide(.plain) { _ in nil }
        #expect(many.rules.map(\.name) == ["otherwise"] && many.json["rules_left_out"] == 16)
    }
}
