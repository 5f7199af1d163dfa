import People
import Router

/// Linking an app to a business wallet: its holder says yes with a one-time code.
extension ConsoleDesk {
    /// A wallet that an app may be linked to, and whose it is.
    struct Linkable: Sendable {
        var holder: Account
        var wallet: WalletStanding
    }

    /// The business wallet of whoever has confirmed a phone number.
    ///
    /// - Throws: `unknown_recipient` for a number without one, whoever's it is.
    func linkable(_ text: String, _ app: App, _ visit: ConsoleVisit) async throws(Problem) -> Linkable {
        let phone = try MSISDN.read(text, app.defaultCountry, at: "/phone")
        if let problem = limits?.type(phone, client: visit.request.client) { throw problem }
        let found = try await stored { () async throws(StoreFailure) -> Linkable? in
            guard let holder = try await store.account(phone: phone), holder.state == .active else { return nil }
            for id in try await store.wallets(of: holder.id) {
                guard let standing = try await store.wallet(id), standing.wallet.purpose == .business,
                    standing.balance.state == .open
                else { continue }
                return Linkable(holder: holder, wallet: standing)
            }
            return nil
        }
        guard let found else {
            throw Problem(
                .unknownRecipient, "nobody with this number has a business wallet that is open",
                errors: [
                    JSONIssue(
                        pointer: "/phone", code: "unknown_recipient",
                        detail: "expected the confirmed number of somebody who has an open business wallet here")
                ])
        }
        return found
    }

    /// Sends the wallet's holder a code for exactly this link.
    ///
    /// - Returns: Its challenge, and whether the message has been handed over; if not, it follows as soon as it can.
    /// - Throws: Why no code was sent.
    func beginLink(
        _ text: String, _ app: App, _ visit: ConsoleVisit
    ) async throws(Problem) -> (challenge: Challenge, isDelivered: Bool) {
        let linkable = try await linkable(text, app, visit)
        guard linkLimiter.mayAsk(linkable.holder.id, at: now) else {
            throw Problem(
                .rateLimited, "the holder of this wallet was asked several times within the last hour",
                headers: [(name: "retry-after", value: "3600")])
        }
        let subject = Self.subject(app, linkable.wallet.wallet)
        let begun = try await changed { () async throws(StoreFailure) in
            try await people.begin(
                .walletLink, for: linkable.holder, subject: subject,
                about: .init(amount: Money(0, linkable.wallet.wallet.currency), counterparty: app.name))
        }
        switch begun {
        case .done(let challenge): return (challenge, await outbox.delivered(challenge.id))
        case .tooMany(let end): throw ChallengeAnswers.tooMany(until: end, at: now)
        case .unreachable: throw ChallengeAnswers.unreachable
        }
    }

    /// Links the app with the code that the holder has told.
    func link(_ text: String, code: String, _ app: App, _ visit: ConsoleVisit) async throws(Problem) -> App {
        let digits = try ChallengeAnswers.digits(code)
        let linkable = try await linkable(text, app, visit)
        let wallet = linkable.wallet.wallet
        let subject = Self.subject(app, wallet)
        let use = try await changed { () async throws(StoreFailure) in
            try await people.use(digits, for: .walletLink, by: linkable.holder.id, subject: subject)
        }
        guard let use else { throw ChallengeAnswers.problem(.missing, .walletLink) }
        // A wrong code counts, whatever becomes of the change.
        let refusal = try await changed { () async throws(StoreFailure) in try await store.judge(use) }
        if let refusal { throw ChallengeAnswers.problem(refusal, .walletLink) }
        return try await change(app.id, .walletLinked, visit, using: use) { $0.wallet = wallet.id }
    }

    private static func subject(_ app: App, _ wallet: Wallet) -> [UInt8] {
        ConsentSubject.of([
            "purpose": .string(Challenge.Purpose.walletLink.rawValue), "app": .string(app.id.text),
            "wallet": .string(wallet.id.text),
        ])
    }
}

extension ConsoleDesk {
    /// Has the code sent again.
    func resendLink(
        _ id: ChallengeID?, _ text: String, _ app: App, _ visit: ConsoleVisit
    ) async throws(Problem) {
        let linkable = try await linkable(text, app, visit)
        guard let id else { throw ChallengeAnswers.problem(ChallengeResend.Refusal.missing, at: now) }
        let resent = try await changed { () async throws(StoreFailure) in
            try await people.resend(id, for: linkable.holder.id)
        }
        guard case .refused(let refusal) = resent else { return outbox.ring() }
        throw ChallengeAnswers.problem(refusal, at: now)
    }
}
