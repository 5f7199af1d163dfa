package import Router

/// Accounts of people: signing up and in, sessions, one-time codes, contacts, passwords.
///
/// Outcomes are values; what is thrown is the store's. Nothing here knows of HTTP or of pages.
package final class People: Sendable {
    package let store: any Store
    package let codes: OneTimeCodes
    package let tokens: HolderTokens
    let passwords: PasswordWork
    let throttle: SignInThrottle
    let time: any TimeSource
    let random: any RandomSource
    /// By what people can be reached: for which kinds of contacts there is a gateway.
    package let reach: Set<Challenge.ContactKind>
    /// Verified when there is no account, so that an unknown name takes as long as a wrong password.
    private let nobodysHash: String

    /// How long a browser stays signed in, in seconds.
    package static let sessionSeconds: Int64 = 12 * 3_600
    /// How long somebody has to type digits of the second factor after the password, in seconds.
    package static let halfwaySeconds: Int64 = 300

    package init(
        store: any Store, keys: DataKeys, reach: Set<Challenge.ContactKind>, time: any TimeSource,
        random: any RandomSource, throttle: SignInThrottle = SignInThrottle()
    ) async {
        self.store = store
        self.reach = reach
        self.time = time
        self.random = random
        self.throttle = throttle
        codes = OneTimeCodes(keys)
        tokens = await HolderTokens(keys)
        passwords = PasswordWork(random: random)
        nobodysHash = PasswordHash.make("nobody's", from: random) ?? ""
    }

    var now: Moment { time.now }

    /// What the audit trail tells of a change, made of the account before and after it.
    package typealias Audit = @Sendable (_ before: Account, _ after: Account) -> AuditEntry

    /// Changes an account as it is stored; repeats when somebody else was quicker.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - use: The code that allows it.
    ///   - person: The signer that is written with it.
    ///   - audit: What is told of it, in the same transaction.
    ///   - body: Changes it; returns `false` to leave it.
    /// - Returns: The account as it is then, or why it was not changed; `nil` if there is none.
    /// - Throws: What the store throws; that the account changes too often.
    package func change(
        _ id: AccountID, using use: ChallengeUse? = nil, person: Person? = nil, audit: Audit? = nil,
        _ body: (inout Account) -> Bool
    ) async throws(StoreFailure) -> AccountChange? {
        for _ in 0..<20 {
            guard let before = try await store.account(id) else { return nil }
            var account = before
            guard body(&account) else { return .done(before) }
            account.version += 1
            var change = PlatformChange()
            (change.account, change.use, change.person) = (.update(account), use, person)
            if let audit { change.audit = [audit(before, account)] }
            switch try await store.apply(change) {
            case .done: return .done(account)
            case .taken(let what): return .taken(what)
            case .challenge(let refusal): return .challenge(refusal)
            case .personTaken: return .personTaken
            case .conflict, .appNameTaken, .tooManyApps, .tooManyEndpoints, .noEndpoint: continue
            }
        }
        throw StoreFailure(.busy, "the account changes too often")
    }

    /// What became of a change of an account.
    package enum AccountChange: Sendable, Hashable {
        case done(Account)
        case taken(AccountChanged.Taken)
        case challenge(ChallengeRefusal)
        /// The signer's name is another human's.
        case personTaken
    }

    /// Looks at a password as if there were an account, for as long as that takes.
    func verifyNobodys(_ password: Secret) async -> Bool? { await passwords.verify(password, nobodysHash) }
}
