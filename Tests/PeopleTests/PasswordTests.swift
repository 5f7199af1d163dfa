import Router
import RouterTestKit
import Synchronization
import Testing

@testable import People

@Suite struct PasswordTests {
    @Test func `a hash is argon2id with 19 MiB, two passes and one lane, and knows its password alone`() throws {
        let hash = try #require(PasswordHash.make("correct horse battery", from: SeededRandom(1)))
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(PasswordHash.verify("correct horse battery", hash) == true)
        #expect(PasswordHash.verify("correct horse batterY", hash) == false)
        #expect(PasswordHash.verify("", hash) == false)
        #expect(PasswordHash.verify("correct horse battery", "$argon2id$nonsense") == false)
        #expect(PasswordHash.make("correct horse battery", from: SeededRandom(2)) != hash)
    }

    @Test(
        arguments: [
            ("short", PasswordRules.Fault.tooShort), ("aaaaaaaaaaaa", .guessable), ("Password123", .guessable),
            ("anna.b1234", .guessable), ("Mot De Passe 1", .guessable),
            (String(repeating: "xy1 ", count: 80), .tooLong),
            ("Anna Bella", .guessable),
        ])
    func `what is tried first is no password`(_ text: String, _ fault: PasswordRules.Fault) throws {
        let username = try #require(Username("anna.b"))
        #expect(PasswordRules.fault(Secret(text), of: username, name: "Anna Bella") == fault)
    }

    @Test(arguments: ["correct horse battery", "zemidjan-jaune-47", "ƒété à Lomé", "passwords are not words"])
    func `a long text of one's own is one`(_ text: String) throws {
        let username = try #require(Username("anna.b"))
        #expect(PasswordRules.fault(Secret(text), of: username, name: "Anna Bella") == nil)
    }

    /// Two at once and 32 that wait: the thirty-fifth is told to come again, and everybody else gets an answer.
    @Test func `two hashes are made at once, 32 wait, and whoever comes then is refused`() async throws {
        let work = PasswordWork(random: SeededRandom(3))
        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<60 { group.addTask { await work.hash(Secret("correct horse battery")) != nil } }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(results.count == 60)
        #expect(results.count(where: \.self) >= PasswordWork.atOnce + PasswordWork.queue)
        #expect(results.contains(false))
        #expect(await work.hash(Secret("correct horse battery")) != nil, "later there is room again")
    }
}
