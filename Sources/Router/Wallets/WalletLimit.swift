/// What is done with a wallet, as limits count it.
package enum WalletOperation: String, Sendable, Hashable, CaseIterable {
    /// Payments by this wallet.
    case payment
    /// Transfers out of it.
    case transfer
    /// Payouts out of it to an operator.
    case cashOut = "cash_out"
    /// Payments into it.
    case topUp = "top_up"
}

/// How much of an operation a wallet may do within a day, and how often.
///
/// Kept by holds on an account of the limit's own, which end a day after they were placed: nothing has to reset it. What
/// failed gives its share back at once.
package struct WalletLimit: Sendable, Hashable {
    package enum Measure: String, Sendable, Hashable, CaseIterable { case amount, count }

    package var operation: WalletOperation
    package var measure: Measure
    /// Minor units, or how often.
    package var most: Int64
    /// What is used up of it; for whom limits do not matter, with what has ended since the last use.
    package var used: Int64

    package init(_ operation: WalletOperation, _ measure: Measure, most: Int64, used: Int64 = 0) {
        self.operation = operation
        self.measure = measure
        self.most = most
        self.used = used
    }

    /// How long a hold on a limit lasts, in seconds.
    package static let windowSeconds: Int64 = 86_400

    package func account(of wallet: WalletID) -> LedgerAccount { .limit(wallet, operation, measure) }

    /// The holds that an order places on a wallet's limits.
    package static func holds(
        of order: OrderID, on wallet: WalletID, _ operation: WalletOperation, amount: Money, at now: Moment
    ) -> [HoldChange] {
        Measure.allCases.map { measure in
            let counted = measure == .amount ? amount : Money(1, amount.currency)
            return .place(
                Hold(
                    order: order, account: .limit(wallet, operation, measure), amount: counted,
                    endsAt: now.adding(seconds: windowSeconds), at: now))
        }
    }

    /// Gives back what an order placed on a wallet's limits.
    package static func release(
        of order: OrderID, on wallet: WalletID, _ operation: WalletOperation
    ) -> [HoldChange] {
        Measure.allCases.map { .void(order, .limit(wallet, operation, $0)) }
    }
}

extension LedgerAccount {
    /// Which limit of a wallet it counts, by operation and measure, such as `payment.amount`; `nil` if it is none.
    package var limitName: String? {
        guard kind == .limit, wallet != nil else { return nil }
        return name.split(separator: ":").suffix(2).joined(separator: ".")
    }
}
