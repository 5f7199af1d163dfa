/// A message that has to reach somebody, written with what it tells of; its text is made when it is sent.
package struct MessageEntry: Sendable, Hashable {
    /// What is told.
    package enum Content: Sendable, Hashable {
        /// The code, or the link, of a challenge.
        case challenge(ChallengeID)
        /// That money came to a wallet or left it, in this order.
        case movement(WalletID, OrderID)
    }

    package enum State: String, Sendable, Hashable, CaseIterable {
        case waiting
        /// A gateway has taken it.
        case sent
        /// There is nothing to tell any more, or nobody can be told.
        case dropped
    }

    /// Its place among all messages; rises.
    package var number: Int64
    package var account: AccountID
    package var content: Content
    package var createdAt: Moment
    package var state: State = .waiting
    /// When it is sent, or tried again.
    package var dueAt: Moment
    package var tries = 0
    /// What the gateway said last; never whom it was for.
    package var fault: String?

    package init(number: Int64, account: AccountID, content: Content, createdAt: Moment) {
        self.number = number
        self.account = account
        self.content = content
        self.createdAt = createdAt
        dueAt = createdAt
    }
}

extension UnitOfWork {
    /// The wallets whose balances its postings change, each once.
    package var movedWallets: [WalletID] {
        var moved: [WalletID] = []
        for posting in postings {
            for account in [posting.debit, posting.credit] where account.kind == .wallet {
                if let wallet = account.wallet, !moved.contains(wallet) { moved.append(wallet) }
            }
        }
        return moved
    }
}
