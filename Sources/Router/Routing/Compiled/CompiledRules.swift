/// Rules as tables of bits, so that those that do not concern an order are never looked at.
///
/// Each rule has one bit in every row. A row of currencies, channels or countries has the bits of the rules that could hold
/// for that value; what all rows of an order have in common is looked at rule by rule, in order, by what is left of its
/// conditions. Made once, when a configuration is loaded; asking it allocates nothing.
package struct CompiledRules: Sendable {
    /// The rules, in the order in which they are asked.
    package let rules: [RouteRule]
    private let currencies: RuleIndex<String>
    private let channels: RuleIndex<PaymentChannel>
    private let countries: RuleIndex<String>
    /// By rule: what its rows do not say.
    private let remains: [[CompiledTest]]

    package init(_ rules: [RouteRule]) {
        self.rules = rules
        var currencies = RuleIndex<String>.Maker(rules.count)
        var channels = RuleIndex<PaymentChannel>.Maker(rules.count)
        var countries = RuleIndex<String>.Maker(rules.count)
        var remains: [[CompiledTest]] = []
        for (index, rule) in rules.enumerated() {
            var tests: [CompiledTest] = []
            for condition in rule.when {
                let isInRows =
                    switch condition {
                    case .currency(let codes): currencies.restrict(index, to: codes)
                    case .channel(let names): channels.restrict(index, to: names)
                    case .phoneCountry(let codes): countries.restrict(index, to: codes)
                    default: false
                    }
                if !isInRows { tests.append(CompiledTest(condition)) }
            }
            remains.append(tests.sorted { $0.cost < $1.cost })
        }
        self.remains = remains
        self.currencies = currencies.made()
        self.channels = channels.made()
        self.countries = countries.made()
    }

    /// The first rule that holds for an order, from a place in ``rules`` on.
    ///
    /// - Parameters:
    ///   - facts: The order.
    ///   - start: The first rule that is asked.
    /// - Returns: The rule's place; `nil` if none holds.
    package func first(for facts: RouteFacts, from start: Int = 0) -> Int? {
        let (width, total) = (currencies.width, rules.count)
        guard start < total else { return nil }
        let currency = currencies.row(of: facts.amount.currency.code)
        let country = countries.row(of: facts.phone?.countryCode)
        let named = facts.channels.count
        let channel = named == 1 ? channels.row(of: facts.channels[0]) : 0
        for word in (start / 64)..<width {
            var bits = currencies.words[currency + word] & countries.words[country + word]
            if named == 1 {
                bits &= channels.words[channel + word]
            } else if named > 1 {
                var any: UInt64 = 0
                for name in facts.channels { any |= channels.words[channels.row(of: name) + word] }
                bits &= any
            }
            if word == start / 64 { bits &= ~0 << UInt64(start % 64) }
            while bits != 0 {
                let rule = word * 64 + bits.trailingZeroBitCount
                if holds(rule, facts) { return rule }
                bits &= bits - 1
            }
        }
        return nil
    }

    private func holds(_ rule: Int, _ facts: RouteFacts) -> Bool {
        for test in remains[rule] where !test.holds(for: facts) { return false }
        return true
    }

    /// How many bytes the tables take, without the rules themselves.
    package var bytes: Int {
        (currencies.words.count + channels.words.count + countries.words.count) * MemoryLayout<UInt64>.stride
            + remains.reduce(0) {
                $0 + $1.count * MemoryLayout<CompiledTest>.stride + MemoryLayout<[CompiledTest]>.stride
            }
    }
}
