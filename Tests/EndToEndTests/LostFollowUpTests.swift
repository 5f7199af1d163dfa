import Foundation
import Router
import Testing

@testable import Host

/// Captures, releases and refunds whose answer was lost after the operator executed them: the operator is asked about the
/// payment, by its own id.
@Suite("Captures, releases and refunds whose answer is lost", .timeLimit(.minutes(10)))
struct LostFollowUpTests {
    private static func fresh() -> String { UUID().uuidString }

    private static let card: JSONValue = [
        "amount": 5_000, "currency": "USD", "channel": "card", "source": ["token": "tok_visa"], "capture": false,
    ]
    private static let flouci: JSONValue = [
        "amount": 1_001, "currency": "TND", "channel": "flouci", "capture": false,
        "return_urls": ["success": "https://shop.example/s", "failure": "https://shop.example/f"],
    ]

    private func hold(_ body: JSONValue, _ router: RunningRouter) async throws -> String {
        let made = await router.create(body)
        let id = try #require(made.json["id"]?.stringValue, "\(made.json.jsonText)")
        var payer = SandboxPayer(on: router)
        let held = await payer.follow(made.json, path: "/v1/payments/\(id)", polls: 20) { $0["status"] == "authorized" }
        #expect(held["status"] == "authorized", "\(held.jsonText)")
        return id
    }

    private func lose(_ operation: String, at name: String, _ more: JSONValue, _ router: RunningRouter) async {
        var fault = more.objectValue ?? JSONObject()
        fault["operator"] = .string(name)
        fault["operation"] = .string(operation)
        fault["count"] = 1
        #expect(await router.sandbox("PUT", "/_faults", .object(fault)) == 200)
    }

    private static let lost: [JSONValue] = [
        ["fault": "drop_after"], ["fault": "garbage"], ["fault": "status", "status": 500, "executes": true],
        ["fault": "status", "status": 400, "executes": true], ["fault": "status", "status": 401, "executes": true],
    ]

    @Test(arguments: ["flouci", "card"], lost)
    func `a capture is asked about`(_ name: String, _ fault: JSONValue) async throws {
        let router = try await RunningRouter()
        let id = try await hold(name == "card" ? Self.card : Self.flouci, router)
        await lose("capture", at: name, fault, router)
        _ = await router.call("POST", "/v1/payments/\(id)/capture", [:], idempotencyKey: Self.fresh())
        let ended = await router.follow(id, polls: 20) { $0["status"] == "succeeded" }
        #expect(ended["status"] == "succeeded" && ended["certainty"] == "confirmed", "\(ended.jsonText)")
        #expect(ended["amount_collected"] == ended["amount"])
        #expect(try await router.entries().values.reduce(0, +) == 1)
        await router.stop()
    }

    /// Begun in a browser, and captured by the shop's acceptance.
    @Test func `a capture by acceptance is asked about`() async throws {
        let router = try await RunningRouter()
        var body = Self.flouci.objectValue ?? JSONObject()
        body["capture"] = nil
        let made = await router.call(
            "POST", "/v1/payments", .object(body), key: KeyRing.demoPublishableKey, idempotencyKey: Self.fresh())
        guard made.status < 300, let id = made.json["id"]?.stringValue else {
            // Where a publishable key opens no payment by itself, the checkout's own tests say so.
            await router.stop()
            return
        }
        var payer = SandboxPayer(on: router)
        _ = await payer.follow(made.json, path: "/v1/payments/\(id)", polls: 20) {
            $0["status"] == "awaiting_acceptance"
        }
        await lose("capture", at: "flouci", ["fault": "drop_after"], router)
        _ = await router.call(
            "POST", "/v1/payments/\(id)/accept", ["amount": 1_001, "currency": "TND"], idempotencyKey: Self.fresh())
        let ended = await payer.follow(made.json, path: "/v1/payments/\(id)", polls: 20) { $0["status"] == "succeeded" }
        #expect(ended["status"] == "succeeded", "\(ended.jsonText)")
        await router.stop()
    }

    @Test func `a release is asked about where the operator tells`() async throws {
        let router = try await RunningRouter()
        let id = try await hold(Self.card, router)
        await lose("void", at: "card", ["fault": "drop_after"], router)
        _ = await router.call("POST", "/v1/payments/\(id)/cancel")
        let ended = await router.follow(id, polls: 20) { $0["status"] == "cancelled" }
        #expect(ended["status"] == "cancelled", "\(ended.jsonText)")
        #expect(try await router.books().isEmpty)
        await router.stop()
    }

    /// Flouci does not tell that it released; that it still holds, it does.
    ///
    /// People get the id it knows.
    @Test func `a release that nobody tells of names the payment to people`() async throws {
        let router = try await RunningRouter()
        let id = try await hold(Self.flouci, router)
        await lose("void", at: "flouci", ["fault": "drop_before"], router)
        _ = await router.call("POST", "/v1/payments/\(id)/cancel")
        let waiting = await router.follow(id, polls: 20) { $0["status"] == "under_review" }
        let void = try #require(waiting["review"]?["order"]?.stringValue, "\(waiting.jsonText)")
        #expect(waiting["related"]?.arrayValue?.first?["id"] == .string(void))
        let list = await router.call("GET", "/v1/payments?review=open").json
        #expect(list["data"]?.arrayValue?.map { $0["id"] } == [.string(id)])
        let known = try #require(waiting["attempts"]?.arrayValue?.first?["operator_reference"]?.stringValue)
        let whole = await router.admin("GET", "/reviews/\(void)").json
        #expect(whole["question"]?.stringValue?.contains(known) == true, "\(whole.jsonText)")
        #expect(whole["original"]?["operator_reference"] == .string(known))
        #expect(whole["next_step"]?.stringValue?.hasPrefix("flouci-tn is asked again") == true)
        #expect(ReviewText.whole(whole).contains(known))
        // Under the payment's own id people are told where to look.
        let elsewhere = await router.admin("GET", "/reviews/\(id)")
        #expect(elsewhere.status == 409 && elsewhere.json["detail"]?.stringValue?.contains(void) == true)
        // A wish to ask reaches it.
        func checks() async -> Int64 {
            let shown = await router.control("/orders/\(void)")
            return shown["attempts"]?.arrayValue?.first?["checks"]?.integerValue ?? 0
        }
        let before = await checks()
        var isReached = false
        for _ in 0..<50 where !isReached {
            let answer = await router.call("POST", "/v1/payments/\(id)/check")
            #expect(answer.status == 200)
            // If the timer has just asked about it, the answer says when a wish counts again.
            let isAskedAlready = answer.header("retry-after") != nil
            isReached = isAskedAlready ? true : await checks() > before
        }
        #expect(isReached)
        // Two people end it, and the payment's review with it.
        let (anna, ben) = (await router.addPerson("anna"), await router.addPerson("ben"))
        for (person, token) in [("anna", anna), ("ben", ben)] {
            let signed = await router.sign(void, "executed", as: person, token: token, reference: "REL-1")
            #expect(signed.status == 200, "\(signed.json.jsonText)")
        }
        let ended = await router.call("GET", "/v1/payments/\(id)").json
        #expect(ended["status"] == "cancelled" && ended["review"] == .null)
        await router.stop()
    }

    @Test func `a refund is asked about`() async throws {
        let router = try await RunningRouter()
        var body = Self.card.objectValue ?? JSONObject()
        body["capture"] = nil
        let id = try #require(await router.create(.object(body)).json["id"]?.stringValue)
        await lose("refund", at: "card", ["fault": "drop_after"], router)
        let refund = await router.call(
            "POST", "/v1/payments/\(id)/refunds", ["amount": 700], idempotencyKey: Self.fresh()
        ).json
        let path = "/v1/refunds/" + (refund["id"]?.stringValue ?? "")
        #expect(await router.follow(path: path, polls: 20) { $0["status"] == "succeeded" }["status"] == "succeeded")
        await router.stop()
    }
}
