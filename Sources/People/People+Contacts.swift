package import Router

/// Phone numbers and addresses: told, confirmed, changed.
extension People {
    /// What a code that confirms a contact, or lets it be changed, is bound to.
    private static func subject(_ account: Account, _ purpose: Challenge.Purpose, _ value: String) -> [UInt8] {
        ConsentSubject.of([
            "account": .string(account.id.text), "purpose": .string(purpose.rawValue), "value": .string(value),
        ])
    }

    /// Sends a code to the phone that the account has told.
    package func confirmPhone(_ account: Account) async throws(StoreFailure) -> Begun {
        try await begin(phoneConfirmation(account))
    }

    /// Sends a key to the address that the account has told last.
    package func confirmEmail(_ account: Account) async throws(StoreFailure) -> Begun {
        try await begin(emailConfirmation(account))
    }

    /// What confirms the contacts that a new account has told, as far as a gateway leads there.
    func confirmations(of account: Account) -> [Challenge] {
        [phoneConfirmation(account), emailConfirmation(account)].compactMap(\.self)
    }

    private func phoneConfirmation(_ account: Account) -> Challenge? {
        account.phone.flatMap {
            challenge(
                .phoneConfirmation, for: account, subject: Self.subject(account, .phoneConfirmation, $0.value.e164))
        }
    }

    private func emailConfirmation(_ account: Account) -> Challenge? {
        account.latestEmail.flatMap {
            challenge(.emailConfirmation, for: account, subject: Self.subject(account, .emailConfirmation, $0))
        }
    }

    /// Where a challenge's mail goes: a confirmation to the address that it was begun for, everything else to the one that counts.
    ///
    /// - Returns: `nil` if there is none, or if another address was told since.
    package func address(of challenge: Challenge, _ account: Account) -> String? {
        guard challenge.purpose == .emailConfirmation else { return account.email?.value }
        return account.latestEmail.flatMap {
            Self.subject(account, .emailConfirmation, $0) == challenge.subject ? $0 : nil
        }
    }

    /// Takes the code that came by phone.
    package func confirmPhone(_ account: Account, code: String) async throws(StoreFailure) -> AccountChange {
        guard let phone = account.phone?.value else { return .challenge(.missing) }
        return try await confirm(account, .phoneConfirmation, phone.e164, code) { account, now in
            guard account.phone?.value == phone else { return false }
            account.phone = .init(phone, confirmedAt: now)
            return true
        }
    }

    /// Takes the key that came by mail; who follows the link need not be signed in.
    package func confirmEmail(
        _ id: ChallengeID, key: String, audit: Audit? = nil
    ) async throws(StoreFailure) -> AccountChange {
        guard let challenge = try await store.challenge(id), challenge.purpose == .emailConfirmation,
            let account = try await store.account(challenge.account), let email = account.latestEmail
        else { return .challenge(.missing) }
        return try await confirm(account, .emailConfirmation, email, key, audit: audit) { account, now in
            guard account.confirm(email: email, at: now) else { return false }
            if account.state == .unconfirmed { account.state = .active }
            return true
        }
    }

    private func confirm(
        _ account: Account, _ purpose: Challenge.Purpose, _ value: String, _ code: String, audit: Audit? = nil,
        _ body: (inout Account, Moment) -> Bool
    ) async throws(StoreFailure) -> AccountChange {
        let subject = Self.subject(account, purpose, value)
        guard let use = try await use(code, for: purpose, by: account.id, subject: subject) else {
            return .challenge(.missing)
        }
        if let refusal = try await store.judge(use) { return .challenge(refusal) }
        let now = now
        return try await change(account.id, using: use, audit: audit) { body(&$0, now) } ?? .challenge(.missing)
    }

    /// Sends a code to the confirmed phone, or address, that lets another number take the phone's place.
    package func changePhone(_ account: Account, to phone: MSISDN) async throws(StoreFailure) -> Begun {
        try await begin(.phoneChange, for: account, subject: Self.subject(account, .phoneChange, phone.e164))
    }

    /// Puts another number in the place of the phone; it counts once it is confirmed itself.
    ///
    /// - Parameters:
    ///   - account: Whose.
    ///   - phone: The new number.
    ///   - code: Came to what was confirmed before; where nothing was, none is needed.
    /// - Returns: The account, or why nothing was changed.
    /// - Throws: What the store throws.
    package func changePhone(
        _ account: Account, to phone: MSISDN, code: String?
    ) async throws(StoreFailure) -> AccountChange {
        var use: ChallengeUse?
        if account.confirmedPhone != nil || account.confirmedEmail != nil {
            let subject = Self.subject(account, .phoneChange, phone.e164)
            use = try await self.use(code ?? "", for: .phoneChange, by: account.id, subject: subject)
            guard let use else { return .challenge(.missing) }
            if let refusal = try await store.judge(use) { return .challenge(refusal) }
        }
        return try await change(account.id, using: use) { account in
            account.phone = .init(phone)
            return true
        } ?? .challenge(.missing)
    }

    /// What is sent to somebody who has forgotten the password; whether anything is, nobody is told.
    package func forgotPassword(_ name: String) async throws(StoreFailure) -> Begun? {
        guard let account = try await account(called: name), account.state == .active else { return nil }
        return try await begin(.passwordReset, for: account, subject: Self.reset(account))
    }

    /// Sets the password with the key that was sent.
    package func resetPassword(
        _ id: ChallengeID, key: String, to password: Secret, audit: Audit? = nil
    ) async throws(StoreFailure) -> PasswordChanged {
        guard let challenge = try await store.challenge(id), challenge.purpose == .passwordReset,
            let account = try await store.account(challenge.account)
        else { return .challenge(.missing) }
        return try await resetPassword(
            account, to: password, using: use(key, of: challenge, subject: Self.reset(account)), audit: audit)
    }

    /// A key is bound to the password, the contacts and the sessions of its time: whoever has the phone that was replaced since, or
    /// asked before everybody was signed out, has nothing.
    static func reset(_ account: Account) -> [UInt8] {
        let parts = [
            account.passwordHash, account.phone?.value.e164 ?? "", account.email?.value ?? "", "\(account.generation)",
        ]
        return subject(account, .passwordReset, parts.joined(separator: "\u{1F}"))
    }
}
