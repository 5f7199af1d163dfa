import Router

extension WriterConnection {
    func insert(_ wallet: Wallet, _ sealed: [UInt8]) throws -> WalletInserted {
        let known: WalletID? = try self(Wallets.ofKey).first({
            $0.text(wallet.app.text)
            $0.text(wallet.environment.rawValue)
            $0.text(wallet.idempotencyKey)
        }) { try $0.id(0) }
        if let known, let standing = try standing(known, at: wallet.createdAt) { return .known(standing) }
        try self(Wallets.insert).run {
            $0.text(wallet.id.text)
            $0.text(wallet.app.text)
            $0.text(wallet.environment.rawValue)
            $0.text(wallet.owner.rawValue)
            $0.text(wallet.purpose.rawValue)
            $0.text(wallet.currency.code)
            $0.text(wallet.reference)
            $0.text(wallet.idempotencyKey)
            $0.blob(wallet.fingerprint)
            $0.text(wallet.requestID.text)
            $0.integer(wallet.createdAt.milliseconds)
            $0.blob(sealed)
        }
        try insert(wallet.account, wallet.currency)
        return .done(
            WalletStanding(
                wallet: wallet, balance: AccountBalance(account: wallet.account, currency: wallet.currency), limits: []
            ))
    }

    func change(_ id: WalletID, _ change: WalletChange, at now: Moment?) throws -> WalletChanged {
        guard let standing = try standing(id, at: now),
            let number = try number(of: .wallet(id), standing.wallet.currency)
        else {
            return .missing
        }
        guard standing.balance.state != .closed else { return .closed }
        switch change {
        case .freeze: try set(.frozen, number)
        case .unfreeze: try set(.open, number)
        case .close:
            guard standing.balance.posted == 0, standing.balance.held == 0 else { return .notEmpty(standing) }
            try set(.closed, number)
        case .limits(let limits): try set(limits, of: standing.wallet)
        }
        return try self.standing(id, at: now).map { .done($0) } ?? .missing
    }

    private func standing(_ id: WalletID, at now: Moment?) throws -> WalletStanding? {
        let limits = try Wallets.limits(id, at: now) { try self($0) }
        return try self(Wallets.get).first({ $0.text(id.text) }) {
            try Wallets.standing($0, sealer, limits: limits)
        }
    }

    private func set(_ state: AccountBalance.State, _ number: Int64) throws(SQLiteFault) {
        try self(Accounts.setState).run {
            $0.text(state.rawValue)
            $0.integer(number)
        }
    }

    /// Sets the wallet's limits to these.
    ///
    /// One that is taken away is closed: it counts on, so that nothing is forgotten if it is set again, and keeps nothing
    /// from happening.
    private func set(_ limits: [WalletLimit], of wallet: Wallet) throws {
        for operation in WalletOperation.allCases {
            for measure in WalletLimit.Measure.allCases {
                let wanted = limits.first { $0.operation == operation && $0.measure == measure }
                let account = LedgerAccount.limit(wallet.id, operation, measure)
                if wanted != nil { try insert(account, wallet.currency) }
                guard let number = try number(of: account, wallet.currency) else { continue }
                try self(Accounts.setLimit).run {
                    $0.integer(wanted?.most ?? 0)
                    $0.text((wanted == nil ? AccountBalance.State.closed : .open).rawValue)
                    $0.integer(number)
                }
            }
        }
    }
}
