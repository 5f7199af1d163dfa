import Router
import Testing

@Suite struct FeeTests {
    @Test(
        arguments: [
            (150, 0, 10_000, 150), (150, 0, 1, 1), (150, 0, 0, 0), (0, 25, 0, 25), (0, 0, 5_000, 0), (1, 0, 9_999, 1),
            (1, 0, 10_000, 1), (1, 0, 10_001, 2), (150, 100, 5_000, 175), (10_000, 0, 777, 777), (250, 0, 101, 3),
        ] as [(Int64, Int64, Int64, Int64)])
    func `rounds up to a whole minor unit`(basisPoints: Int64, fixed: Int64, amount: Int64, fee: Int64) {
        #expect(Fee(basisPoints: basisPoints, fixed: fixed).of(Money(amount, .xof)) == Money(fee, .xof))
    }

    @Test func `keeps the currency`() {
        #expect(Fee(basisPoints: 100, fixed: 0).of(Money(1_000, .tnd)) == Money(10, .tnd))
    }

    @Test(
        arguments: [
            (2, 0, Int64.max), (1, 0, Int64.max), (0, Int64.max, 0), (10_000, 1, Int64.max / 10_000),
            (150, Int64.max, 10_000),
        ] as [(Int64, Int64, Int64)])
    func `never wraps`(basisPoints: Int64, fixed: Int64, amount: Int64) {
        let fee = Fee(basisPoints: basisPoints, fixed: fixed).of(Money(amount, .xof))
        // Either the exact figure or none; a wrapped one would be negative or far too small.
        if let fee { #expect(fee.minorUnits >= fixed) }
    }

    @Test func `gives no figure beyond64 bits`() {
        #expect(Fee(basisPoints: 2, fixed: 0).of(Money(Int64.max, .xof)) == nil)
        #expect(Fee(basisPoints: 10_000, fixed: Int64.max).of(Money(1, .xof)) == nil)
    }
}
