import People
import Router

/// One-time codes: asked for, sent again.
extension HolderDesk {
    /// A code that is on its way, and what it is for.
    struct BegunCode: Sendable {
        var challenge: Challenge
        var summary: HolderOrder.Summary?
    }

    /// Sends a code for exactly what a body says.
    func begin(
        _ purpose: Challenge.Purpose, _ body: JSONValue, _ account: Account
    ) async throws(Problem) -> BegunCode {
        if let wish = try HolderWish.read(purpose, body) {
            return try await begin(try await prepare(wish, account), account)
        }
        let begun = try await changed { () async throws(StoreFailure) -> People.Begun? in
            switch purpose {
            case .phoneConfirmation: return try await people.confirmPhone(account)
            case .emailConfirmation: return try await people.confirmEmail(account)
            default: return nil
            }
        }
        if let begun { return BegunCode(challenge: try challenge(begun)) }
        guard purpose == .phoneChange else { throw CodeWish.unknown(purpose.rawValue) }
        let input = try JSONBody.decode(PhoneInput.self, body)
        let phone = try number(input.phone, "/phone")
        let change = try await changed { () async throws(StoreFailure) in
            try await people.changePhone(account, to: phone)
        }
        return BegunCode(challenge: try challenge(change))
    }

    /// Sends a code for an order that is ready.
    func begin(_ order: HolderOrder, _ account: Account) async throws(Problem) -> BegunCode {
        guard let purpose = order.purpose else {
            throw Problem(.invalidRequest, "this needs no code: money only arrives")
        }
        let begun = try await changed { () async throws(StoreFailure) in
            try await people.begin(purpose, for: account, subject: order.subject, about: order.summary.about)
        }
        return BegunCode(challenge: try challenge(begun), summary: order.summary)
    }

    private func challenge(_ begun: People.Begun) throws(Problem) -> Challenge {
        switch begun {
        case .done(let challenge):
            outbox.ring()
            return challenge
        case .tooMany(let end): throw ChallengeAnswers.tooMany(until: end, at: now)
        case .unreachable: throw ChallengeAnswers.unreachable
        }
    }

    func resend(_ id: String, _ account: Account) async throws(Problem) -> Challenge {
        guard let id = ChallengeID(id) else { throw ChallengeAnswers.problem(.missing, at: now) }
        let resent = try await changed { () async throws(StoreFailure) in
            try await people.resend(id, for: account.id)
        }
        switch resent {
        case .done(let challenge):
            outbox.ring()
            return challenge
        case .refused(let refusal): throw ChallengeAnswers.problem(refusal, at: now)
        }
    }
}
