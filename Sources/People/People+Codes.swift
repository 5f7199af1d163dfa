package import Router

/// One-time codes and keys.
extension People {
    package enum Begun: Sendable, Hashable {
        case done(Challenge)
        /// Too many were asked for; the next may be at this moment.
        case tooMany(until: Moment)
        /// Nothing is confirmed to which a code could go, or no gateway leads there.
        case unreachable
    }

    /// Sends a code for exactly one thing.
    ///
    /// - Parameters:
    ///   - purpose: What it is for.
    ///   - account: Who shall type it.
    ///   - subject: Exactly what it allows; see ``ConsentSubject``.
    ///   - about: What its message says of that.
    /// - Returns: The challenge whose message is on its way, or why there is none.
    /// - Throws: What the store throws.
    package func begin(
        _ purpose: Challenge.Purpose, for account: Account, subject: [UInt8], about: Challenge.About? = nil
    ) async throws(StoreFailure) -> Begun {
        guard var challenge = challenge(purpose, for: account, subject: subject) else { return .unreachable }
        challenge.about = about
        return try await begin(challenge)
    }

    /// Keeps a challenge, and has its message sent.
    func begin(_ challenge: Challenge?) async throws(StoreFailure) -> Begun {
        guard let challenge else { return .unreachable }
        switch try await store.insert(challenge) {
        case .done: return .done(challenge)
        case .tooMany(let end): return .tooMany(until: end)
        }
    }

    /// A challenge that nobody keeps yet; `nil` if its code could go nowhere.
    func challenge(_ purpose: Challenge.Purpose, for account: Account, subject: [UInt8]) -> Challenge? {
        guard let contact = contact(of: account, for: purpose) else { return nil }
        let id = ChallengeID(at: now, from: random)
        return Challenge(
            id: id, account: account.id, purpose: purpose, subject: subject,
            codeHash: codes.hash(codes.code(of: id, for: purpose), of: id), contact: contact, createdAt: now)
    }

    /// Where a code goes: to what is to be confirmed, else to the confirmed phone, else to the confirmed address.
    private func contact(of account: Account, for purpose: Challenge.Purpose) -> Challenge.ContactKind? {
        let wanted: [(Challenge.ContactKind, Bool)] =
            switch purpose {
            case .phoneConfirmation: [(.phone, account.phone != nil)]
            case .emailConfirmation: [(.email, account.email != nil)]
            case .passwordReset:
                [(.email, account.confirmedEmail != nil), (.phone, account.confirmedPhone != nil)]
            case .payment, .transfer, .cashOut, .billPayment, .billCreation, .walletLink, .phoneChange:
                [(.phone, account.confirmedPhone != nil), (.email, account.confirmedEmail != nil)]
            }
        return wanted.first { $0.1 && reach.contains($0.0) }?.0
    }

    /// A code that somebody typed, as the newest challenge of its purpose is used with it.
    ///
    /// - Returns: The use; `nil` if no code of the purpose was asked for.
    package func use(
        _ code: String, for purpose: Challenge.Purpose, by account: AccountID, subject: [UInt8]
    ) async throws(StoreFailure) -> ChallengeUse? {
        guard let challenge = try await store.challenge(of: account, for: purpose) else { return nil }
        return use(code, of: challenge, subject: subject)
    }

    /// The same for a challenge that is at hand.
    package func use(_ code: String, of challenge: Challenge, subject: [UInt8]) -> ChallengeUse {
        let digits = challenge.purpose.isKey ? code.lowercased() : OneTimeCodes.digits(code) ?? code
        return ChallengeUse(
            challenge: challenge.id, account: challenge.account, purpose: challenge.purpose, subject: subject,
            codeHash: codes.hash(digits, of: challenge.id), at: now)
    }

    /// Has a code sent again, for the account that asked for it.
    package func resend(_ id: ChallengeID, for account: AccountID) async throws(StoreFailure) -> ChallengeResend {
        guard try await store.challenge(id)?.account == account else { return .refused(.missing) }
        return try await store.resend(id, at: now)
    }
}
