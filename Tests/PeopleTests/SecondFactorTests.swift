import Router
import RouterTestKit
import Testing

@testable import People

/// Digits of a second factor.
@Suite struct SecondFactorTests {
    let time = ManualClock(Moment(milliseconds: 1_790_000_000_000))
    let store = MemoryStore()

    private func people() async throws -> People {
        let master = try #require(MasterKey(bytes: Array(0..<32)))
        return await People(
            store: store, keys: .derived(from: master), reach: [.email], time: time, random: SeededRandom(1))
    }

    /// RFC 6238, appendix B, with six digits.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func `digits are those of the standard`(_ seconds: Int64, _ digits: String) {
        let step = TOTP.step(at: Moment(milliseconds: seconds * 1_000))
        #expect(TOTP.digits(Array("12345678901234567890".utf8), step: step) == digits)
    }

    /// RFC 4648, section 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI"),
    ])
    func `secrets are shown in base32`(_ text: String, _ encoded: String) {
        #expect(TOTP.base32(Array(text.utf8)) == encoded)
    }

    @Test func `a phone's clock may be half a minute off, and no digits count twice`() {
        var factor = SecondFactor(secret: Array("12345678901234567890".utf8))
        let now = time.now
        let step = TOTP.step(at: now)
        for offset in [-2, -1, 0, 1, 2] as [Int64] {
            let typed = TOTP.digits(factor.secret, step: step + offset)
            #expect(TOTP.step(of: typed, factor, at: now) == (abs(offset) < 2 ? step + offset : nil))
        }
        factor.lastStep = step
        #expect(TOTP.step(of: TOTP.digits(factor.secret, step: step), factor, at: now) == nil)
        #expect(TOTP.step(of: TOTP.digits(factor.secret, step: step - 1), factor, at: now) == nil)
        #expect(TOTP.step(of: TOTP.digits(factor.secret, step: step + 1), factor, at: now) == step + 1)
        #expect(TOTP.step(of: "12345", factor, at: now) == nil)
    }

    @Test func `a second factor counts once it is confirmed, and guesses are slowed down`() async throws {
        let people = try await people()
        var account = try await people.signedUpDeveloper()
        let audit: People.Audit = { _, after in
            AuditEntry(at: after.createdAt, .system, .secondFactorSet, .init(.account, after.id.text))
        }
        let factor = people.freshSecondFactor()
        let digits = TOTP.digits(factor.secret, step: TOTP.step(at: time.now))
        #expect(try await people.take(digits, of: account, at: "a", audit: audit) == .wrong, "nothing is set up")
        guard
            case .done(let changed) = try await people.take(
                digits, of: account, at: "a", confirming: factor, audit: audit)
        else { throw Unexpected() }
        account = changed
        #expect(account.hasSecondFactor)
        #expect(try await people.take(digits, of: account, at: "a", audit: audit) == .wrong, "taken before")
        time.advance(to: time.now.adding(seconds: 30))
        let next = TOTP.digits(factor.secret, step: TOTP.step(at: time.now))
        #expect(try await people.take(next, of: account, at: "a", audit: audit) != .wrong)
        var answers: [People.SecondFactorTaken] = []
        for _ in 0..<8 { answers.append(try await people.take("000000", of: account, at: "b", audit: audit)) }
        #expect(answers.prefix(6).allSatisfy { $0 == .wrong })
        #expect(answers.last.map { if case .throttled = $0 { true } else { false } } == true)
    }

    private struct Unexpected: Error {}
}

extension People {
    /// A developer who has confirmed the address, for tests.
    func signedUpDeveloper(email: String = "kofi@example.com") async throws -> Account {
        let result = try await signUpDeveloper(
            name: "Kofi", email: email, password: Secret("zemidjan-jaune-47"), language: nil
        ) { AuditEntry(at: $0.createdAt, .anonymous, .signedUp, .init(.account, $0.id.text)) }
        guard case .done(let account, let challenges) = result, let challenge = challenges.first else {
            return try #require(nil)
        }
        _ = try await confirmEmail(challenge.id, key: codes.code(of: challenge.id, for: .emailConfirmation))
        return try #require(try await store.account(account.id))
    }
}
