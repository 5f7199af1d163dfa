/// What an operator takes from an amount, shown with channels; or what the platform keeps of a transfer.
package struct Fee: Sendable, Hashable {
    /// Hundredths of a percent.
    package var basisPoints: Int64
    /// Minor units.
    package var fixed: Int64
    /// The least that it is, in minor units.
    package var minimum: Int64
    /// The most that it is, in minor units; `nil` for no end.
    package var maximum: Int64?

    package init(basisPoints: Int64, fixed: Int64, minimum: Int64 = 0, maximum: Int64? = nil) {
        self.basisPoints = basisPoints
        self.fixed = fixed
        self.minimum = minimum
        self.maximum = maximum
    }

    /// The fee of an amount, rounded up to a whole minor unit; `nil` beyond 64 bits.
    package func of(_ amount: Money) -> Money? {
        let (product, overflow) = amount.minorUnits.multipliedReportingOverflow(by: basisPoints)
        guard !overflow, product < Int64.max - 9_999 else { return maximum.map { Money($0, amount.currency) } }
        let (sum, tooLarge) = ((product + 9_999) / 10_000).addingReportingOverflow(fixed)
        guard !tooLarge else { return maximum.map { Money($0, amount.currency) } }
        return Money(min(max(sum, minimum), maximum ?? .max), amount.currency)
    }
}
