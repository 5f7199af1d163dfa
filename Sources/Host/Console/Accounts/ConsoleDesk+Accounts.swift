import People
import Router

/// Signing up and in, and what belongs to an account.
extension ConsoleDesk {
    func signIn(_ name: String, _ password: Secret, _ visit: ConsoleVisit) async throws(Problem) -> Account {
        let result = try await stored { () async throws(StoreFailure) in
            try await people.signIn(name, password, at: ClientKey(visit.request.client).shortened)
        }
        switch result {
        case .done(let account): return account
        case .refused: throw Problem(.wrongCredentials, "the address or the password is wrong")
        case .throttled(let seconds): throw PasswordAnswers.throttled(seconds)
        case .busy: throw PasswordAnswers.busy
        }
    }

    /// Writes that somebody signed in.
    func tellSignedIn(_ account: Account, _ visit: ConsoleVisit) async throws(Problem) {
        let line = line(.signedIn, .init(.account, account.id.text), visit, by: account)
        _ = try await changed { () async throws(StoreFailure) in try await store.apply(PlatformChange(line)) }
    }

    /// Whether developers may sign up here.
    var isSignUpOpen: Bool { settings.isSignUpOpen && people.reach.contains(.email) }

    func signUp(_ form: QueryParameters, _ visit: ConsoleVisit) async throws(Problem) {
        let (name, email) = (form["name"]?.trimmed ?? "", form["email"]?.trimmed ?? "")
        var checks = InputChecks()
        checks.words(name, 100, "/name")
        checks.email(email, "/email")
        try checks.done()
        let result = try await changed { () async throws(StoreFailure) in
            try await people.signUpDeveloper(
                name: name, email: email, password: Secret(form["password"] ?? ""), language: visit.language.rawValue
            ) { account in
                line(.signedUp, .init(.account, account.id.text), visit, by: account)
            }
        }
        switch result {
        case .done: outbox.ring()
        case .usernameTaken: throw Problem(.unavailable, "no account can be made now; try again")
        case .password(let fault): throw PasswordAnswers.problem(fault, at: "/password")
        case .busy: throw PasswordAnswers.busy
        }
    }

    /// Takes the key of a link that confirms an address.
    func confirm(_ challenge: String, key: String, _ visit: ConsoleVisit) async throws(Problem) {
        guard let id = ChallengeID(challenge) else { throw ChallengeAnswers.problem(.missing, .emailConfirmation) }
        let result = try await changed { () async throws(StoreFailure) in
            try await people.confirmEmail(id, key: key) { before, after in
                line(
                    before.state == .unconfirmed ? .activated : .emailChanged, .init(.account, after.id.text), visit,
                    by: after)
            }
        }
        _ = try Self.account(result, .emailConfirmation)
    }

    func forgot(_ name: String) async throws(Problem) {
        // The same answer whoever is asked about; how often, only the address decides.
        _ = try await changed { () async throws(StoreFailure) in try await people.forgotPassword(name) }
        outbox.ring()
    }

    func reset(_ challenge: String, key: String, to password: Secret, _ visit: ConsoleVisit) async throws(Problem) {
        guard let id = ChallengeID(challenge) else { throw ChallengeAnswers.problem(.missing, .passwordReset) }
        let result = try await changed { () async throws(StoreFailure) in
            try await people.resetPassword(id, key: key, to: password) { _, after in
                line(.passwordReset, .init(.account, after.id.text), visit, by: after)
            }
        }
        try PasswordAnswers.check(result, at: "/password")
    }

    func changePassword(
        _ account: Account, from old: Secret, to new: Secret, _ visit: ConsoleVisit
    ) async throws(Problem) {
        let result = try await changed { () async throws(StoreFailure) in
            try await people.changePassword(
                account, from: old, to: new, at: ClientKey(visit.request.client).shortened,
                audit: telling(.passwordChanged, visit))
        }
        try PasswordAnswers.check(result, at: "/new")
    }

    func changeName(_ account: Account, to name: String, _ visit: ConsoleVisit) async throws(Problem) {
        var checks = InputChecks()
        checks.words(name, 100, "/name")
        try checks.done()
        _ = try await change(account.id, .nameChanged, visit) { $0.name = name }
    }

    /// Tells another address, which counts once it is confirmed, or the old one again, which stays; asks for the password, so that a stolen session does not get
    /// the account.
    func changeEmail(
        _ account: Account, to email: String, password: Secret, _ visit: ConsoleVisit
    ) async throws(Problem) {
        var checks = InputChecks()
        checks.email(email, "/email")
        try checks.done()
        guard people.reach.contains(.email) else { throw Problem(.notSupported, "no mail is sent from here") }
        _ = try await signIn(account.username.text, password, visit)
        let changed = try await change(account.id, .emailChanged, visit) { $0.tell(email: email) }
        guard changed.awaitsEmail else { return }
        _ = try await self.changed { () async throws(StoreFailure) in try await people.confirmEmail(changed) }
        outbox.ring()
    }

    /// Makes a developer of a holder whose address is confirmed.
    func becomeDeveloper(_ account: Account, _ visit: ConsoleVisit) async throws(Problem) {
        guard isSignUpOpen else { throw Problem(.forbidden, "developers do not sign up by themselves here") }
        guard account.confirmedEmail != nil else {
            throw Problem(.contactUnconfirmed, "the e-mail address has to be confirmed first")
        }
        _ = try await change(account.id, .becameDeveloper, visit) { $0.roles.insert(.developer) }
    }

    func signOutEverywhere(_ account: Account, _ visit: ConsoleVisit) async throws(Problem) {
        _ = try await changed { () async throws(StoreFailure) in
            try await people.signOutEverywhere(account.id, audit: telling(.signedOutEverywhere, visit))
        }
    }

    /// Changes an account together with its line of the trail, which names what changed.
    func change(
        _ id: AccountID, _ action: AuditAction, _ visit: ConsoleVisit, person: Person? = nil,
        _ body: (inout Account) -> Void
    ) async throws(Problem) -> Account {
        let result = try await changed { () async throws(StoreFailure) in
            try await people.change(
                id, person: person,
                audit: { before, after in
                    let (old, new) = AccountTrail.difference(before, after)
                    return line(action, .init(.account, id.text), visit, before: old, after: new)
                }
            ) { account in
                let before = account
                body(&account)
                return account != before
            }
        }
        guard let result else { throw Problem(.notFound, "there is no such account") }
        return try Self.account(result, .emailConfirmation)
    }

    private static func account(
        _ change: People.AccountChange, _ purpose: Challenge.Purpose
    ) throws(Problem) -> Account {
        switch change {
        case .done(let account): return account
        case .challenge(let refusal): throw ChallengeAnswers.problem(refusal, purpose)
        case .taken(let what): throw Problem(.contactTaken, "the \(what.rawValue) is another account's")
        case .personTaken: throw Problem(.contactTaken, "the name under which findings are signed is another person's")
        }
    }
}
