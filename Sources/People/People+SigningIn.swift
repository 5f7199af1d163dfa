package import Router
import WebText

/// Signing up, in and out.
extension People {
    /// What somebody gives who signs up.
    package struct SignUp: Sendable {
        package var username: Username
        package var password: Secret
        package var name: String
        package var phone: MSISDN?
        package var email: String?
        package var language: String?

        package init(
            username: Username, password: Secret, name: String, phone: MSISDN?, email: String?, language: String?
        ) {
            self.username = username
            self.password = password
            self.name = name
            self.phone = phone
            self.email = email
            self.language = language
        }
    }

    package enum SignedUp: Sendable, Hashable {
        /// The account, and what was sent so that its contacts can be confirmed.
        case done(Account, [Challenge])
        case usernameTaken
        case password(PasswordRules.Fault)
        /// Too many passwords are being looked at.
        case busy
    }

    /// Makes an account, with the wallet that it begins with and the codes that confirm its contacts, in one commit:
    /// nobody has an account to which no code was sent.
    ///
    /// That a phone or an address belongs to somebody else already is not told: it is found out, and by its owner, when
    /// the code arrives there.
    package func signUp(
        _ wish: SignUp, wallet: (Account) -> Wallet?
    ) async throws(StoreFailure) -> SignedUp {
        if let fault = PasswordRules.fault(wish.password, of: wish.username, name: wish.name) {
            return .password(fault)
        }
        guard try await store.account(named: wish.username) == nil else { return .usernameTaken }
        guard let hash = await passwords.hash(wish.password) else { return .busy }
        let account = Account(
            id: AccountID(at: now, from: random), username: wish.username, name: wish.name, passwordHash: hash,
            phone: wish.phone.map { .init($0) }, email: wish.email.map { .init($0) }, language: wish.language,
            createdAt: now)
        let challenges = confirmations(of: account)
        switch try await store.insert(account, wallet: wallet(account), challenges: challenges) {
        case .done: return .done(account, challenges)
        case .taken: return .usernameTaken
        case .conflict, .challenge: throw StoreFailure(.other, "a new account cannot conflict")
        }
    }

    package enum SignedIn: Sendable, Hashable {
        case done(Account)
        /// The name or the password is wrong; which of the two, only where the platform wants that told.
        case refused(isKnown: Bool)
        /// Too many wrong ones; seconds until the next may be tried.
        case throttled(Int64)
        case busy
    }

    /// Looks at a name and a password; both answers take as long.
    package func signIn(
        _ name: String, _ password: Secret, at address: String
    ) async throws(StoreFailure) -> SignedIn {
        let account = try await account(called: name)
        // Whichever of its names is typed, wrong ones count against one account.
        let key = account?.username.text ?? name.lowercased()
        if let wait = throttle.wait(key, at: address, now: now) { return .throttled(wait) }
        guard password.reveal().utf8.count <= PasswordRules.longest else {
            throttle.failed(key, at: address, now: now)
            return .refused(isKnown: account != nil)
        }
        guard let account else {
            guard await verifyNobodys(password) != nil else { return .busy }
            throttle.failed(key, at: address, now: now)
            return .refused(isKnown: false)
        }
        guard let isRight = await passwords.verify(password, account.passwordHash) else { return .busy }
        guard isRight, account.state == .active else {
            throttle.failed(key, at: address, now: now)
            return .refused(isKnown: true)
        }
        throttle.succeeded(key, at: address, now: now)
        return .done(account)
    }

    /// The account that somebody means who types a user name or a confirmed e-mail address.
    package func account(called name: String) async throws(StoreFailure) -> Account? {
        if let username = Username(name) { return try await store.account(named: username) }
        return name.contains("@") && name.utf8.count <= 254 ? try await store.account(email: name) : nil
    }

    /// Begins a browser's session; the cookie is told once.
    package func beginSession(
        _ account: Account, _ realm: AccountSession.Realm = .wallet
    ) async throws(StoreFailure) -> String {
        let cookie = Hex.text((0..<4).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } })
        try await store.insert(
            AccountSession(
                hash: codes.hash(session: cookie), account: account.id, realm: realm,
                generation: account.generation, createdAt: now,
                expiresAt: now.adding(seconds: realm == .halfway ? Self.halfwaySeconds : Self.sessionSeconds)))
        return cookie
    }

    /// Whose session a cookie is; `nil` unless it is one that holds.
    package func account(session cookie: String) async throws(StoreFailure) -> Account? {
        guard let (account, realm) = try await session(cookie), realm == .wallet else { return nil }
        return account
    }

    /// Whose session a cookie is, and where it holds; `nil` unless it is one that does.
    package func session(
        _ cookie: String
    ) async throws(StoreFailure) -> (account: Account, realm: AccountSession.Realm)? {
        guard cookie.utf8.count == 64, let session = try await store.session(hash: codes.hash(session: cookie)),
            let account = try await store.account(session.account), session.isValid(for: account, at: now)
        else { return nil }
        return (account, session.realm)
    }

    package func end(session cookie: String) async throws(StoreFailure) {
        try await store.end(session: codes.hash(session: cookie))
    }

    /// Whose a token is; `nil` unless it is one that holds.
    package func account(token: String) async throws(StoreFailure) -> Account? {
        guard let (id, generation) = await tokens.read(token, at: now),
            let account = try await store.account(id), account.generation == generation, account.state == .active
        else { return nil }
        return account
    }

    /// Ends every session and token of an account.
    package func signOutEverywhere(_ id: AccountID, audit: Audit? = nil) async throws(StoreFailure) -> Account? {
        let changed = try await change(id, audit: audit) { account in
            account.generation += 1
            return true
        }
        guard case .done(let account) = changed else { return nil }
        return account
    }

    package enum PasswordChanged: Sendable, Hashable {
        /// Every session and token is over.
        case done(Account)
        case wrongPassword
        case password(PasswordRules.Fault)
        case throttled(Int64)
        case busy
        case challenge(ChallengeRefusal)
    }

    /// Changes a password; asks for the old one.
    package func changePassword(
        _ account: Account, from old: Secret, to new: Secret, at address: String, audit: Audit? = nil
    ) async throws(StoreFailure) -> PasswordChanged {
        switch try await signIn(account.username.text, old, at: address) {
        case .done: break
        case .refused: return .wrongPassword
        case .throttled(let seconds): return .throttled(seconds)
        case .busy: return .busy
        }
        return try await set(new, of: account, using: nil, audit: audit)
    }

    /// Sets a new password with a key that was sent.
    package func resetPassword(
        _ account: Account, to new: Secret, using use: ChallengeUse, audit: Audit? = nil
    ) async throws(StoreFailure) -> PasswordChanged {
        if let refusal = try await store.judge(use) { return .challenge(refusal) }
        return try await set(new, of: account, using: use, audit: audit)
    }

    private func set(
        _ password: Secret, of account: Account, using use: ChallengeUse?, audit: Audit?
    ) async throws(StoreFailure) -> PasswordChanged {
        if let fault = PasswordRules.fault(password, of: account.username, name: account.name) {
            return .password(fault)
        }
        guard let hash = await passwords.hash(password) else { return .busy }
        let changed = try await change(account.id, using: use, audit: audit) { account in
            account.passwordHash = hash
            // Whoever knew the old one may have told it.
            account.newEmail = nil
            account.generation += 1
            return true
        }
        switch changed {
        case .done(let account): return .done(account)
        case .challenge(let refusal): return .challenge(refusal)
        case .taken, .personTaken, nil: throw StoreFailure(.other, "the account is gone")
        }
    }
}
