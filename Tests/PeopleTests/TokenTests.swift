import Router
import RouterTestKit
import Testing
import WebText

@testable import People

@Suite struct TokenTests {
    let now = Moment(milliseconds: 1_790_000_000_000)

    private func made() async throws -> (tokens: HolderTokens, account: Account, token: String) {
        let master = try #require(MasterKey(bytes: Array(0..<32)))
        let tokens = await HolderTokens(.derived(from: master))
        let username = try #require(Username("anna"))
        var account = Account(
            id: AccountID(at: now, from: SeededRandom(1)), username: username, name: "Anna", passwordHash: "",
            createdAt: now)
        account.generation = 7
        return (tokens, account, try #require(await tokens.token(account, at: now)))
    }

    @Test func `a token says whose it is and of which generation, for a day`() async throws {
        let (tokens, account, token) = try await made()
        let read = try #require(await tokens.read(token, at: now))
        #expect(read.account == account.id && read.generation == 7)
        #expect(await tokens.read(token, at: now.adding(seconds: 86_399)) != nil)
        #expect(await tokens.read(token, at: now.adding(seconds: 86_400)) == nil)
        #expect(await tokens.read(token, at: now.adding(seconds: -60)) == nil, "made in the future")
    }

    @Test func `another key, algorithm, audience or a changed character is refused`() async throws {
        let (tokens, account, token) = try await made()
        let other = await HolderTokens(.derived(from: try #require(MasterKey(bytes: Array(1...32)))))
        #expect(await other.read(token, at: now) == nil)
        let parts = token.split(separator: ".").map(String.init)
        #expect(parts.count == 3)
        func encoded(_ text: String) -> String { Base64.encode(urlSafe: Array(text.utf8)) }
        for head in [
            #"{"alg":"none"}"#, #"{"alg":"HS512","typ":"JWT"}"#, #"{"alg":"RS256","typ":"JWT"}"#,
            #"{"alg":"HS256","jku":"https://example.com"}"#, "{}", "",
        ] {
            #expect(await tokens.read([encoded(head), parts[1], parts[2]].joined(separator: "."), at: now) == nil)
            #expect(await tokens.read([encoded(head), parts[1], ""].joined(separator: "."), at: now) == nil)
        }
        for place in token.indices where token[place] != "." {
            var changed = token
            changed.replaceSubrange(place...place, with: token[place] == "A" ? "B" : "A")
            // The last characters of a part may hold bits that stand for nothing.
            guard let read = await tokens.read(changed, at: now) else { continue }
            #expect(read.account == account.id && read.generation == 7, "\(changed)")
        }
        for text in ["", ".", "..", "a.b.c", parts[0], "\(parts[0]).\(parts[1])", token + ".x", "sk_sandbox_demo"] {
            #expect(await tokens.read(text, at: now) == nil, "\(text)")
        }
    }
}
