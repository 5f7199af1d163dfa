package import Router

extension MemoryStore {
    package func insert(_ challenge: Challenge) async throws(StoreFailure) -> ChallengeInserted {
        try await perform(.insertChallenge) { $0.people.insert(challenge) }
    }

    package func challenge(_ id: ChallengeID) async throws(StoreFailure) -> Challenge? {
        try await perform(.challenge) { state in state.people.challenges.first { $0.id == id } }
    }

    package func challenge(
        of account: AccountID, for purpose: Challenge.Purpose
    ) async throws(StoreFailure) -> Challenge? {
        try await perform(.challengeOf) { state in
            state.people.challenges.last { $0.account == account && $0.purpose == purpose }
        }
    }

    package func judge(_ use: ChallengeUse) async throws(StoreFailure) -> ChallengeRefusal? {
        try await perform(.judgeChallenge) { $0.people.judge(use) }
    }

    package func resend(_ id: ChallengeID, at now: Moment) async throws(StoreFailure) -> ChallengeResend {
        try await perform(.resendChallenge) { $0.people.resend(id, at: now) }
    }

    package func use(_ use: ChallengeUse, by name: String) async throws(StoreFailure) -> ChallengeRefusal? {
        try await perform(.useChallenge) { state in
            if let refusal = state.people.objection(to: use) { return refusal }
            state.people.useUp(use, by: name)
            return nil
        }
    }

    package func messages(before moment: Moment, limit: Int) async throws(StoreFailure) -> [MessageEntry] {
        try await perform(.messages) { state in
            let due = state.people.messages.filter { $0.state == .waiting && $0.dueAt <= moment }
            return Array(due.sorted { ($0.dueAt, $0.number) < ($1.dueAt, $1.number) }.prefix(max(0, limit)))
        }
    }

    package func nextMessage() async throws(StoreFailure) -> Moment? {
        try await perform(.nextMessage) { state in
            state.people.messages.filter { $0.state == .waiting }.map(\.dueAt).min()
        }
    }

    package func update(_ message: MessageEntry) async throws(StoreFailure) {
        try await perform(.updateMessage) { state in
            guard let index = state.people.messages.firstIndex(where: { $0.number == message.number }) else { return }
            state.people.messages[index] = message
        }
    }

    package func message(about challenge: ChallengeID) async throws(StoreFailure) -> MessageEntry? {
        try await perform(.messageAbout) { state in
            state.people.messages.last { $0.content == .challenge(challenge) }
        }
    }

    package func forgetChallenges(before moment: Moment) async throws(StoreFailure) {
        try await perform(.forgetChallenges) { state in
            state.people.challenges.removeAll { $0.createdAt < moment }
            state.people.messages.removeAll { $0.createdAt < moment && $0.state != .waiting }
        }
    }
}
