package import Router

/// Accounts of developers and of the people who run the platform.
extension People {
    /// Makes a developer's account, which may sign in once its address is confirmed, with the key that confirms it.
    ///
    /// That the address belongs to somebody else already is not told: it is found out, by its owner, when the key arrives there.
    package func signUpDeveloper(
        name: String, email: String, password: Secret, language: String?, audit: (Account) -> AuditEntry
    ) async throws(StoreFailure) -> SignedUp {
        // Whoever signs up with an address signs in with it; the user name only tells one account from the others.
        let username = try await freshUsername(for: email)
        if let fault = PasswordRules.fault(password, of: username, name: name) { return .password(fault) }
        guard let hash = await passwords.hash(password) else { return .busy }
        var account = Account(
            id: AccountID(at: now, from: random), username: username, name: name, passwordHash: hash,
            email: .init(email), language: language, createdAt: now)
        account.state = .unconfirmed
        account.roles = [.developer]
        guard let confirmation = confirmations(of: account).first else {
            throw StoreFailure(.other, "no mail is sent here")
        }
        var change = PlatformChange(audit(account))
        change.account = .insert(account, challenges: [confirmation])
        guard try await store.apply(change) == .done else {
            throw StoreFailure(.other, "a new account cannot conflict")
        }
        return .done(account, [confirmation])
    }

    /// Deletes accounts that were never activated, so that they hold no name, and nobody's address, for ever.
    ///
    /// One that is activated in the last moment stays: an account is deleted only as it was read.
    ///
    /// - Parameter limit: At most so many.
    /// - Returns: Whether there may be more.
    /// - Throws: ``StoreFailure`` if the store fails; those before are deleted.
    package func forgetAbandoned(limit: Int = 100) async throws(StoreFailure) -> Bool {
        let found = try await store.abandonedAccounts(at: now, limit: limit)
        for account in found {
            var change = PlatformChange(
                AuditEntry(at: now, .system, .accountForgotten, .init(.account, account.id.text)))
            change.account = .delete(account)
            _ = try await store.apply(change)
        }
        return found.count >= limit
    }

    /// A user name that nobody has yet, made of what stands before the `@`.
    package func freshUsername(for email: String) async throws(StoreFailure) -> Username {
        let known = email.prefix { $0 != "@" }.lowercased().drop { !("a"..."z").contains($0) }
        let base = String(known.filter { "abcdefghijklmnopqrstuvwxyz0123456789._-".contains($0) }.prefix(20))
        let end = AccountID(at: now, from: random).text.suffix(8).lowercased()
        for text in [base, "\(base)-\(end)", "u-\(end)"] {
            guard let username = Username(text) else { continue }
            if try await store.account(named: username) == nil { return username }
        }
        throw StoreFailure(.busy, "no user name can be found now")
    }

    /// An account that somebody who runs the router makes, with the key with which its owner chooses a password.
    ///
    /// Its address counts as confirmed: whoever makes it vouches for it.
    ///
    /// - Returns: The account with its challenge and key, or what is taken.
    package func make(
        name: String, username: Username, email: String, roles: Set<AccountRole>, signing: Person?,
        audit: (Account) -> AuditEntry
    ) async throws(StoreFailure) -> Made {
        var account = Account(
            id: AccountID(at: now, from: random), username: username, name: name,
            // No password has this hash.
            passwordHash: "!", email: .init(email, confirmedAt: now), createdAt: now)
        account.roles = roles
        let challenge = keyForPassword(account)
        var change = PlatformChange(audit(account))
        change.account = .insert(account, challenges: [challenge])
        change.person = signing
        change.person?.account = account.id
        switch try await store.apply(change) {
        case .done:
            return .done(account, challenge.id, key: codes.code(of: challenge.id, for: .passwordReset))
        case let refused: return .refused(refused)
        }
    }

    /// What became of an account that somebody else made.
    package enum Made: Sendable, Hashable {
        /// It is there; the challenge and the key choose its password, and are shown once.
        case done(Account, ChallengeID, key: String)
        /// Never ``PlatformChanged/done``.
        case refused(PlatformChanged)
    }

    /// Makes a key with which somebody who is locked out chooses a password.
    ///
    /// - Returns: `nil` if too many were made.
    package func beginPasswordLink(
        _ account: Account
    ) async throws(StoreFailure) -> (challenge: ChallengeID, key: String)? {
        let challenge = keyForPassword(account)
        guard case .done = try await store.insert(challenge) else { return nil }
        return (challenge.id, codes.code(of: challenge.id, for: .passwordReset))
    }

    /// A key with which a password is chosen, whether or not mail reaches anybody.
    private func keyForPassword(_ account: Account) -> Challenge {
        let id = ChallengeID(at: now, from: random)
        return Challenge(
            id: id, account: account.id, purpose: .passwordReset, subject: Self.reset(account),
            codeHash: codes.hash(codes.code(of: id, for: .passwordReset), of: id), contact: .email, createdAt: now)
    }
}
