/// An account in one currency, with its two figures.
package struct AccountBalance: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case open
        /// Nothing leaves it; what arrives is taken.
        case frozen
        /// Nothing leaves it, nothing arrives.
        case closed
    }

    package var account: LedgerAccount
    package var currency: Currency
    /// What was posted to it, in minor units, on the side on which it grows.
    package var posted: Int64
    /// What is set aside of it, in minor units.
    package var held: Int64
    /// The least that `posted - held` may be; `nil` if it may be anything.
    package var floor: Int64?
    package var state: State

    package init(
        account: LedgerAccount, currency: Currency, posted: Int64 = 0, held: Int64 = 0, state: State = .open
    ) {
        self.account = account
        self.currency = currency
        self.posted = posted
        self.held = held
        floor = account.floor
        self.state = state
    }

    /// What can be spent or set aside now, in minor units; the least there is where it is beyond 64 bits.
    package var available: Int64 {
        let (available, isTooLow) = posted.subtractingReportingOverflow(held)
        return isTooLow ? .min : available
    }
}

/// One line of an account's history.
package struct AccountEntry: Sendable, Hashable {
    /// Rises from entry to entry: a cursor.
    package var number: Int64
    package var posting: Posting
    /// What the account's balance was then, in minor units; `nil` for accounts without a floor, which keep none.
    package var balance: Int64?

    package init(number: Int64, posting: Posting, balance: Int64?) {
        self.number = number
        self.posting = posting
        self.balance = balance
    }
}

/// Which accounts a list shows, by name.
package struct AccountQuery: Sendable, Hashable {
    package var kind: LedgerAccount.Kind?
    /// Only these; `nil` for all.
    package var accounts: [LedgerAccount]?
    package var currency: Currency?
    /// Only those of wallets of this app.
    package var app: AppID?
    /// Only those of wallets in this environment.
    package var environment: PayEnvironment?
    /// Only accounts behind this one, in the order of names and then of currencies.
    package var after: AccountBalance.Name?
    package var limit: Int
    /// When limits are looked at; `nil` if nobody does: then what has ended since their last use is still held.
    package var now: Moment?

    package init(kind: LedgerAccount.Kind? = nil, limit: Int = 100) {
        self.kind = kind
        self.limit = limit
    }
}

extension AccountBalance {
    /// What tells one line of balances from another one.
    package struct Name: Sendable, Hashable, Comparable {
        package var account: LedgerAccount
        package var currency: Currency

        package init(_ account: LedgerAccount, _ currency: Currency) {
            self.account = account
            self.currency = currency
        }

        /// By the account alone: few have two currencies, and every posting looks for both of its lines.
        package func hash(into hasher: inout Hasher) { hasher.combine(account) }

        package static func < (left: Name, right: Name) -> Bool {
            (left.account.name, left.currency.code) < (right.account.name, right.currency.code)
        }
    }

    package var name: Name { Name(account, currency) }
}
