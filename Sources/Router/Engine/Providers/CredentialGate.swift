/// Whether money requests may go out under one credential: stopped by a refused one, opened by proof.
///
/// A plain state machine; the clock comes in.
///
/// A refused money request (HTTP 401, or the operator's own word for wrong credentials) stops the sends. A login that
/// began afterwards opens them, or an authenticated question; where an operator has neither, one money request is let
/// through after half a minute, doubling up to ten minutes. Credentials that are proven and refused again in turn stop
/// sends for the same doubling time, so that each turn costs at most one open payment.
package struct CredentialGate: Sendable, Hashable {
    /// What shows that refused credentials are good again.
    package enum Proof: Sendable, Hashable {
        /// A login, which every send waits for anyway: until one has failed, the provider stays available.
        case login
        /// An authenticated question.
        case question
        /// A money request: nothing else can be asked.
        case send
    }

    /// Since when sends are stopped; `nil` while they go out.
    package private(set) var stoppedAt: Moment?
    /// Refusals without a good answer in between.
    private var refusals = 0
    /// Questions without a proof since the last refusal.
    private var questions = 0
    private var nextQuestion = Moment(milliseconds: 0)
    private var nextProbe = Moment(milliseconds: 0)
    private var isProbing = false
    private var probingSince = Moment(milliseconds: 0)
    /// Whether a question of this stop has failed.
    private var hasFailed = false
    private var openedAt = Moment(milliseconds: .min)

    package init() {}

    /// Half a minute, doubling up to ten minutes.
    private static func wait(_ turn: Int) -> Int64 { turn > 5 ? 600 : 30 << Int64(max(0, turn - 1)) }

    /// Whether a send would be let through; changes nothing.
    ///
    /// `proof` is what opens this provider's sends.
    package func wouldAdmit(at now: Moment, by proof: Proof) -> Bool {
        guard stoppedAt != nil else { return true }
        return switch proof {
        case .login: refusals == 1 && !hasFailed
        case .question: false
        case .send: !isProbing && now >= nextProbe
        }
    }

    /// Asks to send.
    ///
    /// While sends are stopped, a `true` by ``Proof/send`` makes this one the probe; ``released(at:)`` must follow.
    package mutating func admit(at now: Moment, by proof: Proof) -> Bool {
        guard wouldAdmit(at: now, by: proof) else { return false }
        isProbing = stoppedAt != nil && proof == .send
        if isProbing { probingSince = now }
        return true
    }

    /// Whether a request opened at `sentAt` may leave now: what was under way when sends were stopped stays here.
    package func mayLeave(sentAt: Moment) -> Bool { stoppedAt == nil || (isProbing && sentAt >= probingSince) }

    /// Whether a request left after the stop: only a probe can have.
    private func isProbe(sentAt: Moment) -> Bool { stoppedAt.map { sentAt > $0 } ?? false }

    /// A money request that left at `sentAt` was refused for its credentials.
    ///
    /// - Returns: Whether this stopped the sends; `false` if they were stopped already, or opened since it left.
    package mutating func refused(sentAt: Moment, at now: Moment) -> Bool {
        guard sentAt >= openedAt, stoppedAt == nil || isProbe(sentAt: sentAt) else { return false }
        let isNew = stoppedAt == nil
        refusals += 1
        questions = 0
        hasFailed = false
        stoppedAt = now
        nextProbe = now.adding(seconds: Self.wait(refusals))
        nextQuestion = refusals == 1 ? now : now.adding(seconds: Self.wait(refusals - 1))
        return isNew
    }

    /// A money request that left at `sentAt` was understood: its credentials are good.
    package mutating func worked(sentAt: Moment, at now: Moment) {
        guard stoppedAt == nil || isProbe(sentAt: sentAt) else { return }
        refusals = 0
        if stoppedAt != nil { open(at: now) }
    }

    /// A login or an authenticated question that began at `askedAt` succeeded.
    package mutating func proved(askedAt: Moment) {
        guard let stoppedAt, askedAt >= stoppedAt, refusals < 2 || askedAt >= earliestProof(stoppedAt) else { return }
        open(at: askedAt)
    }

    /// Credentials that were proven and refused in turn have to wait before another proof counts.
    private func earliestProof(_ stoppedAt: Moment) -> Moment { stoppedAt.adding(seconds: Self.wait(refusals - 1)) }

    private mutating func open(at moment: Moment) {
        stoppedAt = nil
        openedAt = moment
    }

    /// Begins a question if one is due; the next one is due later, unless this one proves something.
    package mutating func ask(at now: Moment) -> Bool {
        guard let due = questionDue, now >= due else { return false }
        questions += 1
        nextQuestion = now.adding(seconds: Self.wait(questions))
        return true
    }

    /// A login or a question failed.
    package mutating func failed() { hasFailed = stoppedAt != nil }

    /// When the next question is due; `nil` while sends go out.
    package var questionDue: Moment? { stoppedAt == nil ? nil : nextQuestion }

    /// The probe never left.
    package mutating func abandoned() { isProbing = false }

    /// The probe is over; a verdict may follow.
    package mutating func released(at now: Moment) {
        guard isProbing else { return }
        isProbing = false
        nextProbe = now.adding(seconds: Self.wait(refusals))
    }
}
