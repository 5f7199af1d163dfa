import Foundation
import Router
import Testing

@testable import Host

/// Transfers between operators and wallets over HTTP, through the sandbox operators.
@Suite("Transfers", .timeLimit(.minutes(10))) struct TransferTests {
    /// Who sends from one operator to another, and what is expected.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var from: (channel: String, phone: String)
        var to: (channel: String, phone: String)
        var status: String
        var certainty = "confirmed"
        var roles: [String]
        var failure: String?

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "both succeed", from: ("tmoney", "+22890000001"), to: ("flooz", "+22898000001"),
            status: "succeeded", roles: ["debit", "credit"]),
        Case(
            name: "the debit succeeds later", from: ("tmoney", "+22890000002"), to: ("tmoney", "+22890000001"),
            status: "succeeded", roles: ["debit", "credit"]),
        Case(
            name: "the answer to the debit is lost, executed", from: ("tmoney", "+22890000006"),
            to: ("flooz", "+22898000001"), status: "succeeded", roles: ["debit", "credit"]),
        Case(
            name: "the answer to the credit is lost, executed", from: ("tmoney", "+22890000001"),
            to: ("tmoney", "+22890000006"), status: "succeeded", roles: ["debit", "credit"]),
        Case(
            name: "the debit is refused", from: ("tmoney", "+22890000003"), to: ("flooz", "+22898000001"),
            status: "failed", roles: ["debit"], failure: "declined"),
        Case(
            name: "the credit is refused", from: ("flooz", "+22899000001"), to: ("tmoney", "+22890000004"),
            status: "failed", roles: ["debit", "credit", "compensation"], failure: "not_delivered"),
        Case(
            name: "the answer to the debit is lost, nothing executed", from: ("tmoney", "+22890000007"),
            to: ("flooz", "+22898000001"), status: "under_review", certainty: "unknown", roles: ["debit"]),
        Case(
            name: "the answer to the credit is lost, nothing executed", from: ("tmoney", "+22890000001"),
            to: ("tmoney", "+22890000007"), status: "under_review", certainty: "unknown", roles: ["debit", "credit"]),
    ]

    @Test
    func `from operator to operator each ending is told, and suspense holds only what is on its way`() async throws {
        let router = try await RunningRouter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for one in Self.cases { group.addTask { try await Self.play(one, on: router) } }
            try await group.waitForAll()
        }
        let books = try await router.entries()
        #expect(books.values.allSatisfy { $0 == 1 }, "nothing was executed twice: \(books)")
        try await router.expectBooks()
        await router.stop()
    }

    private static func play(_ one: Case, on router: RunningRouter) async throws {
        let sent = await router.transfer(
            between(one.from, one.to, 5_000, more: ["description": "rent", "reference": .string(one.name)]))
        #expect(sent.status == 201 || sent.status == 202, "\(one.name): \(sent.json.jsonText)")
        #expect(sent.json["fee"] == 100 && sent.json["sender_pays"] == 5_100 && sent.json["recipient_gets"] == 5_000)
        let id = try #require(sent.json["id"]?.stringValue)
        let ended = await router.followTransfer(id, polls: 60) {
            $0["status"] == .string(one.status) && $0["certainty"] == .string(one.certainty)
        }
        #expect(ended["status"] == .string(one.status), "\(one.name): \(ended.jsonText)")
        let roles = ended["legs"]?.arrayValue?.compactMap { $0["role"]?.stringValue }
        #expect(roles == one.roles, "\(one.name): \(ended.jsonText)")
        #expect(ended["failure"]?["code"]?.stringValue == one.failure, "\(one.name): \(ended.jsonText)")
        let isOnItsWay = one.status == "under_review" && one.roles.count > 1
        #expect(try await router.suspense(id) == (isOnItsWay ? 5_100 : 0), "\(one.name)")
        for phone in [one.from.phone, one.to.phone] {
            #expect(!ended.jsonText.contains(phone.dropFirst()), "\(one.name): a phone number in clear")
        }
    }

    @Test
    func `between wallets a transfer is one step, and a replay is the same`() async throws {
        let router = try await RunningRouter()
        let (from, to) = (try await router.wallet(10_000), try await router.wallet())
        let key = RunningRouter.fresh()
        let body = Self.inside(from, to, 2_000)
        let sent = await router.transfer(body, key: key)
        #expect(sent.status == 201 && sent.json["status"] == "succeeded" && sent.json["phase"] == "done")
        #expect(sent.json["fee"] == 70 && sent.json["legs"]?.arrayValue?.isEmpty == true, "\(sent.json.jsonText)")
        let again = await router.transfer(body, key: key)
        #expect(again.json["id"] == sent.json["id"] && again.header("idempotent-replayed") == "true")
        let other = await router.transfer(Self.inside(from, to, 2_001), key: key)
        #expect(other.status == 422 && other.json["code"] == "idempotency_key_reused")
        #expect(await router.balance(from) == (7_930, 0, 7_930))
        #expect(await router.balance(to) == (2_000, 0, 2_000))
        let lines = await router.call("GET", "/v1/wallets/\(from)/history").json["data"]?.arrayValue ?? []
        #expect(lines.compactMap { $0["category"]?.stringValue } == ["fee", "transfer", "top_up"], "\(lines)")
        #expect(lines.compactMap { $0["balance"]?.integerValue } == [7_930, 8_000, 10_000])
        let tooMuch = await router.transfer(Self.inside(from, to, 7_900))
        #expect(tooMuch.status == 422 && tooMuch.json["code"] == "insufficient_funds")
        await router.stop()
    }

    @Test
    func `of two hundred at once out of a wallet that covers ten exactly ten move`() async throws {
        let router = try await RunningRouter()
        let (from, to) = (try await router.wallet(10_600), try await router.wallet())
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<200 {
                group.addTask { await router.transfer(Self.inside(from, to, 1_000)).status }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [201: 10, 422: 190])
        #expect(await router.balance(from) == (0, 0, 0))
        #expect(await router.balance(to) == (10_000, 0, 10_000))
        await router.stop()
    }

    @Test
    func `a wallet sends to an operator and gets from one`() async throws {
        let router = try await RunningRouter()
        let wallet = try await router.wallet(10_000)
        let out = await router.transfer([
            "from": ["wallet": .string(wallet)], "to": ["channel": "flooz", "phone": "+22898000001"],
            "amount": 3_000, "currency": "XOF", "fee": "recipient",
        ])
        #expect(out.json["sender_pays"] == 3_000 && out.json["recipient_gets"] == 2_920, "\(out.json.jsonText)")
        let sent = await router.followTransfer(out.json["id"]?.stringValue ?? "")
        #expect(sent["status"] == "succeeded", "\(sent.jsonText)")
        #expect(await router.balance(wallet) == (7_000, 0, 7_000))
        let into = await router.transfer([
            "from": ["channel": "tmoney", "phone": "+22890000001"], "to": ["wallet": .string(wallet)],
            "amount": 1_000, "currency": "XOF",
        ])
        _ = await router.followTransfer(into.json["id"]?.stringValue ?? "")
        #expect(await router.balance(wallet) == (8_000, 0, 8_000))
        let refused = await router.transfer([
            "from": ["wallet": .string(wallet)], "to": ["channel": "tmoney", "phone": "+22890000004"],
            "amount": 1_000, "currency": "XOF",
        ])
        let back = await router.followTransfer(refused.json["id"]?.stringValue ?? "")
        #expect(back["status"] == "failed", "\(back.jsonText)")
        #expect(await router.balance(wallet) == (8_000, 0, 8_000))
        await router.stop()
    }

    @Test
    func `a transfer is cancelled before the debit, and not after it`() async throws {
        let router = try await RunningRouter()
        let waiting = await router.transfer(
            Self.between(("tmoney", "+22890000005"), ("flooz", "+22898000001"), 1_000))
        let path = "/v1/transfers/\(waiting.json["id"]?.stringValue ?? "")"
        #expect(waiting.json["phase"] == "debiting", "\(waiting.json.jsonText)")
        let wished = await router.call("POST", path + "/cancel")
        #expect(wished.status == 200 && wished.json["cancel_requested"] == true, "\(wished.json.jsonText)")
        let (from, to) = (try await router.wallet(5_000), try await router.wallet())
        let done = await router.transfer(Self.inside(from, to, 1_000))
        let refused = await router.call("POST", "/v1/transfers/\(done.json["id"]?.stringValue ?? "")/cancel")
        #expect(refused.status == 409 && refused.json["code"] == "payment_state_conflict", "\(refused.json.jsonText)")
        let open = await router.transfer(Self.between(("tmoney", "+22890000001"), ("tmoney", "+22890000007"), 1_000))
        // Until something was begun for the recipient, the money would go back.
        let crediting = await router.followTransfer(open.json["id"]?.stringValue ?? "") {
            $0["legs"]?.arrayValue?.count == 2
        }
        let late = await router.call("POST", "/v1/transfers/\(crediting["id"]?.stringValue ?? "")/cancel")
        #expect(late.status == 409, "\(late.json.jsonText)")
        #expect(late.json["detail"]?.stringValue?.contains("taken already") == true)
        await router.stop()
    }

    @Test
    func `a leg leads to its transfer, and a transfer's events and postings can be followed`() async throws {
        let router = try await RunningRouter()
        let sent = await router.transfer(Self.between(("tmoney", "+22890000001"), ("flooz", "+22898000001"), 1_000))
        let id = sent.json["id"]?.stringValue ?? ""
        let ended = await router.followTransfer(id)
        let legs = ended["legs"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
        #expect(legs.count == 2)
        for (leg, collection) in zip(legs, ["payments", "payouts"]) {
            let order = await router.call("GET", "/v1/\(collection)/\(leg)").json
            #expect(order["transfer"] == .string(id) && order["payment"] == nil, "\(order.jsonText)")
        }
        let lines = ended["timeline"]?.arrayValue ?? []
        #expect(
            lines.contains { $0["order"] == .string(legs[0]) } && lines.contains { $0["order"] == .string(legs[1]) })
        let events = await router.call("GET", "/v1/events?order=\(id)").json["data"]?.arrayValue ?? []
        #expect(events.contains { $0["type"] == "transfer.succeeded" }, "\(events)")
        let postings = await router.call("GET", "/v1/ledger/postings?order=\(id)").json["data"]?.arrayValue ?? []
        let suspense = JSONValue.string("suspense:\(id)")
        #expect(postings.count == 3, "\(postings)")
        let into = postings.filter { $0["credit"] == suspense }.compactMap { $0["amount"]?.integerValue }
        let out = postings.filter { $0["debit"] == suspense }.compactMap { $0["amount"]?.integerValue }
        #expect(into == [1_060] && out.reduce(0, +) == 1_060, "\(postings)")
        await router.stop()
    }

    static func between(
        _ from: (channel: String, phone: String), _ to: (channel: String, phone: String), _ units: Int64,
        more: [String: JSONValue] = [:]
    ) -> JSONValue {
        var body = JSONObject([
            .init("from", ["channel": .string(from.channel), "phone": .string(from.phone)]),
            .init("to", ["channel": .string(to.channel), "phone": .string(to.phone)]),
            .init("amount", JSONValue(units)), .init("currency", "XOF"),
        ])
        for (name, value) in more { body[name] = value }
        return .object(body)
    }

    static func inside(_ from: String, _ to: String, _ units: Int64) -> JSONValue {
        [
            "from": ["wallet": .string(from)], "to": ["wallet": .string(to)], "amount": JSONValue(units),
            "currency": "XOF",
        ]
    }
}
