/// Which bills a list shows: newest first.
package struct BillQuery: Sendable, Hashable {
    package var app: AppID?
    package var environment: PayEnvironment?
    package var issuer: AccountID?
    package var recipient: AccountID?
    package var state: Bill.State?
    package var after: BillID?
    package var limit: Int

    package init(app: AppID? = nil, environment: PayEnvironment? = nil, limit: Int = 20) {
        self.app = app
        self.environment = environment
        self.limit = limit
    }
}

/// What became of a new bill.
package enum BillInserted: Sendable, Hashable {
    case done
    /// The idempotency key made this one.
    case known(Bill)
    /// The code is another bill's: make another one.
    case codeTaken
    /// The issuer's code allows it not.
    case challenge(ChallengeRefusal)
}
