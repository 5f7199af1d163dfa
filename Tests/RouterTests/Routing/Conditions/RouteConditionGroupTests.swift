import Router
import Testing

/// Groups of conditions: what they hold for, what they say, and what is promised before a phone number is known.
@Suite struct RouteConditionGroupTests {
    private let yes = RouteCondition.currency(["XOF"])
    private let no = RouteCondition.currency(["EUR"])
    private let phone = RouteCondition.phoneCountry(["TG"])

    @Test func `groups hold as logic says`() {
        let holds: [(RouteCondition, Bool)] = [
            (.all([]), true), (.any([]), false), (.all([yes, yes]), true), (.all([yes, no]), false),
            (.any([no, yes]), true), (.any([no, no]), false), (.not(no), true), (.not(yes), false),
            (.not(.all([yes, .not(.any([no, .not(no)]))])), true),
        ]
        for (condition, expected) in holds {
            #expect(condition.holds(for: .plain) == expected, "\(condition)")
            #expect(condition.objections(to: .plain).isEmpty == expected, "\(condition)")
        }
    }

    @Test func `what does not hold says why, part by part`() {
        let group = RouteCondition.any([no, .all([.currency(["USD"]), .amount(minimum: 6_000, maximum: nil)])])
        #expect(
            group.objections(to: .plain).text()
                == "currency is XOF, not EUR; or currency is XOF, not USD and amount is below 6000")
        #expect(RouteCondition.not(yes).objections(to: .plain).text() == #"excluded by not {"currency":"XOF"}"#)
        #expect(RouteCondition.all([no, .not(yes)]).objections(to: .plain).count == 2)
    }

    @Test func `a promise before the number is known is three-valued`() {
        let promises: [(RouteCondition, RouteCondition.Promise)] = [
            (phone, .dependsOnPhone), (.not(phone), .dependsOnPhone), (.all([phone, no]), .fails),
            (.all([phone, yes]), .dependsOnPhone), (.any([phone, yes]), .holds), (.any([phone, no]), .dependsOnPhone),
            (.not(.any([phone, yes])), .fails), (yes, .holds), (no, .fails),
            (.bucket(HashBucket(.customer, salt: "", range: 0..<10_000)), .dependsOnPhone),
            (.bucket(HashBucket(.payment, salt: "", range: 0..<10_000)), .holds),
        ]
        for (condition, expected) in promises { #expect(condition.promise(for: .plain) == expected, "\(condition)") }
    }

    @Test func `a promise is kept by every number`() {
        let numbers = ["+22890112233", "+22996112233", "+22370112233"]
        var random = Mixer(state: 7)
        for _ in 0..<500 {
            let condition = random.condition(depth: 3)
            let promise = condition.promise(for: .plain)
            guard promise != .dependsOnPhone else { continue }
            for number in numbers {
                #expect(condition.holds(for: .plain.with(phone: number)) == (promise == .holds), "\(condition)")
            }
        }
    }

    /// Small conditions at random, of a payer's phone and of what is known.
    private struct Mixer {
        var state: UInt64

        mutating func roll(_ bound: UInt64) -> UInt64 {
            state = StableHash.mix(state)
            return state % bound
        }

        mutating func condition(depth: Int) -> RouteCondition {
            guard depth > 0, roll(4) > 0 else {
                return [
                    .currency(["XOF"]), .currency(["EUR"]), .phoneCountry(["TG"]), .phonePrefix(["229"]),
                    .phoneOperator(["moov"]), .amount(minimum: 9_000, maximum: nil),
                ][Int(roll(6))]
            }
            let parts = (0...roll(3)).map { _ in condition(depth: depth - 1) }
            return [.all(parts), .any(parts), .not(parts[0])][Int(roll(3))]
        }
    }
}
