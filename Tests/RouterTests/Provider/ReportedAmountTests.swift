import Router
import Testing

/// What operators state of amounts: one value, never more than they said.
@Suite struct ReportedAmountTests {
    private static let asked = Money(5_000, .xof)

    @Test(arguments: [
        (StatedAmount.absent, Currency?.none, ReportedAmount.notStated), (.absent, .xof, .currency(.xof)),
        (.units(7), nil, .units(7)), (.units(7), .eur, .money(Money(7, .eur))), (.unreadable, nil, .unreadable),
        (.unreadable, .xof, .unreadable),
    ])
    func `is what was read, and no more`(_ amount: StatedAmount, _ currency: Currency?, _ reported: ReportedAmount) {
        #expect(ReportedAmount(amount, currency) == reported)
    }

    @Test(arguments: [
        (StatedAmount.absent, Currency?.some(.xof)), (.absent, nil), (.unreadable, .xof), (.unreadable, nil),
    ])
    func `of operators that always state both, no amount is unreadable`(_ amount: StatedAmount, _ currency: Currency?) {
        #expect(ReportedAmount.whole(amount, currency) == .unreadable)
        #expect(ReportedAmount.whole(.units(7), .xof) == .money(Money(7, .xof)))
    }

    /// The number is kept: people who settle a contradiction need it.
    @Test func `an amount without a readable currency is another amount, and its number is kept`() {
        let reported = ReportedAmount.whole(.units(9_000), nil)
        #expect(reported.differences(from: Self.asked) == ["currency is unreadable", "amount 9000 instead of 5000"])
        #expect(ReportedAmount.whole(.units(5_000), nil).differences(from: Self.asked) == ["currency is unreadable"])
        #expect(reported.claimed(of: Self.asked) == Money(9_000, .xof) && reported.money(of: .xof)?.minorUnits == 9_000)
        #expect(!ReportedAmount.whole(.units(5_000), nil).states(Self.asked))
    }

    @Test(arguments: [
        (ReportedAmount.notStated, []), (.units(5_000), []), (.money(asked), []), (.currency(.xof), []),
        (.units(4_999), ["amount 4999 instead of 5000"]), (.currency(.eur), ["currency EUR instead of XOF"]),
        (.money(Money(5_000, .eur)), ["currency EUR instead of XOF"]),
        (.money(Money(1, .eur)), ["amount 1 instead of 5000", "currency EUR instead of XOF"]),
        (.unreadable, ["amount is unreadable"]),
    ])
    func `differs by what is stated only`(_ reported: ReportedAmount, _ differences: [String]) {
        #expect(reported.differences(from: Self.asked) == differences)
    }

    @Test func `units are of the asked currency, and nothing stated claims what was asked`() {
        #expect(ReportedAmount.units(3).money(of: .tnd) == Money(3, .tnd))
        #expect(ReportedAmount.money(Money(3, .eur)).money(of: .tnd) == Money(3, .eur))
        #expect(ReportedAmount.notStated.money(of: .tnd) == nil && ReportedAmount.unreadable.money(of: .tnd) == nil)
        #expect(ReportedAmount.notStated.claimed(of: Self.asked) == Self.asked)
        #expect(ReportedAmount.currency(.eur).claimed(of: Self.asked) == Money(5_000, .eur))
        #expect(ReportedAmount.units(4).claimed(of: Self.asked) == Money(4, .xof))
    }

    @Test(arguments: [
        (Int64(99), ProviderManifest.CurrencyLimits.Breach?.some(.below(Money(100, .xof)))), (100, nil), (2_000, nil),
        (2_005, .above(Money(2_000, .xof))), (105, .betweenSteps(of: Money(10, .xof))), (0, .below(Money(100, .xof))),
    ])
    func `limits say how an amount breaks them`(_ units: Int64, _ breach: ProviderManifest.CurrencyLimits.Breach?) {
        let limits = ProviderManifest.CurrencyLimits(.xof, minimum: 100, maximum: 2_000, step: 10)
        #expect(limits.breach(by: Money(units, .xof)) == breach)
    }
}
