import CurlTransport
import Foundation
import Router
import Testing

@testable import Host

/// What strangers can use up: their own address's share, over real sockets, and nothing of anybody else's.
@Suite("Limited strangers", .timeLimit(.minutes(10)))
struct StrangerLimitTests {
    private static let stranger = "198.51.100.7"
    private static let payment: JSONValue = [
        "amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
    ]

    /// Asks over a socket, through a proxy on this machine that says for whom.
    private static func ask(
        _ router: RunningRouter, _ method: WireRequest.Method, _ path: String, from client: String,
        key: String? = nil, body: [UInt8] = [], type: String = "application/json"
    ) async throws -> WireReply {
        var headers: [WireRequest.Header] = [
            .init("X-Forwarded-For", client), .init("Content-Type", type), .init("Idempotency-Key", UUID().uuidString),
        ]
        if let key { headers.append(.init("Authorization", "Bearer \(key)")) }
        return try await router.host.transport.ask(
            WireRequest(
                method, "http://127.0.0.1:\(router.host.options.port)" + path, headers: headers, body: body),
            terms: AskTerms(scope: ConnectionScope(owner: "test \(client)"))
        ).get()
    }

    private static func pay(_ router: RunningRouter, from client: String) async throws -> WireReply {
        try await ask(
            router, .post, "/v1/payments", from: client, key: KeyRing.demoKey, body: payment.serialized())
    }

    @Test
    func `a stranger's flood is refused; a shop pays meanwhile, elsewhere and behind the same address`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        let flood = Task {
            var (statuses, refusal): ([Int: Int], WireReply?) = ([:], nil)
            await withTaskGroup(of: [WireReply].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var replies: [WireReply] = []
                        for _ in 0..<60 {
                            let reply = try? await Self.ask(router, .get, "/v1/payments/x/qr.svg", from: Self.stranger)
                            if let reply { replies.append(reply) }
                        }
                        return replies
                    }
                }
                for await replies in group {
                    for reply in replies { statuses[reply.status, default: 0] += 1 }
                    refusal = refusal ?? replies.first { $0.status == 429 }
                }
            }
            return (statuses, refusal)
        }
        for client in ["203.0.113.5", Self.stranger, "203.0.113.5", Self.stranger] {
            let paid = try await Self.pay(router, from: client)
            #expect(paid.status == 201, "\(client): \(paid.status)")
            #expect(
                paid.header("ratelimit-policy")
                    == "\"default\";q=5000;w=1, \"concurrent\";q=2048;qu=\"concurrent-requests\"")
            #expect(paid.header("ratelimit")?.hasPrefix("\"default\";r=4999;t=1") == true)
        }
        let (statuses, refusal) = await flood.value
        #expect(Set(statuses.keys) == [404, 429] && statuses[404, default: 0] >= 100, "\(statuses)")
        let refused = try #require(refusal)
        let problem = try StrictJSON.parse(refused.body)
        #expect(problem["code"] == "rate_limited" && problem["limit"] == "qr")
        #expect(problem["outcome"] == "not_executed" && problem["retryable"] == true)
        let wait = try #require(refused.header("retry-after").flatMap { Int($0) })
        #expect((1...2).contains(wait) && refused.header("ratelimit") == "\"default\";r=0;t=\(wait)")
        #expect(refused.header("ratelimit-policy") == "\"default\";q=100;w=5")
        // Limited still, and the shop behind the very address is not.
        #expect([201, 202].contains(try await Self.pay(router, from: Self.stranger).status))
        #expect(await router.metrics.contains("payrouter_requests_limited_total{limit=\"qr\"}"))
        #expect(router.logs.text.contains("\"who\":\"198.51.100.0/24\"") && !router.logs.text.contains(Self.stranger))
        await router.stop()
    }

    @Test
    func `keys are not tried without end, and whoever has one is let in wherever others try`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        let made = await router.admin("POST", "/apps", ["name": "Shop", "environment": "sandbox"]).json
        let key = try #require(made["new_keys"]?.arrayValue?.first?.stringValue)
        var statuses: [Int: Int] = [:]
        for number in 0..<60 {
            let wrong = "sk_sandbox_" + String(repeating: "z", count: 50) + "\(number)"
            let reply = try await Self.ask(router, .get, "/v1/payments", from: Self.stranger, key: wrong)
            statuses[reply.status, default: 0] += 1
        }
        #expect(Set(statuses.keys) == [401, 429] && (20...30).contains(statuses[401, default: 0]), "\(statuses)")
        for valid in [key, KeyRing.demoKey, key] {
            #expect(try await Self.ask(router, .get, "/v1/payments", from: Self.stranger, key: valid).status == 200)
        }
        let elsewhere = try await Self.ask(router, .get, "/v1/payments", from: "203.0.113.9", key: "sk_sandbox_nobody1")
        #expect(elsewhere.status == 401)
        await router.stop()
    }

    @Test
    func `a public key makes as many payments as one address, or as the key, may`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        // At once, because on a slow machine one after the other is slower than the limit.
        func begin(_ count: Int, from client: @escaping @Sendable (Int) -> String) async -> [Int: Int] {
            await withTaskGroup(of: Int.self) { group in
                for number in 0..<count {
                    group.addTask {
                        let nonce = UUID().uuidString.lowercased().filter { $0 != "-" }
                        let form = "key=\(KeyRing.demoPublishableKey)&amount=5000&currency=XOF&nonce=\(nonce)"
                        return await router.call(
                            "POST", "/checkout", bytes: Array(form.utf8), key: nil,
                            type: "application/x-www-form-urlencoded", peer: client(number)
                        ).status
                    }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
        }
        let began = router.host.time.now
        let one = await begin(100) { _ in Self.stranger }
        let seconds = Int(router.host.time.now.milliseconds(since: began) / 1_000) + 1
        #expect(one[303, default: 0] > 0 && one[303, default: 0] <= 30 + 10 * seconds, "\(one)")
        #expect(one[429, default: 0] > 0, "\(one)")
        let start = router.host.time.now
        let many = await begin(400) { "203.0.\($0 / 200).\($0 % 200)" }
        let span = Int(router.host.time.now.milliseconds(since: start) / 1_000) + 1
        #expect(many[303, default: 0] <= 100 + 50 * span, "\(many)")
        // With so many at once some find no room to be accepted.
        #expect(Set(many.keys).isSubset(of: [303, 429, 503]) && many[429, default: 0] > 0, "\(many)")
        await router.stop()
    }

    @Test
    func `a link asks the operator once in a step of its ladder, however often it is clicked`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        let made = await router.create(["amount": 5_000, "currency": "XOF", "hosted": true]).json
        let url = try #require(made["hosted_url"]?.stringValue)
        let path = "/pay/\(made["id"]?.stringValue ?? "")"
        let query = String(url.drop { $0 != "?" })
        func post(_ form: String, _ text: String) async -> RunningRouter.Answer {
            await router.call(
                "POST", "\(path)/\(form)\(query)", bytes: Array(text.utf8), key: nil,
                type: "application/x-www-form-urlencoded", peer: Self.stranger)
        }
        #expect(await post("choose", "channel=tmoney&phone=%2B22890778899").status == 303)
        // A wish that meets work on the payment takes what comes of that.
        while router.host.engine.activeWork > 0 {
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 20))
        }
        let before = try await router.sandboxRequests("status")
        let began = router.host.time.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { #expect(await post("check", "").status == 303) } }
        }
        let asked = try await router.sandboxRequests("status") - before
        // The first steps are half a second or longer: one question each for a wish, and one for the timer.
        let seconds = router.host.time.now.milliseconds(since: began) / 1_000
        #expect(asked >= 1 && asked <= 4 * (seconds + 1), "\(asked) in \(seconds) s")
        let id = made["id"]?.stringValue ?? ""
        let again = await router.call("POST", "/v1/payments/\(id)/check")
        #expect(again.status == 200)
        await router.stop()
    }

    @Test
    func `four streams of a link, then the page reads itself anew; closed ones make room`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        let made = await router.create(["amount": 5_000, "currency": "XOF", "hosted": true]).json
        let id = made["id"]?.stringValue ?? ""
        let token = String(made["hosted_url"]?.stringValue?.split(separator: "=").last ?? "")
        func open() async -> APIResponse {
            await router.host.dispatcher.respond(
                to: APIRequest(
                    method: "GET", path: "/pay/\(id)/events", query: "t=\(token)", headers: [], body: [],
                    peer: Self.stranger, id: RequestID(at: router.host.time.now, from: SystemRandom())))
        }
        var held: [APIResponse] = []
        for _ in 0..<4 { held.append(await open()) }
        #expect(held.allSatisfy { $0.status == 200 && $0.stream != nil })
        let fifth = await open()
        #expect(fifth.status == 429 && fifth.headers.contains { $0.name == "retry-after" })
        // The page itself is there for polling.
        let page = await router.call("GET", "/pay/\(id)?t=\(token)", bytes: [], key: nil, peer: Self.stranger)
        #expect(page.status == 200)
        #expect(Resources.Pay.pageJS.contains("readyState === 2) poll()"))
        held.removeLast()
        #expect(await open().status == 200, "given back by whoever went away")
        await router.stop()
    }

    @Test
    func `forged notifications are refused after a while, the operator's own never`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        var statuses: [Int: Int] = [:]
        for number in 0..<200 {
            let answer = await router.call(
                "POST", "/callbacks/mtn-cm/nothing\(number)", bytes: Array("{".utf8), key: nil, peer: Self.stranger)
            statuses[answer.status, default: 0] += 1
        }
        #expect(statuses[429, default: 0] >= 100, "\(statuses)")
        // Listed at this provider: not limited, whatever comes.
        for _ in 0..<200 {
            let answer = await router.call(
                "GET", "/callbacks/tmoney-online-tg?status=x", bytes: [], key: nil, type: nil, peer: "127.0.0.1")
            #expect(answer.status != 429)
        }
        let paid = await router.create(Self.payment)
        let end = await router.follow(paid.json["id"]?.stringValue ?? "") { $0["status"] == "succeeded" }
        #expect(end["status"] == "succeeded")
        await router.stop()
    }
}
