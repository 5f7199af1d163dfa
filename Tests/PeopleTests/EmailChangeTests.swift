import Router
import RouterTestKit
import Testing

@testable import People

/// Another e-mail address in the place of a confirmed one.
@Suite struct EmailChangeTests {
    let time = ManualClock(Moment(milliseconds: 1_790_000_000_000))
    let store = MemoryStore()
    let password = Secret("zemidjan-jaune-47")
    let old = "anna@example.com"
    let new = "anna@example.org"
    let typo = "ana@example.org"

    private struct Unexpected: Error {}

    private func people() async throws -> People {
        let master = try #require(MasterKey(bytes: Array(0..<32)))
        return await People(
            store: store, keys: .derived(from: master), reach: [.email], time: time, random: SeededRandom(1))
    }

    private func signedUp(_ people: People, _ name: String, _ email: String) async throws -> Account {
        let wish = People.SignUp(
            username: try #require(Username(name)), password: password, name: "Anna B.", phone: nil, email: email,
            language: "fr")
        guard case .done(let account, _) = try await people.signUp(wish, wallet: { _ in nil }) else {
            throw Unexpected()
        }
        return account
    }

    private func done(_ change: People.AccountChange?) throws -> Account {
        guard case .done(let account) = change else { throw Unexpected() }
        return account
    }

    private func told(_ people: People, _ account: Account, _ email: String) async throws -> Account {
        try done(
            try await people.change(account.id) { account in
                account.tell(email: email)
                return true
            })
    }

    private func asked(_ people: People, _ account: Account) async throws -> Challenge {
        guard case .done(let challenge) = try await people.confirmEmail(account) else { throw Unexpected() }
        return challenge
    }

    private func opened(_ people: People, _ challenge: Challenge) async throws -> People.AccountChange {
        try await people.confirmEmail(
            challenge.id, key: people.codes.code(of: challenge.id, for: .emailConfirmation))
    }

    private func confirmed(_ people: People) async throws -> Account {
        let account = try await signedUp(people, "anna", old)
        return try done(await opened(people, asked(people, account)))
    }

    @Test func `the old address counts until the new one is confirmed, which then takes its place`() async throws {
        let people = try await people()
        let account = try await told(people, confirmed(people), new)
        #expect(account.confirmedEmail == old && account.newEmail == new && account.awaitsEmail)
        guard case .done = try await people.signIn(old, password, at: "a") else { throw Unexpected() }
        #expect(try await people.signIn(new, password, at: "a") == .refused(isKnown: false))
        let challenge = try await asked(people, account)
        #expect(people.address(of: challenge, account) == new)
        guard case .done(let reset)? = try await people.forgotPassword(old) else { throw Unexpected() }
        #expect(people.address(of: reset, account) == old)
        let changed = try done(await opened(people, challenge))
        #expect(changed.confirmedEmail == new && changed.newEmail == nil && !changed.awaitsEmail)
        #expect(changed.version == account.version + 1, "in one write")
        #expect(try await store.account(email: old) == nil)
        #expect(try await store.account(email: new) == changed)
    }

    @Test func `the link of an earlier wish confirms nothing, and mails nobody`() async throws {
        let people = try await people()
        let first = try await told(people, confirmed(people), typo)
        let earlier = try await asked(people, first)
        let second = try await told(people, first, new)
        #expect(people.address(of: earlier, second) == nil)
        #expect(try await opened(people, earlier) == .challenge(.otherSubject))
        #expect(try await store.account(second.id)?.confirmedEmail == old)
        let challenge = try await asked(people, second)
        #expect(try done(await opened(people, challenge)).confirmedEmail == new)
    }

    @Test func `told again, the old address stays`() async throws {
        let people = try await people()
        let first = try await told(people, confirmed(people), new)
        let challenge = try await asked(people, first)
        let second = try await told(people, first, old)
        #expect(second.newEmail == nil && second.confirmedEmail == old && !second.awaitsEmail)
        #expect(try await opened(people, challenge) == .challenge(.otherSubject))
    }

    @Test func `another password withdraws the wish`() async throws {
        let people = try await people()
        let account = try await told(people, confirmed(people), new)
        let challenge = try await asked(people, account)
        guard case .done(let reset)? = try await people.forgotPassword(old) else { throw Unexpected() }
        let key = people.codes.code(of: reset.id, for: .passwordReset)
        guard
            case .done(let changed) = try await people.resetPassword(
                reset.id, key: key, to: Secret("another-long-one-9"))
        else { throw Unexpected() }
        #expect(changed.confirmedEmail == old && changed.newEmail == nil)
        #expect(try await opened(people, challenge) == .challenge(.otherSubject))
    }

    @Test func `where none is confirmed another takes its place at once`() async throws {
        let people = try await people()
        let account = try await told(people, signedUp(people, "anna", typo), new)
        #expect(account.email == .init(new) && account.newEmail == nil && account.awaitsEmail)
    }

    @Test func `an address that somebody else confirmed meanwhile is refused`() async throws {
        let people = try await people()
        let account = try await told(people, confirmed(people), new)
        let challenge = try await asked(people, account)
        let rival = try await signedUp(people, "rival", new)
        #expect(try done(await opened(people, asked(people, rival))).confirmedEmail == new)
        #expect(try await opened(people, challenge) == .taken(.email))
        #expect(try await store.account(account.id)?.confirmedEmail == old)
    }
}
