/// One line of what is paid for, as the caller names it; the lines of a payment add up to its amount.
///
/// The router shows it again and counts what was sold; it tells no operator of it.
package struct LineItem: Sendable, Hashable {
    /// The caller's own id of what is sold, by which sales are counted.
    package var item: String
    /// What it is called, for people.
    package var name: String
    /// How many; at least one.
    package var quantity: Int64
    /// What one costs, in minor units of the payment's currency; never negative.
    package var unitAmount: Int64

    package init(item: String, name: String, quantity: Int64, unitAmount: Int64) {
        self.item = item
        self.name = name
        self.quantity = quantity
        self.unitAmount = unitAmount
    }

    /// How many lines a payment may have.
    package static let most = 100

    /// What the line costs, in minor units; `nil` if that is beyond 64 bits.
    package var amount: Int64? {
        let (amount, isTooLarge) = quantity.multipliedReportingOverflow(by: unitAmount)
        return isTooLarge ? nil : amount
    }
}
