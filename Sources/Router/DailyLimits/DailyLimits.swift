/// What one phone number, and one app, may do within a day, as it is configured.
package struct DailyLimits: Sendable, Hashable {
    /// What a limit is about.
    package struct Key: Sendable, Hashable {
        package var operation: OrderKind
        package var currency: Currency

        package init(_ operation: OrderKind, _ currency: Currency) {
            self.operation = operation
            self.currency = currency
        }
    }

    /// So much, in minor units, and so often; what is left out has no limit.
    package struct Most: Sendable, Hashable {
        package var amount: Int64?
        package var count: Int64?

        package init(amount: Int64? = nil, count: Int64? = nil) {
            self.amount = amount
            self.count = count
        }

        func of(_ measure: WalletLimit.Measure) -> Int64? {
            switch measure {
            case .amount: amount
            case .count: count
            }
        }
    }

    /// Of each number, whichever apps it is used by.
    package var perNumber: [Key: Most] = [:]
    package var perApp: [Key: Most] = [:]

    package init() {}

    /// Whether nothing is limited.
    package var isEmpty: Bool { perNumber.isEmpty && perApp.isEmpty }

    /// What limits count: what callers ask for.
    ///
    /// Legs belong to their transfer; what gives money back, or takes what is held already, is never kept away.
    package static let operations: [OrderKind] = [.payment, .payout, .transfer]
}
