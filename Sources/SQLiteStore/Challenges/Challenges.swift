package import Router

/// Statements and rows of one-time codes.
enum Challenges {
    static let insert = Statement(
        "INSERT INTO challenges (id, account, purpose, created_at, is_open, sealed) VALUES ($1, $2, $3, $4, 1, $5)")
    static let update = Statement("UPDATE challenges SET is_open = $1, sealed = $2 WHERE id = $3")
    static let get = Statement("SELECT id, sealed FROM challenges WHERE id = $1")
    static let newest = Statement(
        "SELECT id, sealed FROM challenges WHERE account = $1 AND purpose = $2 ORDER BY n DESC LIMIT 1")
    static let open = Statement(
        "SELECT id, sealed FROM challenges WHERE account = $1 AND purpose = $2 AND is_open = 1")
    /// When the one began that is so many places before the newest.
    static let recent = Statement(
        """
        SELECT created_at FROM challenges WHERE account = $1 AND created_at > $2
        ORDER BY created_at DESC, n DESC LIMIT 1 OFFSET $3
        """)
    static let forget = Statement("DELETE FROM challenges WHERE created_at < $1")
    static let deleteOfAccount = Statement("DELETE FROM challenges WHERE account = $1")

    static func challenge(_ row: StatementRow, _ sealer: Sealer) throws -> Challenge {
        try ChallengeCoding.challenge(sealer.opened(row.blob(1)), id: try row.id(0))
    }
}

extension WriterConnection {
    func challenge(_ id: ChallengeID) throws -> Challenge? {
        try self(Challenges.get).first({ $0.text(id.text) }) { try Challenges.challenge($0, sealer) }
    }

    /// Begins a challenge with its message, unless its account began too many.
    func insert(_ challenge: Challenge, _ sealed: [UInt8]) throws -> ChallengeInserted {
        let first = try self(Challenges.recent).first({
            $0.text(challenge.account.text)
            $0.integer(challenge.createdAt.adding(seconds: -Challenge.floodSeconds).milliseconds)
            $0.integer(Int64(Challenge.mostInWindow - 1))
        }) { $0.moment(0) }
        if let first { return .tooMany(until: first.adding(seconds: Challenge.floodSeconds)) }
        let older = try self(Challenges.open).all({
            $0.text(challenge.account.text)
            $0.text(challenge.purpose.rawValue)
        }) { try Challenges.challenge($0, sealer) }
        for var one in older {
            one.state = .replaced
            try write(one)
        }
        try self(Challenges.insert).run {
            $0.text(challenge.id.text)
            $0.text(challenge.account.text)
            $0.text(challenge.purpose.rawValue)
            $0.integer(challenge.createdAt.milliseconds)
            $0.blob(sealed)
        }
        try tell(challenge.account, .challenge(challenge.id), at: challenge.createdAt)
        return .done
    }

    /// Why a code allows nothing; `nil` if it would.
    func objection(to use: ChallengeUse) throws -> ChallengeRefusal? {
        guard let challenge = try challenge(use.challenge) else { return .missing }
        return challenge.objection(to: use)
    }

    /// Uses up a code that nothing speaks against.
    func useUp(_ use: ChallengeUse, by name: String) throws {
        guard var challenge = try challenge(use.challenge) else { return }
        challenge.state = .used(by: name)
        try write(challenge)
    }

    /// The same as ``objection(to:)``; a wrong code counts.
    func judge(_ use: ChallengeUse) throws -> ChallengeRefusal? {
        guard var challenge = try challenge(use.challenge) else { return .missing }
        guard let refusal = challenge.objection(to: use) else { return nil }
        let before = challenge
        challenge.count(refusal)
        if challenge != before { try write(challenge) }
        return refusal
    }

    func resend(_ id: ChallengeID, at now: Moment) throws -> ChallengeResend {
        guard var challenge = try challenge(id) else { return .refused(.missing) }
        if let refusal = challenge.objectionToResending(at: now) { return .refused(refusal) }
        challenge.resends += 1
        challenge.sentAt = now
        try write(challenge)
        try tell(challenge.account, .challenge(id), at: now)
        return .done(challenge)
    }

    private func write(_ challenge: Challenge) throws {
        let sealed = try sealer.sealed(ChallengeCoding.record(challenge))
        try self(Challenges.update).run {
            $0.integer(challenge.state == .open ? 1 : 0)
            $0.blob(sealed)
            $0.text(challenge.id.text)
        }
    }
}

extension SQLiteStore {
    package func insert(_ challenge: Challenge) async throws(StoreFailure) -> ChallengeInserted {
        let sealed = try sealer.sealed(ChallengeCoding.record(challenge))
        return try await writeUnit { try $0.insert(challenge, sealed) }
    }

    package func challenge(_ id: ChallengeID) async throws(StoreFailure) -> Challenge? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Challenges.get).first({ $0.text(id.text) }) { try Challenges.challenge($0, sealer) }
        }
    }

    package func challenge(
        of account: AccountID, for purpose: Challenge.Purpose
    ) async throws(StoreFailure) -> Challenge? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Challenges.newest).first({
                $0.text(account.text)
                $0.text(purpose.rawValue)
            }) { try Challenges.challenge($0, sealer) }
        }
    }

    package func judge(_ use: ChallengeUse) async throws(StoreFailure) -> ChallengeRefusal? {
        try await writeUnit { try $0.judge(use) }
    }

    package func resend(_ id: ChallengeID, at now: Moment) async throws(StoreFailure) -> ChallengeResend {
        try await writeUnit { try $0.resend(id, at: now) }
    }

    package func use(_ use: ChallengeUse, by name: String) async throws(StoreFailure) -> ChallengeRefusal? {
        try await writeUnit { connection in
            if let refusal = try connection.objection(to: use) { return refusal }
            try connection.useUp(use, by: name)
            return nil
        }
    }

    package func forgetChallenges(before moment: Moment) async throws(StoreFailure) {
        _ = try await writeUnit { connection in
            try connection(Challenges.forget).run { $0.integer(moment.milliseconds) }
            try connection(Messages.forget).run { $0.integer(moment.milliseconds) }
        }
    }
}
