import Router
import RouterTestKit
import Testing

@testable import People

/// Accounts of developers and staff.
@Suite struct DeveloperTests {
    let time = ManualClock(Moment(milliseconds: 1_790_000_000_000))
    let store = MemoryStore()
    let password = Secret("zemidjan-jaune-47")

    private func people() async throws -> People {
        let master = try #require(MasterKey(bytes: Array(0..<32)))
        return await People(
            store: store, keys: .derived(from: master), reach: [.email], time: time, random: SeededRandom(1))
    }

    private struct Unexpected: Error {}

    private static func line(_ account: Account) -> AuditEntry {
        AuditEntry(at: account.createdAt, .anonymous, .signedUp, .init(.account, account.id.text))
    }

    private func signUp(_ people: People, _ email: String) async throws -> (Account, Challenge) {
        let result = try await people.signUpDeveloper(
            name: "Kofi", email: email, password: password, language: nil, audit: Self.line)
        guard case .done(let account, let challenges) = result, let challenge = challenges.first else {
            throw Unexpected()
        }
        return (account, challenge)
    }

    @Test func `an account that nobody activates within a week is deleted, and its name is free`() async throws {
        let people = try await people()
        let (account, challenge) = try await signUp(people, "kofi.mensah@example.com")
        let (young, _) = try await signUp(people, "ama@example.com")
        var late = young
        late.version += 1
        late.state = .active
        time.advance(to: account.createdAt.adding(seconds: Account.activationSeconds - 1))
        #expect(try await !people.forgetAbandoned())
        #expect(try await store.account(account.id) == account, "a week is not over")
        time.advance(to: time.now.adding(seconds: 1))
        #expect(try await store.update(late, using: nil) == .done)
        #expect(try await !people.forgetAbandoned())
        #expect(try await store.account(account.id) == nil)
        #expect(try await store.account(young.id) == late, "activated in the last moment")
        let told = try await store.audit(AuditQuery(limit: 10)).map(\.entry)
        #expect(told.first?.action == .accountForgotten && told.first?.subject.id == account.id.text)
        #expect(told.first?.actor == .system && told.count == 3)
        let key = people.codes.code(of: challenge.id, for: .emailConfirmation)
        #expect(try await people.confirmEmail(challenge.id, key: key) == .challenge(.missing), "the link is dead")
        #expect(try await signUp(people, "kofi.mensah@example.com").0.username == account.username)
    }

    @Test func `nobody signs in before the address is confirmed, and the key works once`() async throws {
        let people = try await people()
        let (account, challenge) = try await signUp(people, "kofi.mensah@example.com")
        #expect(account.username.text == "kofi.mensah" && account.state == .unconfirmed)
        for name in ["kofi.mensah", "kofi.mensah@example.com"] {
            let answer = try await people.signIn(name, password, at: "a")
            #expect(answer == .refused(isKnown: name == "kofi.mensah"))
        }
        #expect(try await people.forgotPassword("kofi.mensah") == nil, "no password is chosen for it either")
        let key = people.codes.code(of: challenge.id, for: .emailConfirmation)
        let wrong = String(key.reversed())
        #expect(try await people.confirmEmail(challenge.id, key: wrong) == .challenge(.wrong(left: 2)))
        _ = try await people.confirmEmail(challenge.id, key: key)
        let active = try #require(try await store.account(account.id))
        #expect(active.state == .active && active.confirmedEmail == "kofi.mensah@example.com")
        #expect(try await people.signIn("KOFI.mensah@example.com", password, at: "b") == .done(active))
        #expect(try await people.confirmEmail(challenge.id, key: key) == .challenge(.used))
        #expect(try await store.audit(AuditQuery(limit: 10)).map(\.entry.action) == [.signedUp])
    }

    @Test func `a key that is too old activates nothing`() async throws {
        let people = try await people()
        let (account, challenge) = try await signUp(people, "kofi@example.com")
        time.advance(to: time.now.adding(seconds: 3_601))
        let key = people.codes.code(of: challenge.id, for: .emailConfirmation)
        #expect(try await people.confirmEmail(challenge.id, key: key) == .challenge(.expired))
        #expect(try await store.account(account.id)?.state == .unconfirmed)
    }

    @Test func `whoever confirms an address first has it`() async throws {
        let people = try await people()
        let (first, challenge) = try await signUp(people, "kofi@example.com")
        time.advance(to: time.now.adding(seconds: 1))
        let (second, other) = try await signUp(people, "kofi@example.com")
        #expect(first.username != second.username)
        _ = try await people.confirmEmail(
            challenge.id, key: people.codes.code(of: challenge.id, for: .emailConfirmation))
        #expect(
            try await people.confirmEmail(other.id, key: people.codes.code(of: other.id, for: .emailConfirmation))
                == .taken(.email))
        #expect(try await store.account(second.id)?.state == .unconfirmed)
    }

    @Test func `wrong passwords count against one account, whichever of its names is typed`() async throws {
        let people = try await people()
        _ = try await people.signedUpDeveloper(email: "kofi@example.com")
        for name in ["kofi", "kofi@example.com", "KOFI", "Kofi@Example.com", "kofi", "kofi@example.com"] {
            #expect(try await people.signIn(name, Secret("wrong wrong wrong"), at: "a") == .refused(isKnown: true))
        }
        for name in ["kofi", "kofi@example.com"] {
            let answer = try await people.signIn(name, password, at: "a")
            #expect({ if case .throttled = answer { true } else { false } }(), "\(name)")
        }
    }

    @Test func `a session of one realm is none of another`() async throws {
        let people = try await people()
        let account = try await people.signedUpDeveloper()
        for realm in AccountSession.Realm.allCases {
            let cookie = try await people.beginSession(account, realm)
            #expect(try await people.session(cookie)?.realm == realm)
            #expect(try await people.account(session: cookie) == (realm == .wallet ? account : nil))
        }
        let halfway = try await people.beginSession(account, .halfway)
        time.advance(to: time.now.adding(seconds: People.halfwaySeconds))
        #expect(try await people.session(halfway) == nil)
    }

    @Test func `an account that is made for somebody has no password until its key is used, once`() async throws {
        let people = try await people()
        let made = try await people.make(
            name: "Root", username: try #require(Username("root")), email: "root@example.com", roles: [.admin],
            signing: Person(name: "root", tokenHash: Array(0..<32), createdAt: time.now), audit: Self.line)
        guard case .done(let account, let challenge, let key) = made else { throw Unexpected() }
        for typed in ["", "!", "nobody's"] {
            #expect(try await people.signIn("root", Secret(typed), at: "a") == .refused(isKnown: true))
        }
        #expect(try await store.person(named: "root")?.account == account.id)
        guard case .done = try await people.resetPassword(challenge, key: key, to: password) else { throw Unexpected() }
        #expect(try await people.resetPassword(challenge, key: key, to: Secret("another-one-99")) == .challenge(.used))
        guard case .done = try await people.signIn("root@example.com", password, at: "b") else { throw Unexpected() }
    }
}
