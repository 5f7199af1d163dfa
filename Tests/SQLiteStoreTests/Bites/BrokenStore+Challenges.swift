import Router
import RouterTestKit

extension BrokenStore {
    func insert(_ challenge: Challenge) async throws(StoreFailure) -> ChallengeInserted {
        if isIdle(.insertChallenge) { return .done }
        return try await good.insert(challenge)
    }

    func challenge(_ id: ChallengeID) async throws(StoreFailure) -> Challenge? {
        try await isIdle(.challenge) ? nil : good.challenge(id)
    }

    func challenge(
        of account: AccountID, for purpose: Challenge.Purpose
    ) async throws(StoreFailure) -> Challenge? {
        try await isIdle(.challengeOf) ? nil : good.challenge(of: account, for: purpose)
    }

    func judge(_ use: ChallengeUse) async throws(StoreFailure) -> ChallengeRefusal? {
        if isIdle(.judgeChallenge) { return nil }
        guard has(.countsNoTries) else { return try await good.judge(use) }
        return try await good.challenge(use.challenge)?.objection(to: use) ?? .missing
    }

    func resend(_ id: ChallengeID, at now: Moment) async throws(StoreFailure) -> ChallengeResend {
        isIdle(.resendChallenge) ? .refused(.over) : try await good.resend(id, at: now)
    }

    func use(_ use: ChallengeUse, by name: String) async throws(StoreFailure) -> ChallengeRefusal? {
        try await isIdle(.useChallenge) ? nil : good.use(use, by: name)
    }

    func messages(before moment: Moment, limit: Int) async throws(StoreFailure) -> [MessageEntry] {
        try await isIdle(.messages) ? [] : good.messages(before: has(.sendsTooEarly) ? .distant : moment, limit: limit)
    }

    func nextMessage() async throws(StoreFailure) -> Moment? {
        try await isIdle(.nextMessage) ? nil : good.nextMessage()
    }

    func update(_ message: MessageEntry) async throws(StoreFailure) {
        if isIdle(.updateMessage) { return }
        try await good.update(message)
    }

    func message(about challenge: ChallengeID) async throws(StoreFailure) -> MessageEntry? {
        try await isIdle(.messageAbout) ? nil : good.message(about: challenge)
    }

    func forgetChallenges(before moment: Moment) async throws(StoreFailure) {
        if isIdle(.forgetChallenges) { return }
        try await good.forgetChallenges(before: moment)
    }
}

extension Moment {
    fileprivate static let distant = Moment(milliseconds: .max / 2)
}
