import Router
import RouterTestKit
import Testing

@Suite struct FeeScheduleTests {
    /// A tariff as mobile money has them: 100 francs up to 5 000, 2 % up to 50 000, then 1 % with at most 2 500.
    private static let tariff = FeeSchedule([
        .init(upTo: 5_000, fee: Fee(basisPoints: 0, fixed: 100)),
        .init(upTo: 50_000, fee: Fee(basisPoints: 200, fixed: 0)),
        .init(fee: Fee(basisPoints: 100, fixed: 0, minimum: 600, maximum: 2_500)),
    ])

    @Test(
        arguments: [
            (0, 100), (1, 100), (5_000, 100), (5_001, 101), (50_000, 1_000), (50_001, 600), (100_000, 1_000),
            (1_000_000, 2_500), (.max, 2_500),
        ] as [(Int64, Int64)])
    func `the tier of the amount decides for the whole of it`(amount: Int64, fee: Int64) throws {
        #expect(try #require(Self.tariff).of(Money(amount, .xof)) == Money(fee, .xof))
    }

    @Test func `one fee is a schedule`() {
        let fee = Fee(basisPoints: 150, fixed: 0)
        #expect(FeeSchedule(fee).of(Money(10_000, .xof)) == Money(150, .xof))
    }

    @Test(
        arguments: [
            [], [nil, nil], [nil, 5], [5, 5], [5, 4], [0], [-1, 5], [5, nil, 9],
        ] as [[Int64?]])
    func `tiers that do not follow each other are none`(bounds: [Int64?]) {
        #expect(FeeSchedule(bounds.map { .init(upTo: $0, fee: Fee(basisPoints: 0, fixed: 1)) }) == nil)
    }

    @Test func `beyond the last tier no fee is known`() throws {
        let schedule = try #require(FeeSchedule([.init(upTo: 500, fee: Fee(basisPoints: 0, fixed: 7))]))
        #expect(schedule.of(Money(500, .xof)) == Money(7, .xof))
        #expect(schedule.of(Money(501, .xof)) == nil)
    }

    @Test func `never wraps`() {
        var random = Seeded(13)
        for _ in 0..<2_000 {
            let fee = Fee(
                basisPoints: Int64.random(in: 0...(.max), using: &random),
                fixed: Int64.random(in: 0...(.max), using: &random))
            let amount = Int64.random(in: 0...(.max), using: &random)
            if let result = FeeSchedule(fee).of(Money(amount, .xof)) { #expect(result.minorUnits >= fee.fixed) }
        }
    }

    @Test func `a channel's own fee goes before the standard`() {
        let table = FeeTable(
            standard: ["XOF": FeeSchedule(Fee(basisPoints: 200, fixed: 0))],
            channels: ["card": ["XOF": FeeSchedule(Fee(basisPoints: 350, fixed: 0))]])
        let amount = Money(10_000, .xof)
        #expect(table.fee(of: amount, on: "tmoney") == Money(200, .xof))
        #expect(table.fee(of: amount, on: "card") == Money(350, .xof))
        #expect(table.fee(of: Money(10_000, .tnd), on: "card") == nil)
        #expect(!table.isEmpty)
        #expect(FeeTable().isEmpty)
    }
}
