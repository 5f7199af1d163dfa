/// An amount that goes from one account to another: debits and credits are equal by its form.
///
/// Append-only; unique by movement, kind and sequence.
package struct Posting: Sendable, Hashable {
    package var movement: MovementID
    /// What it is for: a ``PostingTemplate`` or, for contradictions, the name of the dispute.
    package var kind: String
    /// 1, 2 and on, where one kind needs several.
    package var sequence: Int
    package var debit: LedgerAccount
    package var credit: LedgerAccount
    package var amount: Money
    package var at: Moment

    package init(
        _ movement: MovementID, kind: String, sequence: Int = 1, debit: LedgerAccount, credit: LedgerAccount,
        amount: Money, at now: Moment
    ) {
        self.movement = movement
        self.kind = kind
        self.sequence = sequence
        self.debit = debit
        self.credit = credit
        self.amount = amount
        at = now
    }

    /// How much the balance of one of its accounts changes, in minor units.
    ///
    /// Never out of bounds for what can be stored: amounts are larger than zero.
    package func change(of account: LedgerAccount) -> Int64 {
        let grows = account.growsBy == .debit ? debit : credit
        let shrinks = account.growsBy == .debit ? credit : debit
        return (grows == account ? amount.minorUnits : 0) &- (shrinks == account ? amount.minorUnits : 0)
    }
}

/// What postings are made for: the closed list.
///
/// What contradicts a final record is booked under its dispute's name.
package enum PostingTemplate: String, Sendable, Hashable, CaseIterable {
    /// A payment, from an operator or a payer's wallet, to an app.
    case collect
    /// The same to a wallet.
    case topUp = "top_up"
    /// A payment by wallet to a wallet.
    case walletPayment = "wallet_payment"
    /// What was held for a payment.
    case capture
    /// Money of an app, out.
    case payout
    /// Money of a wallet, out to an operator.
    case cashOut = "cash_out"
    /// Back to the payer.
    case refund
    /// From wallet to wallet, or one leg between operators.
    case transfer
    /// What the platform keeps.
    case fee
    /// What people ended outside the router.
    case adjustment
}
