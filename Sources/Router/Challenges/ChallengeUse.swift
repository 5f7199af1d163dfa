/// A code that somebody typed, with what it shall allow.
package struct ChallengeUse: Sendable, Hashable {
    package var challenge: ChallengeID
    package var account: AccountID
    package var purpose: Challenge.Purpose
    /// Of what will really be done; see ``Challenge/subject``.
    package var subject: [UInt8]
    /// Of what was typed; keyed.
    package var codeHash: [UInt8]
    package var at: Moment

    package init(
        challenge: ChallengeID, account: AccountID, purpose: Challenge.Purpose, subject: [UInt8], codeHash: [UInt8],
        at: Moment
    ) {
        self.challenge = challenge
        self.account = account
        self.purpose = purpose
        self.subject = subject
        self.codeHash = codeHash
        self.at = at
    }
}

/// Why a code allows nothing; nothing was changed, but a try may be used up.
package enum ChallengeRefusal: Error, Sendable, Hashable {
    /// No code of this purpose was asked for.
    case missing
    case expired
    case used
    /// A newer code of its purpose counts.
    case replaced
    /// It was typed wrongly too often.
    case exhausted
    /// It was sent for something else: another recipient, another amount.
    case otherSubject
    case wrong(left: Int)
}

extension Challenge {
    /// Why a use is not allowed; `nil` if it is.
    ///
    /// Pure; stores ask it within the transaction that it decides about.
    package func objection(to use: ChallengeUse) -> ChallengeRefusal? {
        guard use.account == account, use.purpose == purpose else { return .missing }
        switch state {
        case .used: return .used
        case .replaced: return .replaced
        case .open: break
        }
        guard use.at < expiresAt else { return .expired }
        guard triesLeft > 0 else { return .exhausted }
        // What a code was not sent for is refused whatever was typed, so that this tells nothing about it.
        guard use.subject == subject else { return .otherSubject }
        return use.codeHash == codeHash ? nil : .wrong(left: triesLeft - 1)
    }

    /// Counts a wrong code.
    package mutating func count(_ refusal: ChallengeRefusal) {
        if case .wrong = refusal { tries += 1 }
    }

    /// Why its message is not sent again; `nil` if it may be.
    package func objectionToResending(at now: Moment) -> ChallengeResend.Refusal? {
        guard state == .open, now < expiresAt, triesLeft > 0 else { return .over }
        guard resends < Self.mostResends else { return .tooOften }
        let next = sentAt.adding(seconds: Self.resendAfterSeconds)
        return now < next ? .tooSoon(next) : nil
    }
}

/// What became of a wish to have a code sent again.
package enum ChallengeResend: Sendable, Hashable {
    case done(Challenge)
    case refused(Refusal)

    package enum Refusal: Error, Sendable, Hashable {
        case missing
        /// It was used, replaced or is too old: a new one has to be asked for.
        case over
        /// Before this moment the first message may still arrive.
        case tooSoon(Moment)
        /// It was sent as often as it may be: a new one has to be asked for.
        case tooOften
    }
}

/// What became of a new challenge.
package enum ChallengeInserted: Sendable, Hashable {
    case done
    /// Too many were begun; the next may be at this moment.
    case tooMany(until: Moment)
}
