import Testing

@testable import Router

/// When money requests may go out again after their credentials were refused.
@Suite struct CredentialGateTests {
    private static let start = Moment.start

    private static func at(_ seconds: Int64) -> Moment { start.adding(seconds: seconds) }

    private static func stopped(at seconds: Int64 = 0) -> CredentialGate {
        var gate = CredentialGate()
        _ = gate.refused(sentAt: at(seconds - 1), at: at(seconds))
        return gate
    }

    @Test func `a refusal stops once`() {
        var gate = CredentialGate()
        let isFirst = gate.refused(sentAt: Self.at(1), at: Self.at(2))
        let isSecond = gate.refused(sentAt: Self.at(1), at: Self.at(3))
        #expect(isFirst && !isSecond, "what was under way together is one refusal")
        #expect(gate.stoppedAt == Self.at(2) && !gate.wouldAdmit(at: Self.at(9_999), by: .question))
    }

    @Test func `only a proof that began afterwards opens`() {
        var gate = Self.stopped(at: 10)
        gate.proved(askedAt: Self.at(9))
        #expect(gate.stoppedAt != nil)
        gate.proved(askedAt: Self.at(10))
        #expect(gate.stoppedAt == nil && gate.wouldAdmit(at: Self.at(10), by: .question))
    }

    @Test func `a late refusal of before the proof changes nothing`() {
        var gate = Self.stopped(at: 10)
        gate.proved(askedAt: Self.at(12))
        let isNew = gate.refused(sentAt: Self.at(8), at: Self.at(14))
        #expect(!isNew && gate.stoppedAt == nil)
    }

    @Test func `what was under way when it stopped may not leave`() {
        var gate = Self.stopped(at: 10)
        #expect(!gate.mayLeave(sentAt: Self.at(10)) && !gate.mayLeave(sentAt: Self.at(3)))
        #expect(!gate.mayLeave(sentAt: Self.at(11)), "admitted before, opened after")
        _ = gate.admit(at: Self.at(40), by: .send)
        #expect(gate.mayLeave(sentAt: Self.at(40)), "this is the probe")
        #expect(!gate.mayLeave(sentAt: Self.at(11)))
    }

    /// The n-th probe in turn is let through this long after the refusal before.
    @Test func `probes come after half a minute doubling to ten minutes`() {
        var gate = Self.stopped(at: 0)
        var now: Int64 = 0
        for wait: Int64 in [30, 60, 120, 240, 480, 600, 600, 600] {
            let (early, due) = (Self.at(now + wait - 1), Self.at(now + wait))
            #expect(!gate.wouldAdmit(at: early, by: .send), "after \(wait) s")
            let isProbe = gate.admit(at: due, by: .send)
            #expect(isProbe && !gate.wouldAdmit(at: Self.at(now + 9_999), by: .send), "one at a time")
            now += wait + 1
            gate.released(at: Self.at(now))
            let isNew = gate.refused(sentAt: due, at: Self.at(now))
            #expect(!isNew)
        }
    }

    @Test func `a good probe opens and forgets`() {
        var gate = Self.stopped(at: 0)
        let isProbe = gate.admit(at: Self.at(30), by: .send)
        gate.released(at: Self.at(31))
        gate.worked(sentAt: Self.at(30), at: Self.at(31))
        #expect(isProbe && gate.stoppedAt == nil)
        _ = gate.refused(sentAt: Self.at(40), at: Self.at(41))
        #expect(gate.wouldAdmit(at: Self.at(71), by: .send), "half a minute again")
    }

    @Test func `a good answer to what left before opens nothing`() {
        var gate = Self.stopped(at: 10)
        gate.worked(sentAt: Self.at(5), at: Self.at(11))
        #expect(gate.stoppedAt == Self.at(10))
    }

    @Test func `a probe without an answer waits again and one that never left does not`() {
        var gate = Self.stopped(at: 0)
        _ = gate.admit(at: Self.at(30), by: .send)
        gate.abandoned()
        #expect(gate.wouldAdmit(at: Self.at(30), by: .send))
        _ = gate.admit(at: Self.at(30), by: .send)
        gate.released(at: Self.at(60))
        #expect(!gate.wouldAdmit(at: Self.at(89), by: .send) && gate.wouldAdmit(at: Self.at(90), by: .send))
    }

    @Test func `credentials proven and refused in turn have to wait`() {
        var gate = Self.stopped(at: 0)
        var now: Int64 = 0
        for wait: Int64 in [0, 30, 60, 120, 240, 480, 600, 600] {
            gate.proved(askedAt: Self.at(now + wait - 1))
            #expect(gate.stoppedAt != nil, "\(wait) s are not over")
            gate.proved(askedAt: Self.at(now + wait))
            #expect(gate.stoppedAt == nil, "\(wait) s are over")
            now += wait + 10
            let isNew = gate.refused(sentAt: Self.at(now - 5), at: Self.at(now))
            #expect(isNew)
        }
    }

    /// A login is what every send waits for anyway.
    @Test func `until a login has failed sends may wait for it`() {
        var gate = Self.stopped(at: 0)
        #expect(gate.wouldAdmit(at: Self.at(1), by: .login) && !gate.wouldAdmit(at: Self.at(1), by: .question))
        gate.failed()
        #expect(!gate.wouldAdmit(at: Self.at(2), by: .login))
        gate.proved(askedAt: Self.at(30))
        #expect(gate.wouldAdmit(at: Self.at(30), by: .login))
        _ = gate.refused(sentAt: Self.at(31), at: Self.at(32))
        #expect(!gate.wouldAdmit(at: Self.at(33), by: .login), "refused again after a login")
    }

    @Test func `questions come at once and then less often`() {
        var gate = Self.stopped(at: 0)
        var now: Int64 = 0
        for wait: Int64 in [0, 30, 60, 120, 240, 480, 600, 600] {
            #expect(gate.questionDue == Self.at(now + wait))
            let (isEarly, isDue) = (gate.ask(at: Self.at(now + wait - 1)), gate.ask(at: Self.at(now + wait)))
            #expect(!isEarly && isDue)
            now += wait
        }
        gate.proved(askedAt: Self.at(now))
        let isDue = gate.ask(at: Self.at(now + 9_999))
        #expect(gate.questionDue == nil && !isDue)
    }
}

/// Until when a token serves.
@Suite struct TokenMarginTests {
    /// Life in seconds, how long a send may take in milliseconds, and the seconds after which the token serves no more.
    @Test(
        arguments: [
            (3_600, 40_000, 3_240), (600, 40_000, 540), (300, 40_000, 260), (300, 140_000, 160), (300, 200_000, 150),
            (60, 40_000, 30), (10, 40_000, 5), (1, 40_000, 0), (0, 40_000, 0), (-5, 40_000, 0),
            (86_400, 40_000, 77_760), (Int64.max, 40_000, 30 * 86_400 / 10 * 9),
        ] as [(Int64, Int64, Int64)])
    func `the margin is a tenth at least a send and at most half`(life: Int64, send: Int64, seconds: Int64) {
        let until = AccessTokenCache.goodUntil(lifetimeSeconds: life, receivedAt: .start, sendMilliseconds: send)
        #expect(until.milliseconds(since: .start) / 1_000 == seconds)
    }
}
