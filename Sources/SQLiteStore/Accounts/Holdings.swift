package import Router

/// Statements and rows that say whose wallets are.
enum Holdings {
    static let insert = Statement(
        """
        INSERT INTO account_wallets (wallet, account, sealed) VALUES ($1, $2, $3) ON CONFLICT (wallet) DO NOTHING
        """)
    static let ofAccount = Statement(
        "SELECT wallet, account, sealed FROM account_wallets WHERE account = $1 ORDER BY n")
    static let ofWallet = Statement("SELECT wallet, account, sealed FROM account_wallets WHERE wallet = $1")

    static func holding(_ row: StatementRow, _ sealer: Sealer) throws -> (wallet: WalletID, account: AccountID) {
        let (wallet, account): (WalletID, AccountID) = (try row.id(0), try row.id(1))
        guard try sealer.opened(row.blob(2)) == AccountCoding.holding(of: wallet, by: account) else {
            throw RecordFault("a wallet's holder is not who was written")
        }
        return (wallet, account)
    }
}

extension WriterConnection {
    func hold(_ wallets: [WalletID], by account: AccountID) throws {
        for wallet in wallets {
            let sealed = try sealer.sealed(AccountCoding.holding(of: wallet, by: account))
            try self(Holdings.insert).run {
                $0.text(wallet.text)
                $0.text(account.text)
                $0.blob(sealed)
            }
        }
    }

    func holder(of wallet: WalletID) throws -> AccountID? {
        try self(Holdings.ofWallet).first({ $0.text(wallet.text) }) { try Holdings.holding($0, sealer).account }
    }
}

extension SQLiteStore {
    package func hold(_ wallets: [WalletID], by account: AccountID) async throws(StoreFailure) {
        _ = try await writeUnit { try $0.hold(wallets, by: account) }
    }

    package func wallets(of account: AccountID) async throws(StoreFailure) -> [WalletID] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Holdings.ofAccount).all({ $0.text(account.text) }) {
                try Holdings.holding($0, sealer).wallet
            }
        }
    }

    package func holder(of wallet: WalletID) async throws(StoreFailure) -> AccountID? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Holdings.ofWallet).first({ $0.text(wallet.text) }) {
                try Holdings.holding($0, sealer).account
            }
        }
    }
}
