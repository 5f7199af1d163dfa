import Router
import RouterTestKit
import Testing

@testable import Host
@testable import Webhooks

@Suite(.timeLimit(.minutes(1))) struct EndpointCallsTests {
    private let api = APIBench()

    private func create(_ body: String = "{\"url\":\"https://shop.example/hooks\"}") async throws -> (String, JSONValue)
    {
        let reply = await api.call("POST", "", body)
        #expect(reply.status == 201)
        return (try #require(reply.json["id"]?.stringValue), reply.json)
    }

    @Test func `creating shows the secret once`() async throws {
        let reply = await api.call(
            "POST", "",
            "{\"url\":\"https://shop.example/hooks\",\"types\":[\"payment.failed\",\"payment.succeeded\",\"payment.failed\"]}"
        )
        #expect(reply.status == 201)
        let id = try #require(reply.json["id"]?.stringValue)
        #expect(id.hasPrefix("whe_"))
        #expect(reply.headers.contains { $0.name == "location" && $0.value == "/v1/webhook_endpoints/\(id)" })
        let secret = try #require(reply.json["secret"]?.stringValue)
        #expect(WebhookSecret(Secret(secret)) != nil)
        #expect(reply.json["types"] == ["payment.succeeded", "payment.failed"])
        #expect(reply.json["enabled"] == true)
        #expect(reply.json["environment"] == "sandbox")

        for target in ["", "/\(id)"] {
            let read = await api.call("GET", target)
            #expect(read.status == 200)
            #expect(!read.json.jsonText.contains("whsec_"))
            #expect(read.json.jsonText.contains(id))
        }
        let list = await api.asAdmin("GET", "")
        #expect(!list.json.jsonText.contains("whsec_"))
        let stored = try await api.bench.store.endpoints(app: Sample.app)
        #expect(stored.map(\.secrets) == [[Secret(secret)]])
    }

    @Test(arguments: [
        ("", 415, ""), ("{", 400, ""), ("[]", 400, ""), ("{}", 400, "/url"), ("{\"url\":1}", 400, "/url"),
        ("{\"url\":null}", 400, "/url"), ("{\"url\":\"https://shop.example\",\"secret\":\"x\"}", 400, "/secret"),
        ("{\"url\":\"https://shop.example\",\"app\":\"app_x\"}", 400, "/app"),
        ("{\"url\":\"https://shop.example\",\"url\":\"https://10.0.0.1\"}", 400, ""),
        ("{\"url\":\"https://shop.example\",\"types\":\"payment.failed\"}", 400, "/types"),
        ("{\"url\":\"https://shop.example\",\"types\":[1]}", 400, "/types/0"),
        ("{\"url\":\"https://shop.example\",\"types\":[\"payment.failed\",\"payment.lost\"]}", 400, "/types/1"),
        ("{\"url\":\"https://shop.example\",\"types\":[\"*\"]}", 400, "/types/0"),
        ("{\"url\":\"http://shop.example\"}", 422, "/url"), ("{\"url\":\"https://10.0.0.1/\"}", 422, "/url"),
        ("{\"url\":\"\"}", 422, "/url"), ("{\"url\":\"http://localhost:1/\"}", 422, "/url"),
        ("{\"url\":\"https://shop.example/4242424242424242\"}", 422, "/url"),
    ])
    func `faulty input is named`(_ body: String, _ status: Int, _ pointer: String) async throws {
        let reply = await api.call("POST", "", body.isEmpty ? nil : body)
        #expect(reply.status == status)
        if !pointer.isEmpty { #expect(reply.json["errors"]?.arrayValue?.first?["pointer"]?.stringValue == pointer) }
        #expect(try await api.bench.store.endpoints(app: nil).isEmpty)
    }

    @Test(arguments: WebhookTargetTests.refused.filter { !$0.contains("\n") })
    func `addresses are checked at creation and at change`(_ url: String) async throws {
        let body = JSONValue.object(JSONObject([.init("url", .string(url))])).jsonText
        let refused = await api.call("POST", "", body)
        #expect(refused.status == 422)
        #expect(refused.json["code"] == "invalid_webhook_url")
        let (id, _) = try await create()
        let change = await api.call("POST", "/\(id)", body)
        #expect(change.json["code"] == "invalid_webhook_url")
        #expect(await api.call("GET", "/\(id)").json["url"] == "https://shop.example/hooks")
    }

    @Test func `an app has at most twenty per environment`() async throws {
        for _ in 1...20 { _ = try await create() }
        let body = "{\"url\":\"https://shop.example/hooks\"}"
        #expect(await api.call("POST", "", body).status == 409)
        #expect(await api.call("POST", "", body, as: APIBench.otherApp).status == 201)
        #expect(await api.call("POST", "", body, as: APIBench.otherEnvironment).status == 201)
    }

    @Test func `changing`() async throws {
        let (id, made) = try await create()
        var reply = await api.call("POST", "/\(id)", "{\"types\":[\"payment.created\"]}")
        #expect(reply.json["types"] == ["payment.created"])
        #expect(reply.json["url"] == made["url"])
        reply = await api.call("POST", "/\(id)", "{\"url\":\"https://new.example/\",\"types\":[]}")
        #expect(reply.json["types"] == [])
        #expect(reply.json["url"] == "https://new.example/")
        reply = await api.call("POST", "/\(id)", "{\"enabled\":false}")
        #expect(reply.json["enabled"] == false)
        #expect(reply.json["disabled_reason"] == .null)
        reply = await api.call("POST", "/\(id)", "{}")
        #expect(reply.json["enabled"] == false)
        #expect(await api.call("POST", "/\(id)", "{\"disabled_reason\":null}").status == 400)
    }

    @Test func `enabling forgets why it was disabled`() async throws {
        var endpoint = Sample.endpoint()
        _ = endpoint.record(.disableEndpoint, at: .start)
        try await api.bench.store.insert(endpoint)
        let before = await api.call("GET", "/\(endpoint.id)")
        #expect(before.json["disabled_reason"] == "the endpoint answered 410 Gone")
        let after = await api.call("POST", "/\(endpoint.id)", "{\"enabled\":true}")
        #expect(after.json["enabled"] == true)
        #expect(after.json["disabled_reason"] == .null)
        #expect(after.json["failing_since"] == .null)
    }

    @Test func `deleting is final`() async throws {
        let (id, _) = try await create()
        let reply = await api.call("DELETE", "/\(id)")
        #expect(reply.status == 204)
        #expect(await api.call("GET", "/\(id)").status == 404)
        #expect(await api.call("DELETE", "/\(id)").status == 404)
        #expect(await api.call("GET", "").json["data"] == [])
    }

    @Test func `rotating shows the new secret and keeps the old for a while`() async throws {
        let (id, made) = try await create()
        let old = try #require(made["secret"]?.stringValue)
        let reply = await api.call("POST", "/\(id)/rotate")
        #expect(reply.status == 200)
        let new = try #require(reply.json["secret"]?.stringValue)
        #expect(new != old)
        #expect(reply.json["old_secret_expires_at"] == "2026-01-02T00:00:00.000Z")
        let stored = try await api.bench.store.endpoints(app: nil)
        #expect(stored.first?.secrets == [Secret(new), Secret(old)])

        let hard = await api.call("POST", "/\(id)/rotate", "{\"overlap_seconds\":0}")
        #expect(hard.json["old_secret_expires_at"] == .null)
        #expect(try await api.bench.store.endpoints(app: nil).first?.secrets.count == 1)
    }

    @Test func `rotating again within the overlap keeps both up to five secrets`() async throws {
        let (id, made) = try await create()
        var secrets = [try #require(made["secret"]?.stringValue)]
        for _ in 0..<4 {
            let reply = await api.call("POST", "/\(id)/rotate", "{\"overlap_seconds\":3600}")
            #expect(reply.status == 200)
            secrets.insert(try #require(reply.json["secret"]?.stringValue), at: 0)
            let stored = try #require(try await api.bench.store.endpoints(app: nil).first)
            #expect(stored.secretsInForce(at: api.bench.clock.now).map { $0.reveal() } == secrets)
        }
        let refused = await api.call("POST", "/\(id)/rotate")
        #expect(refused.status == 409 && refused.json["code"] == "limit_reached")
        #expect(refused.json["detail"]?.stringValue?.contains("overlap_seconds 0") == true)
        let stored = try #require(try await api.bench.store.endpoints(app: nil).first)
        #expect(stored.secrets.map { $0.reveal() } == secrets, "a refused rotation changes nothing")
        #expect(await api.call("POST", "/\(id)/rotate", "{\"overlap_seconds\":0}").status == 200)
        #expect(await api.call("POST", "/\(id)/rotate").status == 200)
    }

    @Test(arguments: ["-1", "604801", "1.5", "\"60\"", "true"])
    func `overlap has limits`(_ overlap: String) async throws {
        let (id, made) = try await create()
        let reply = await api.call("POST", "/\(id)/rotate", "{\"overlap_seconds\":\(overlap)}")
        #expect(reply.status == 400)
        #expect(reply.json["errors"]?.arrayValue?.first?["pointer"] == "/overlap_seconds")
        let stored = try await api.bench.store.endpoints(app: nil)
        #expect(stored.first?.secrets.map { $0.reveal() } == [made["secret"]?.stringValue ?? ""])
    }

    @Test func `testing tells how it went`() async throws {
        let (id, _) = try await create()
        async let reply = api.call("POST", "/\(id)/test")
        let call = try await api.bench.transport.call()
        #expect(await api.call("POST", "/\(id)/test").status == 429)
        api.bench.clock.advance(to: .start.adding(milliseconds: 40))
        call.answer(500, body: "no")
        let result = await reply
        #expect(result.status == 200)
        #expect(result.json["delivered"] == false)
        #expect(result.json["status"] == 500)
        #expect(result.json["detail"] == "HTTP 500: no")
        #expect(result.json["milliseconds"] == 40)
        #expect(result.json["webhook_id"]?.stringValue == call.header("webhook-id"))
    }

    @Test func `a broken store is unavailable`() async throws {
        let (id, _) = try await create()
        api.bench.store.setBroken(true)
        for (method, target) in [("GET", ""), ("GET", "/\(id)"), ("DELETE", "/\(id)"), ("GET", "/\(id)/deliveries")] {
            #expect(await api.call(method, target).json["code"] == "unavailable")
        }
        #expect(await api.asAdmin("GET", "").json["code"] == "unavailable")
    }
}
