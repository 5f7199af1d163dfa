/// Money of an account that an order has set aside, until it is used or given back.
///
/// A row of its own: it is pending, then posted or voided. An order has at most one on an account.
package struct Hold: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable { case pending, posted, voided }

    package var order: OrderID
    package var account: LedgerAccount
    package var amount: Money
    /// When it ends by itself.
    ///
    /// Only the holds on limits do, and those of authorizations, whose payment's timer ends them. What was set aside for
    /// an attempt never ends by time: while its end is not known, the money may be gone.
    package var endsAt: Moment?
    package var state: State
    package var at: Moment

    package init(
        order: OrderID, account: LedgerAccount, amount: Money, endsAt: Moment? = nil, state: State = .pending,
        at: Moment
    ) {
        self.order = order
        self.account = account
        self.amount = amount
        self.endsAt = endsAt
        self.state = state
        self.at = at
    }
}

/// What a step does to holds; the account's figures follow in the same commit, or nothing is written.
package enum HoldChange: Sendable, Hashable {
    /// Sets an amount aside. Refused if the account would go below its floor, is frozen or closed, or, with a ceiling, if
    /// more than that were set aside of it in all.
    ///
    /// On an account that heals itself it is passed over where no limit is set.
    case place(Hold, ceiling: Int64? = nil)
    /// Ends a hold because its money was used, all of it or a part; the postings say where it went.
    case post(OrderID, LedgerAccount)
    /// Ends a hold and gives its money back.
    case void(OrderID, LedgerAccount)

    package var account: LedgerAccount {
        switch self {
        case .place(let hold, _): hold.account
        case .post(_, let account), .void(_, let account): account
        }
    }
}

/// Why the ledger refused a step: nothing of its unit was written.
package struct LedgerRefusal: Sendable, Hashable {
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The account would go below its floor.
        case insufficient
        /// A limit, or a ceiling, is used up.
        case limit
        /// Nothing may leave it.
        case frozen
        /// Nothing may leave it or arrive.
        case closed
        /// There is no such account.
        case missing
        /// The hold was ended before, or never was.
        case holdEnded = "hold_ended"
        /// The balance would be larger than 64 bits hold.
        case overflow
    }

    /// What there was of an app's daily limit at that moment.
    package struct Room: Sendable, Hashable {
        /// How much more would have been let through: minor units, or how often.
        package var left: Int64
        /// When the oldest use ends; `nil` if nothing is used.
        package var nextEnd: Moment?

        package init(left: Int64, nextEnd: Moment?) {
            self.left = left
            self.nextEnd = nextEnd
        }
    }

    package var account: LedgerAccount
    package var reason: Reason
    /// Only of an app's daily limit: what a number has used is several apps', and told to none of them.
    package var room: Room?

    package init(_ account: LedgerAccount, _ reason: Reason, room: Room? = nil) {
        self.account = account
        self.reason = reason
        self.room = room
    }
}

extension LedgerRefusal {
    /// Whether money would have arrived at a wallet that is closed: it goes to the unclaimed then.
    func isClosed(_ aggregate: OrderAggregate, _ attempt: Attempt) -> Bool {
        guard reason == .closed, !aggregate.order.isUnclaimed else { return false }
        let order = aggregate.order
        switch order.purpose {
        case .collect, .capture: return account == order.ownAccount
        case .refund: return account == order.outsideAccount(attempt)
        case .authorize, .void, .payout: return false
        }
    }
}
