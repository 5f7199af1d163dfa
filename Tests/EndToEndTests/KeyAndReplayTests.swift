import Foundation
import Router
import Testing

@testable import Host

/// API keys, idempotency keys, and the walls between apps.
@Suite("Keys and replays", .timeLimit(.minutes(10)))
struct KeyAndReplayTests {
    private static let order: JSONValue = [
        "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
    ]

    @Test
    func `one key makes one payment, however it is spelled and however often it is sent`() async throws {
        let router = try await RunningRouter()
        let key = UUID().uuidString
        let first = await router.call("POST", "/v1/payments", Self.order, idempotencyKey: key)
        #expect(first.status == 201)
        #expect(first.header("idempotent-replayed") == nil)
        let quoted = await router.call("POST", "/v1/payments", Self.order, idempotencyKey: "\"\(key)\"")
        #expect(quoted.status == 201)
        #expect(quoted.json["id"] == first.json["id"])
        #expect(quoted.header("idempotent-replayed") == "true")
        #expect(quoted.header("original-request-id") == first.header("request-id"))
        #expect(quoted.header("idempotency-key") == "\"\(key)\"")
        let encoded = await router.call("POST", "/v1/%70ayments", Self.order, idempotencyKey: key)
        #expect(encoded.json["id"] == first.json["id"], "the route counts, not how its path is spelled")
        #expect(await router.call("POST", "/v1/payments/", Self.order, idempotencyKey: key).status == 404)
        let spelled = #"{"customer":{"phone":"+22890000001"},"channel":"tmoney", "currency":"XOF","amount":5000}"#
        let reordered = await router.call("POST", "/v1/payments", bytes: Array(spelled.utf8), idempotencyKey: key)
        #expect(reordered.json["id"] == first.json["id"])
        var other = try #require(Self.order.objectValue)
        other["amount"] = 6_000
        let reused = await router.call("POST", "/v1/payments", .object(other), idempotencyKey: key)
        #expect(reused.status == 422)
        #expect(reused.json["code"] == "idempotency_key_reused")
        #expect(reused.json["payment_id"] == first.json["id"])
        await router.stop()
    }

    @Test
    func `HEAD says what GET would, without it; the caller's name for a request is kept`() async throws {
        let router = try await RunningRouter()
        let names = [(name: "x-request-id", value: "shop-4711.a_b")]
        let made = await router.call(
            "POST", "/v1/payments", Self.order, idempotencyKey: UUID().uuidString, headers: names)
        let id = try #require(made.json["id"]?.stringValue)
        _ = await router.follow(id) { $0["status"] == "succeeded" }
        var read = await router.call("GET", "/v1/payments/\(id)")
        #expect(read.json["timeline"]?.arrayValue?.first?["caller_request_id"] == "shop-4711.a_b")
        var head = await router.call("HEAD", "/v1/payments/\(id)")
        #expect(head.status == 200)
        // A notification may still lengthen the timeline between the two calls.
        for _ in 0..<5 {
            let again = await router.call("GET", "/v1/payments/\(id)")
            guard again.json != read.json else { break }
            read = again
            head = await router.call("HEAD", "/v1/payments/\(id)")
        }
        // The body ends its line.
        #expect(head.header("content-length").flatMap { Int($0) } == read.json.serialized().count + 1)
        await router.stop()
    }

    @Test
    func `a hundred callers with one key get one payment`() async throws {
        let router = try await RunningRouter()
        let key = UUID().uuidString
        let ids = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    await router.call("POST", "/v1/payments", Self.order, idempotencyKey: key).json["id"]?.stringValue
                }
            }
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        let id = try #require(ids.first ?? nil)
        let payment = await router.follow(id) { $0["status"] == "succeeded" }
        let reference = try #require(payment["attempts"]?.arrayValue?.first?["reference"]?.stringValue)
        #expect(try await router.books()[reference] == 1)
        await router.stop()
    }

    @Test(arguments: [
        (nil, "idempotency_key_required"), ("short", "idempotency_key_invalid"),
        ("\"abc", "idempotency_key_invalid"), ("\"a\\x0123456789abcdef\"", "idempotency_key_invalid"),
        ("", "idempotency_key_invalid"), ("0123456789abcdef, 0123456789abcdef", "idempotency_key_invalid"),
        (String(repeating: "k", count: 256), "idempotency_key_invalid"),
    ])
    func `keys that cannot be used`(key: String?, code: String) async throws {
        let values = key.map { [$0] } ?? []
        switch IdempotencyKey.parse(values) {
        case .success: Issue.record("\(key ?? "") was accepted")
        case .failure(.missing): #expect(code == "idempotency_key_required")
        case .failure(.invalid): #expect(code == "idempotency_key_invalid")
        }
    }

    @Test
    func `published spellings`() {
        let uuid = "8e03978e-40d5-43e8-bc93-6894a57f9324"
        #expect(IdempotencyKey.parse(["\"\(uuid)\""]) == .success(uuid))
        #expect(IdempotencyKey.parse([uuid]) == .success(uuid))
        #expect(IdempotencyKey.parse([#""a\"b\\c-0123456789""#]) == .success(#"a"b\c-0123456789"#))
        #expect(IdempotencyKey.parse(["\"0123456789abcdef\";v=1"]) == .success("0123456789abcdef"))
        #expect(IdempotencyKey.parse([uuid, uuid]) != .success(uuid))
    }

    @Test
    func `unknown, revoked and foreign keys; another app's payment does not exist`() async throws {
        let router = try await RunningRouter()
        let admin = router.host.control
        func manage(_ method: String, _ path: String, _ body: JSONValue) async -> JSONValue {
            let request = APIRequest(
                method: method, path: path, headers: [("content-type", "application/json")], body: body.serialized(),
                id: RequestID(at: router.host.time.now, from: SystemRandom()))
            return (try? StrictJSON.parse(await admin.respond(to: request).body)) ?? .null
        }
        let app = await manage("POST", "/apps", ["name": "other shop", "environment": "sandbox"])
        let keys = (app["new_keys"]?.arrayValue ?? []).compactMap(\.stringValue)
        let secret = try #require(keys.first { $0.hasPrefix("sk_sandbox_") })
        let publishable = try #require(keys.first { $0.hasPrefix("pk_sandbox_") })
        let mine = await router.create(Self.order)
        let id = try #require(mine.json["id"]?.stringValue)
        let theirs = await router.call("GET", "/v1/payments/\(id)", key: secret)
        let nobodys = await router.call("GET", "/v1/payments/pay_01J00000000000000000000000", key: secret)
        #expect(theirs.status == 404)
        #expect(theirs.json["detail"] == nobodys.json["detail"])
        for action in ["confirm", "check", "cancel"] {
            let answer = await router.call(
                "POST", "/v1/payments/\(id)/\(action)", ["code": "1", "operator_payment_id": "x"], key: secret,
                idempotencyKey: UUID().uuidString)
            #expect(answer.status == 404, "\(action)")
        }
        #expect(await router.call("GET", "/v1/payments", key: secret).json["data"] == [])
        #expect(await router.call("GET", "/v1/payments", key: publishable).status == 403)
        #expect(await router.call("GET", "/v1/channels", key: publishable).status == 200)
        for bad in [nil, "sk_sandbox_nobody-knows-this-key", "sk_sandbox_dem", "SK_SANDBOX_DEMO", secret + "x"] {
            let answer = await router.call("GET", "/v1/payments", key: bad)
            #expect(answer.status == 401, "\(bad ?? "none")")
            #expect(answer.header("www-authenticate") != nil)
        }
        _ = await manage(
            "POST", "/apps/\(app["id"]?.stringValue ?? "")/revoke", ["prefix": .string(String(secret.prefix(17)))])
        #expect(await router.call("GET", "/v1/payments", key: secret).status == 401)
        #expect(!router.logs.text.contains(secret))
        await router.stop()
    }
}
