import CurlTransport
import Foundation
import Router
import Testing

@testable import Host

/// Somebody who has signed up, as an app for holders calls for them.
struct TestHolder: Sendable {
    static let password = "zemidjan-jaune-47"

    let router: RunningRouter
    var username: String
    var phone: String
    var token: String
    var wallet: String

    /// Calls with the holder's token; whatever is sent has a key of its own.
    func call(
        _ method: String, _ path: String, _ body: JSONValue? = nil, key: String = RunningRouter.fresh()
    ) async -> RunningRouter.Answer {
        await router.call(method, path, body, key: token, idempotencyKey: method == "POST" ? key : nil)
    }

    /// Asks for a code for what a body says.
    func ask(_ purpose: String, _ body: JSONValue) async -> RunningRouter.Answer {
        await call("POST", "/v1/wallet/codes", ["purpose": .string(purpose), "for": body])
    }

    /// The body with the code that was sent for it.
    func agreed(_ purpose: String, _ body: JSONValue) async throws -> JSONValue {
        let asked = await ask(purpose, body)
        try #require(asked.status == 201, "\(asked.json.jsonText)")
        return body.with("code", .string(try await router.code(to: phone)))
    }

    /// Does something that needs a code, with the right one.
    func perform(_ purpose: String, _ path: String, _ body: JSONValue) async throws -> RunningRouter.Answer {
        await call("POST", "/v1/wallet/\(path)", try await agreed(purpose, body))
    }

    /// What can be spent.
    func available() async -> Int64? {
        await call("GET", "/v1/wallet").json["wallets"]?.arrayValue?.first?["balance"]?["available"]?.integerValue
    }
}

extension JSONValue {
    /// The same object with another member, or without it.
    func with(_ name: String, _ value: JSONValue?) -> JSONValue {
        var object = objectValue ?? JSONObject()
        object[name] = value
        return .object(object)
    }
}

extension RunningRouter {
    /// Somebody as the store has them.
    func account(_ name: String) async throws -> Account {
        let name = try #require(Username(name))
        return try #require(try await host.store.account(named: name))
    }

    /// What the sandbox's inbox has for somebody, newest first.
    func inbox(of recipient: String) async throws -> [String] {
        let escaped = recipient.replacing("+", with: "%2B")
        let url = try #require(host.sandboxURL) + "/_messages?to=" + escaped
        let terms = AskTerms(scope: ConnectionScope(owner: "test"))
        let reply = try await host.transport.ask(WireRequest(.get, url), terms: terms).get()
        return (try StrictJSON.parse(reply.body)["messages"]?.arrayValue ?? []).compactMap { $0["text"]?.stringValue }
    }

    /// Waits until so many messages have come to somebody.
    func awaitInbox(of recipient: String, count: Int, seconds: Int64 = 5) async throws {
        let end = host.time.now.adding(seconds: seconds)
        while try await inbox(of: recipient).count < count, host.time.now < end {
            await host.time.sleep(until: host.time.now.adding(milliseconds: 50))
        }
        #expect(try await inbox(of: recipient).count == count)
    }

    /// The newest code that came by phone; waits for it.
    func code(to phone: String, seconds: Int64 = 5) async throws -> String {
        let end = host.time.now.adding(seconds: seconds)
        while host.time.now < end {
            for text in try await inbox(of: phone) {
                if let code = text.firstMatch(of: /\b([0-9]{6})\b/) { return String(code.1) }
            }
            await host.time.sleep(until: host.time.now.adding(milliseconds: 50))
        }
        throw StartFailure("no code came to \(phone)")
    }

    func logIn(_ username: String, _ password: String = TestHolder.password) async -> Answer {
        await call(
            "POST", "/v1/wallet/login", ["username": .string(username), "password": .string(password)], key: nil)
    }

    /// Signs somebody up, confirms the phone, and fills the wallet.
    func holder(_ username: String, phone: String, funds: Int64 = 0) async throws -> TestHolder {
        let made = await call(
            "POST", "/v1/wallet/signup",
            [
                "username": .string(username), "password": .string(TestHolder.password),
                "name": .string(username.capitalized + " Kossi"), "phone": .string(phone), "language": "en",
            ], key: nil)
        try #require(made.status == 201, "\(made.json.jsonText)")
        let token = try #require(await logIn(username).json["token"]?.stringValue)
        let holder = TestHolder(
            router: self, username: username, phone: phone, token: token,
            wallet: try #require(made.json["wallet"]?["id"]?.stringValue))
        let confirmed = await holder.call(
            "POST", "/v1/wallet/phone/confirm", ["code": .string(try await code(to: phone))])
        try #require(confirmed.status == 200, "\(confirmed.json.jsonText)")
        guard funds > 0 else { return holder }
        _ = try await topUp(holder, funds)
        return holder
    }

    /// Fills a holder's wallet from an operator; answers with the order's id.
    @discardableResult
    func topUp(_ holder: TestHolder, _ units: Int64) async throws -> String {
        let made = await holder.call(
            "POST", "/v1/wallet/top_ups",
            ["channel": "tmoney", "phone": "+22890000001", "amount": JSONValue(units), "currency": "XOF"])
        let id = try #require(made.json["id"]?.stringValue, "\(made.json.jsonText)")
        for _ in 0..<20 {
            let order = await holder.call("GET", "/v1/wallet/orders/\(id)?wait=1").json
            if order["status"] == "succeeded" { return id }
        }
        throw StartFailure("the top-up has not succeeded")
    }

    /// A secret key of the app that holders' wallets belong to, which has none by itself.
    func keyOfHoldersApp() async throws -> String {
        let app = try #require(host.people.holders?.app.text)
        let made = await admin(
            "POST", "/apps/\(app)/rotate", ["environment": "sandbox", "overlap_seconds": 0]
        ).json
        let keys = made["new_keys"]?.arrayValue?.compactMap(\.stringValue) ?? []
        return try #require(keys.first { $0.hasPrefix("sk_") }, "\(made.jsonText)")
    }

    /// Every call of the document with this way to authenticate, with some id in the place of each parameter.
    func calls(with scheme: String) async -> [(method: String, path: String)] {
        let document = await call("GET", "/openapi.json", key: nil).json
        return (document["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).filter { call in
                call.value["security"]?.arrayValue?.contains { $0[scheme] != nil } ?? false
            }.map { ($0.name.uppercased(), path.name.replacing(/\{[a-z]+\}/, with: "x")) }
        }
    }
}
