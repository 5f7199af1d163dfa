import Foundation
import People
import Router
import Testing
import WebText

@testable import Host

/// Who may call for a holder, and for how long.
@Suite("Holders' tokens", .timeLimit(.minutes(10))) struct HolderTokenTests {
    @Test func `every holder's call refuses whoever has no token that holds now`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890110001")
        let desk = try #require(router.host.people.holders)
        let account = try await router.account("ama")
        let now = router.host.time.now
        let expired = try #require(
            await desk.people.tokens.token(account, at: now.adding(seconds: -HolderTokens.lifetimeSeconds - 1)))
        let future = try #require(await desk.people.tokens.token(account, at: now.adding(seconds: 3_600)))
        // Another installation's, for an account of the same name.
        let elsewhere = await HolderTokens(.fresh(MasterKey.random().key))
        let foreign = try #require(await elsewhere.token(account, at: now))
        var older = account
        older.generation -= 1
        let ended = try #require(await desk.people.tokens.token(older, at: now))
        let stranger = Account(
            id: AccountID(at: now, from: SystemRandom()), username: account.username, name: "", passwordHash: "",
            createdAt: now)
        let nobodys = try #require(await desk.people.tokens.token(stranger, at: now))
        let parts = ama.token.split(separator: ".").map(String.init)
        let head = Base64.encode(urlSafe: #"{"alg":"none","typ":"JWT"}"#.utf8)
        let bad: [String?] = [
            nil, KeyRing.demoKey, "pk_sandbox_demo", expired, future, foreign, ended, nobodys, "x", "a.b.c",
            "\(head).\(parts[1]).", "\(head).\(parts[1]).\(parts[2])", ama.token + "x", String(ama.token.dropLast(2)),
        ]
        let calls = await router.calls(with: "holderToken")
        #expect(calls.count > 15)
        for (method, path) in calls {
            for token in path == "/v1/wallet" ? bad : [nil, KeyRing.demoKey, expired, foreign] {
                let answer = await router.call(method, path, [:], key: token, idempotencyKey: RunningRouter.fresh())
                #expect(
                    answer.status == 401 && answer.json["code"] == "unauthorized", "\(method) \(path) \(token ?? "")")
                #expect(answer.header("www-authenticate")?.hasPrefix("Bearer ") == true)
            }
        }
        #expect(await ama.call("GET", "/v1/wallet").status == 200)
        await router.stop()
    }

    @Test func `a holder's token is no key`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890110002")
        let calls = await router.calls(with: "secretKey")
        #expect(calls.count > 40)
        for (method, path) in calls {
            let answer = await ama.call(method, path, [:])
            #expect(answer.status == 401 && answer.json["code"] == "unauthorized", "\(method) \(path)")
        }
        await router.stop()
    }

    @Test func `logging out everywhere and a new password end every token and session`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890110003")
        let other = try #require(await router.logIn("ama").json["token"]?.stringValue)
        #expect(await ama.call("POST", "/v1/wallet/logout_everywhere").status == 204)
        for token in [ama.token, other] {
            #expect(await router.call("GET", "/v1/wallet", key: token).status == 401)
        }
        let third = try #require(await router.logIn("ama").json["token"]?.stringValue)
        let wrong = await router.call(
            "POST", "/v1/wallet/password", ["old": "another-one-12", "new": "lagune-verte-sept-12"], key: third)
        #expect(wrong.status == 401 && wrong.json["code"] == "wrong_credentials")
        let short = await router.call(
            "POST", "/v1/wallet/password", ["old": .string(TestHolder.password), "new": "short"], key: third)
        #expect(short.status == 422 && short.json["code"] == "password_refused")
        #expect(short.json["errors"]?.arrayValue?.first?["pointer"] == "/new")
        #expect(await router.call("GET", "/v1/wallet", key: third).status == 200)
        let changed = await router.call(
            "POST", "/v1/wallet/password", ["old": .string(TestHolder.password), "new": "lagune-verte-sept-12"],
            key: third)
        #expect(changed.status == 204)
        #expect(await router.call("GET", "/v1/wallet", key: third).status == 401)
        #expect(await router.logIn("ama").json["code"] == "wrong_credentials")
        #expect(await router.logIn("ama", "lagune-verte-sept-12").status == 200)
        await router.stop()
    }

    /// Many holders may share an address with whoever tries tokens.
    @Test func `a token that holds passes, whoever tries others from the same address`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        let ama = try await router.holder("ama", phone: "+22890110004")
        var statuses: [Int] = []
        for _ in 0..<30 { statuses.append(await router.call("GET", "/v1/wallet", key: "x.y.z").status) }
        #expect(statuses.first == 401 && statuses.last == 429)
        #expect(await ama.call("GET", "/v1/wallet").status == 200)
        await router.stop()
    }

    @Test func `an unknown name is told only where the platform wants it`() async throws {
        let text = try String(contentsOfFile: Self.root + "/providers.json", encoding: .utf8)
        let told = text.replacing(#""app": "Wallets","#, with: #""app": "Wallets", "tell_unknown_users": true,"#)
        try #require(told != text)
        for (configuration, code) in [(text, "wrong_credentials"), (told, "unknown_user")] {
            let router = try await RunningRouter(configuration: configuration)
            _ = try await router.holder("ama", phone: "+22890110005")
            #expect(await router.logIn("nobody").json["code"]?.stringValue == code)
            #expect(await router.logIn("AMA").status == 200)
            #expect(await router.logIn("ama", "wrong-password").json["code"] == "wrong_credentials")
            await router.stop()
        }
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
}
