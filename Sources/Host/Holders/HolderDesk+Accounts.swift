import People
import Router

/// Signing up and in, and what belongs to an account, for the API and the pages alike.
extension HolderDesk {
    struct SignedUp: Sendable {
        var account: Account
        var wallet: WalletStanding
        /// What was sent so that the contacts can be confirmed.
        var challenges: [Challenge]
        var isDelivered: Bool
    }

    func signUp(_ input: SignUpInput, client: String) async throws(Problem) -> SignedUp {
        let username = Username(input.username)
        var checks = InputChecks()
        checks.check(username != nil, SignUpInput.usernamePointer, "must have \(Username.form)")
        checks.words(input.name, 100, "/name")
        checks.check(
            input.phone != nil || input.email != nil, people.reach.contains(.phone) ? "/phone" : "/email",
            "a phone number or an e-mail address is needed, to which codes are sent")
        checks.email(input.email, "/email")
        checks.language(input.language)
        try checks.done()
        let phone = try input.phone.map { text throws(Problem) in try number(text, "/phone") }
        let currency = try openable(input.currency)
        guard let username else { throw Problem(.invalidRequest, "the user name is missing") }
        if let phone, let problem = limits?.type(phone, client: client) { throw problem }
        let wish = People.SignUp(
            username: username, password: Secret(input.password), name: input.name, phone: phone, email: input.email,
            language: input.language)
        let result = try await changed { () async throws(StoreFailure) in
            try await people.signUp(wish) { firstWallet(of: $0, currency) }
        }
        switch result {
        case .done(let account, let challenges): return try await welcome(account, challenges)
        case .usernameTaken:
            throw Problem(
                .usernameTaken, "the user name \(username) is taken",
                errors: [
                    JSONIssue(
                        pointer: SignUpInput.usernamePointer, code: "username_taken", detail: "choose another one")
                ])
        case .password(let fault): throw PasswordAnswers.problem(fault, at: "/password")
        case .busy: throw PasswordAnswers.busy
        }
    }

    /// Waits a little for what confirms the contacts of a new account.
    private func welcome(_ account: Account, _ challenges: [Challenge]) async throws(Problem) -> SignedUp {
        outbox.ring()
        var isDelivered = true
        for challenge in challenges where await !outbox.delivered(challenge.id) { isDelivered = false }
        guard let wallet = try await wallets(of: account).first else {
            throw Problem(.unavailable, "the account was made, and its wallet cannot be read now; sign in")
        }
        return SignedUp(account: account, wallet: wallet, challenges: challenges, isDelivered: isDelivered)
    }

    private func firstWallet(of account: Account, _ currency: Currency) -> Wallet {
        Wallet(
            id: WalletID(at: now, from: SystemRandom()), app: app, environment: settings.environment, owner: .holder,
            purpose: .personal, currency: currency, reference: account.username.text,
            holder: Customer(phone: account.phone?.value, email: account.email?.value, name: account.name),
            idempotencyKey: "\(account.id)\u{1F}first", fingerprint: [],
            requestID: RequestID(at: now, from: SystemRandom()), createdAt: now)
    }

    func signIn(_ name: String, _ password: Secret, client: String) async throws(Problem) -> Account {
        let result = try await stored { () async throws(StoreFailure) in
            try await people.signIn(name, password, at: ClientKey(client).shortened)
        }
        switch result {
        case .done(let account): return account
        case .refused(let isKnown) where settings.tellsUnknownUsers && !isKnown:
            throw Problem(.unknownUser, "there is no user \"\(name.prefix(40))\"")
        case .refused: throw Problem(.wrongCredentials, "the user name or the password is wrong")
        case .throttled(let seconds): throw PasswordAnswers.throttled(seconds)
        case .busy: throw PasswordAnswers.busy
        }
    }

    func signOutEverywhere(_ account: Account) async throws(Problem) {
        _ = try await changed { () async throws(StoreFailure) in try await people.signOutEverywhere(account.id) }
    }

    func changePassword(
        _ account: Account, from old: Secret, to new: Secret, client: String
    ) async throws(Problem) {
        let result = try await changed { () async throws(StoreFailure) in
            try await people.changePassword(account, from: old, to: new, at: ClientKey(client).shortened)
        }
        try PasswordAnswers.check(result, at: "/new")
    }

    func forgotPassword(_ name: String, client: String) async throws(Problem) {
        // The same answer whoever is asked about; how often, only the address decides.
        _ = try await changed { () async throws(StoreFailure) in try await people.forgotPassword(name) }
        outbox.ring()
    }

    func resetPassword(_ challenge: String, key: String, to password: Secret) async throws(Problem) {
        guard let id = ChallengeID(challenge) else { throw ChallengeAnswers.problem(.missing, .passwordReset) }
        let result = try await changed { () async throws(StoreFailure) in
            try await people.resetPassword(id, key: key, to: password)
        }
        try PasswordAnswers.check(result, at: "/password")
    }

    func confirmEmail(_ challenge: String, key: String) async throws(Problem) -> Account {
        guard let id = ChallengeID(challenge) else { throw ChallengeAnswers.problem(.missing, .emailConfirmation) }
        let result = try await changed { () async throws(StoreFailure) in
            try await people.confirmEmail(id, key: key)
        }
        return try Self.account(result, .emailConfirmation)
    }

    /// Takes the code that came by phone.
    func confirmPhone(_ account: Account, code: String) async throws(Problem) -> Account {
        let digits = try ChallengeAnswers.digits(code)
        let result = try await changed { () async throws(StoreFailure) in
            try await people.confirmPhone(account, code: digits)
        }
        return try Self.account(result, .phoneConfirmation)
    }

    func changePhone(_ account: Account, to text: String, code: String?) async throws(Problem) -> Account {
        let phone = try number(text, "/phone")
        // Where something is confirmed, a code that went there allows it.
        let isGuarded = account.confirmedPhone != nil || account.confirmedEmail != nil
        var digits: String?
        if isGuarded {
            guard let code else { throw ChallengeAnswers.required(.phoneChange) }
            digits = try ChallengeAnswers.digits(code)
        }
        let result = try await changed { () async throws(StoreFailure) in
            try await people.changePhone(account, to: phone, code: digits)
        }
        let changed = try Self.account(result, .phoneChange)
        _ = try await self.changed { () async throws(StoreFailure) in try await people.confirmPhone(changed) }
        outbox.ring()
        return changed
    }

    /// Changes settings; another e-mail address needs the password, so that a stolen session does not get the account.
    func change(_ input: SettingsInput, _ account: Account, client: String) async throws(Problem) -> Account {
        var checks = InputChecks()
        if let name = input.name { checks.words(name, 100, "/name") }
        checks.email(input.email, "/email")
        checks.language(input.language)
        // Taking a wish back lets nobody in.
        let isMoved = input.email.map { $0 != account.latestEmail && $0 != account.confirmedEmail } ?? false
        checks.check(!isMoved || input.password != nil, "/password", "is needed for another e-mail address")
        try checks.done()
        if isMoved { _ = try await signIn(account.username.text, Secret(input.password ?? ""), client: client) }
        let result = try await changed { () async throws(StoreFailure) in
            try await people.change(account.id) { account in
                if let name = input.name { account.name = name }
                if let language = input.language { account.language = language }
                if let wants = input.wantsMessages { account.wantsMessages = wants }
                if let email = input.email, email != account.latestEmail { account.tell(email: email) }
                return true
            }
        }
        guard let result else { throw Problem(.notFound, "the account is gone") }
        let changed = try Self.account(result, .emailConfirmation)
        if input.email != nil, changed.awaitsEmail {
            _ = try await self.changed { () async throws(StoreFailure) in try await people.confirmEmail(changed) }
            outbox.ring()
        }
        return changed
    }

    private static func account(
        _ change: People.AccountChange, _ purpose: Challenge.Purpose
    ) throws(Problem) -> Account {
        switch change {
        case .done(let account): return account
        case .challenge(let refusal): throw ChallengeAnswers.problem(refusal, purpose)
        case .taken(let what):
            throw Problem(.contactTaken, "the \(what.rawValue) is another account's")
        case .personTaken: throw Problem(.unavailable, "the account cannot be changed now")
        }
    }
}

extension InputChecks {
    /// An e-mail address as mail servers take it, without anything that could end its header.
    mutating func email(_ text: String?, _ pointer: String) {
        guard let text else { return }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy {
            (0x21...0x7E).contains($0)
                && ![0x22, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E, 0x5B, 0x5C, 0x5D].contains($0)
        }
        check(
            parts.count == 2 && isPlain && text.utf8.count <= 254 && !parts[0].isEmpty && parts[0].utf8.count <= 64
                && parts[1].contains(".") && parts[1].first != "." && parts[1].last != ".",
            pointer, "must be an e-mail address such as ama@example.com")
    }
}
