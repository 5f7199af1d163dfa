/// People who signed up, and how they are signed in.
package protocol AccountStore: Sendable {
    /// Makes an account, together with its first wallet and the challenges that confirm its contacts, each with its
    /// message: all of it or nothing.
    ///
    /// - Parameters:
    ///   - account: Who it is.
    ///   - wallet: What it begins with.
    ///   - challenges: Of this account; fewer than ``Challenge/mostInWindow``.
    /// - Returns: What became of it.
    /// - Throws: ``StoreFailure`` if nothing is known to be durable.
    func insert(
        _ account: Account, wallet: Wallet?, challenges: [Challenge]
    ) async throws(StoreFailure) -> AccountChanged

    /// Replaces an account whose stored version is one less; what the code allows is done in the same transaction.
    ///
    /// - Parameters:
    ///   - account: As it shall be; its `version` is already the new one.
    ///   - use: The code that allows it, used up with it.
    /// - Returns: What became of it.
    /// - Throws: ``StoreFailure`` if nothing is known to be durable.
    func update(_ account: Account, using use: ChallengeUse?) async throws(StoreFailure) -> AccountChanged

    func account(_ id: AccountID) async throws(StoreFailure) -> Account?
    func account(named name: Username) async throws(StoreFailure) -> Account?
    /// The account that has confirmed a phone number.
    func account(phone: MSISDN) async throws(StoreFailure) -> Account?
    /// The account that has confirmed an e-mail address.
    func account(email: String) async throws(StoreFailure) -> Account?
    /// One page of accounts, newest first.
    func accounts(after: AccountID?, limit: Int) async throws(StoreFailure) -> [Account]
    /// Accounts that are abandoned at a moment, in the order of their ids; see ``Account/isAbandoned(at:)``.
    func abandonedAccounts(at now: Moment, limit: Int) async throws(StoreFailure) -> [Account]

    /// Makes an account the holder of wallets that have none; does nothing for others.
    func hold(_ wallets: [WalletID], by account: AccountID) async throws(StoreFailure)
    /// The wallets of an account, in the order in which they became its own.
    func wallets(of account: AccountID) async throws(StoreFailure) -> [WalletID]
    /// Whose a wallet is; `nil` while nobody has shown that it is theirs.
    func holder(of wallet: WalletID) async throws(StoreFailure) -> AccountID?

    func insert(_ session: AccountSession) async throws(StoreFailure)
    func session(hash: [UInt8]) async throws(StoreFailure) -> AccountSession?
    /// Ends a session; does nothing if there is none.
    func end(session hash: [UInt8]) async throws(StoreFailure)
    /// Forgets sessions that ended before a moment.
    func forgetSessions(before moment: Moment) async throws(StoreFailure)
}

/// What became of a change of an account.
package enum AccountChanged: Sendable, Hashable {
    case done
    /// Somebody has this already; nothing was written.
    case taken(Taken)
    /// Somebody else changed it first.
    case conflict
    /// The code does not allow it.
    case challenge(ChallengeRefusal)

    package enum Taken: String, Sendable, Hashable { case username, phone, email }
}
