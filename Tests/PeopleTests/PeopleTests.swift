import Router
import RouterTestKit
import Testing

@testable import People

/// Signing up and in, contacts, codes and passwords, over the store in memory.
@Suite struct PeopleTests {
    let time = ManualClock(Moment(milliseconds: 1_790_000_000_000))
    let store = MemoryStore()
    let password = Secret("zemidjan-jaune-47")

    private func people(reach: Set<Challenge.ContactKind> = [.phone, .email]) async throws -> People {
        let master = try #require(MasterKey(bytes: Array(0..<32)))
        return await People(
            store: store, keys: .derived(from: master), reach: reach, time: time, random: SeededRandom(1))
    }

    private func signedUp(_ people: People, _ name: String = "anna") async throws -> Account {
        let wish = People.SignUp(
            username: try #require(Username(name)), password: password, name: "Anna B.",
            phone: try MSISDN(parsing: "+22890112233"), email: "anna@example.com", language: "fr")
        guard case .done(let account, _) = try await people.signUp(wish, wallet: { _ in nil }) else {
            throw Unexpected()
        }
        return account
    }

    private struct Unexpected: Error {}

    /// The code that a challenge's message will say.
    private func code(_ people: People, _ begun: People.Begun) throws -> String {
        guard case .done(let challenge) = begun else { throw Unexpected() }
        return people.codes.code(of: challenge.id, for: challenge.purpose)
    }

    @Test func `whoever signs up can sign in with that password and no other`() async throws {
        let people = try await people()
        let account = try await signedUp(people)
        #expect(try await people.signIn("ANNA", password, at: "a") == .done(account))
        #expect(try await people.signIn("anna", Secret("zemidjan-jaune-48"), at: "a") == .refused(isKnown: true))
        #expect(try await people.signIn("ben", password, at: "a") == .refused(isKnown: false))
        #expect(try await people.signIn("no name!", password, at: "a") == .refused(isKnown: false))
        let wish = People.SignUp(
            username: account.username, password: password, name: "B", phone: nil, email: nil, language: nil)
        #expect(try await people.signUp(wish, wallet: { _ in nil }) == .usernameTaken)
    }

    @Test func `codes for what can be reached are made with the account`() async throws {
        for (reach, purposes) in [
            ([.phone, .email], [.phoneConfirmation, .emailConfirmation]), ([.email], [.emailConfirmation]), ([], []),
        ] as [(Set<Challenge.ContactKind>, [Challenge.Purpose])] {
            // The same random numbers again make other identifiers only at another time.
            time.advance(to: time.now.adding(seconds: 1))
            let people = try await people(reach: reach)
            let wish = People.SignUp(
                username: try #require(Username("ben\(reach.count)")), password: password, name: "Ben",
                phone: try MSISDN(parsing: "+22890112234"), email: "ben@example.com", language: nil)
            guard case .done(let account, let challenges) = try await people.signUp(wish, wallet: { _ in nil }) else {
                throw Unexpected()
            }
            #expect(challenges.map(\.purpose) == purposes)
            for challenge in challenges {
                #expect(try await store.challenge(of: account.id, for: challenge.purpose) == challenge)
                #expect(try await store.message(about: challenge.id)?.account == account.id)
            }
        }
    }

    @Test func `sessions and tokens end everywhere at once, and by their time`() async throws {
        let people = try await people()
        let account = try await signedUp(people)
        let cookie = try await people.beginSession(account)
        let token = try #require(await people.tokens.token(account, at: time.now))
        #expect(try await people.account(session: cookie) == account)
        #expect(try await people.account(token: token) == account)
        #expect(try await people.account(session: String(cookie.reversed())) == nil)
        #expect(try await people.account(session: "") == nil)
        let other = try await people.beginSession(account)
        try await people.end(session: other)
        #expect(try await people.account(session: other) == nil)
        #expect(try await people.account(session: cookie) == account, "signing out ends one session")
        let changed = try #require(try await people.signOutEverywhere(account.id))
        #expect(try await people.account(session: cookie) == nil)
        #expect(try await people.account(token: token) == nil)
        let fresh = try await people.beginSession(changed)
        time.advance(to: time.now.adding(seconds: People.sessionSeconds))
        #expect(try await people.account(session: fresh) == nil)
    }

    @Test func `a disabled account signs in no more, and its sessions are over`() async throws {
        let people = try await people()
        let account = try await signedUp(people)
        let cookie = try await people.beginSession(account)
        _ = try await people.change(account.id) { account in
            account.state = .disabled
            return true
        }
        #expect(try await people.account(session: cookie) == nil)
        #expect(try await people.signIn("anna", password, at: "a") == .refused(isKnown: true))
    }

    @Test func `a phone counts once the code that was sent there is typed`() async throws {
        let people = try await people()
        var account = try await signedUp(people)
        #expect(
            try await people.begin(.transfer, for: account, subject: [1]) == .unreachable, "nothing is confirmed yet")
        let code = try code(people, try await people.confirmPhone(account))
        #expect(try await people.confirmPhone(account, code: "000000x") == .challenge(.wrong(left: 2)))
        guard
            case .done(let confirmed) = try await people.confirmPhone(
                account, code: " \(code.prefix(3)) \(code.suffix(3))")
        else { throw Unexpected() }
        account = confirmed
        #expect(account.confirmedPhone?.e164 == "+22890112233")
        #expect(try await people.confirmPhone(account, code: code) == .challenge(.used))
        #expect(try await store.account(phone: try MSISDN(parsing: "+22890112233")) == account)
        // Somebody else told the same number: it stays whose it is.
        let rival = try await signedUp(people, "rival")
        let rivals = try self.code(people, await people.confirmPhone(rival))
        #expect(try await people.confirmPhone(rival, code: rivals) == .taken(.phone))
    }

    @Test func `an address counts once its link is followed`() async throws {
        let people = try await people()
        let account = try await signedUp(people)
        guard case .done(let challenge) = try await people.confirmEmail(account) else { throw Unexpected() }
        let key = people.codes.code(of: challenge.id, for: challenge.purpose)
        #expect(key.count == 40)
        #expect(try await people.confirmEmail(challenge.id, key: "x") == .challenge(.wrong(left: 2)))
        guard case .done(let confirmed) = try await people.confirmEmail(challenge.id, key: key) else {
            throw Unexpected()
        }
        #expect(confirmed.confirmedEmail == "anna@example.com")
        #expect(try await people.confirmEmail(challenge.id, key: key) == .challenge(.used))
    }

    @Test func `another phone takes the place of a confirmed one with a code that came to the old one`() async throws {
        let people = try await people()
        let first = try await signedUp(people)
        guard
            case .done(let account) = try await people.confirmPhone(
                first, code: try code(people, try await people.confirmPhone(first)))
        else { throw Unexpected() }
        let (new, other) = (try MSISDN(parsing: "+22891112233"), try MSISDN(parsing: "+22892112233"))
        #expect(try await people.changePhone(account, to: new, code: nil) == .challenge(.missing))
        let begun = try await people.changePhone(account, to: new)
        guard case .done(let challenge) = begun else { throw Unexpected() }
        #expect(challenge.contact == .phone)
        let code = try code(people, begun)
        #expect(try await people.changePhone(account, to: other, code: code) == .challenge(.otherSubject))
        guard case .done(let changed) = try await people.changePhone(account, to: new, code: code) else {
            throw Unexpected()
        }
        #expect(changed.phone?.value == new && changed.confirmedPhone == nil)
        #expect(try await people.changePhone(changed, to: other, code: code) != .challenge(.wrong(left: 2)))
    }

    @Test func `a forgotten password is set anew by a key, once, and everything is signed out`() async throws {
        let people = try await people()
        let first = try await signedUp(people)
        #expect(try await people.forgotPassword("nobody") == nil)
        #expect(try await people.forgotPassword("anna") == .unreachable)
        guard
            case .done(let account) = try await people.confirmPhone(
                first, code: try code(people, try await people.confirmPhone(first)))
        else { throw Unexpected() }
        let cookie = try await people.beginSession(account)
        guard case .done(let challenge) = try await people.forgotPassword("anna") else { throw Unexpected() }
        let key = people.codes.code(of: challenge.id, for: challenge.purpose)
        let new = Secret("another-long-one-9")
        #expect(
            try await people.resetPassword(challenge.id, key: key, to: Secret("short")) == .password(.tooShort))
        guard case .done = try await people.resetPassword(challenge.id, key: key, to: new) else { throw Unexpected() }
        #expect(try await people.account(session: cookie) == nil)
        #expect(try await people.signIn("anna", password, at: "a") == .refused(isKnown: true))
        guard case .done = try await people.signIn("anna", new, at: "a") else { throw Unexpected() }
        guard case .challenge = try await people.resetPassword(challenge.id, key: key, to: password) else {
            throw Unexpected()
        }
    }

    @Test(arguments: [true, false])
    func `a key to a forgotten password ends with the sessions and the phone of its time`(_ isPhone: Bool) async throws
    {
        let people = try await people()
        let first = try await signedUp(people)
        guard
            case .done(let account) = try await people.confirmPhone(
                first, code: try code(people, try await people.confirmPhone(first)))
        else { throw Unexpected() }
        guard case .done(let challenge) = try await people.forgotPassword("anna") else { throw Unexpected() }
        if isPhone {
            let other = try MSISDN(parsing: "+22890445566")
            _ = try await people.change(account.id, using: nil) { account in
                account.phone = .init(other)
                return true
            }
        } else {
            _ = try await people.signOutEverywhere(account.id)
        }
        let key = people.codes.code(of: challenge.id, for: challenge.purpose)
        guard case .challenge = try await people.resetPassword(challenge.id, key: key, to: Secret("another-long-one-9"))
        else { throw Unexpected() }
        guard case .done = try await people.signIn("anna", password, at: "a") else { throw Unexpected() }
    }

    @Test func `codes are six digits that nobody can tell from their names`() async throws {
        let people = try await people()
        let random = SeededRandom(9)
        var seen: Set<String> = []
        for _ in 0..<500 {
            let code = people.codes.code(of: ChallengeID(at: time.now, from: random), for: .transfer)
            #expect(code.count == 6 && code.utf8.allSatisfy { (0x30...0x39).contains($0) })
            seen.insert(code)
        }
        #expect(seen.count > 490)
    }
}
