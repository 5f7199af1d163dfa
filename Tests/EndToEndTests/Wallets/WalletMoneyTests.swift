import Foundation
import Router
import Testing

@testable import Host

/// Money into wallets, between them, and out again, through the sandbox operators.
@Suite("Money of wallets", .timeLimit(.minutes(10))) struct WalletMoneyTests {
    @Test
    func `a payment whose destination is a wallet tops it up, and a read after it shows it`() async throws {
        let router = try await RunningRouter()
        let wallet = try await router.wallet()
        let payment = try await router.topUp(wallet, 5_000)
        #expect(payment["status"] == "succeeded" && payment["destination"]?["wallet"] == .string(wallet))
        #expect(await router.balance(wallet) == (5_000, 0, 5_000))
        let history = await router.call("GET", "/v1/wallets/\(wallet)/history").json["data"]?.arrayValue ?? []
        #expect(history.count == 1)
        #expect(history.first?["category"] == "top_up" && history.first?["amount"] == 5_000)
        #expect(history.first?["order"] == payment["id"] && history.first?["counterparty"]?["name"] == "tmoney-tg")
        await router.stop()
    }

    @Test
    func `a payment by wallet is taken at once, refused without money, and refunded`() async throws {
        let router = try await RunningRouter()
        let wallet = try await router.wallet(5_000)
        let paid = await router.create(Self.byWallet(wallet, 2_000))
        #expect(paid.status == 201 && paid.json["status"] == "succeeded" && paid.json["channel"] == "wallet")
        #expect(paid.json["source"]?["wallet"] == .string(wallet))
        #expect(await router.balance(wallet) == (3_000, 0, 3_000))
        let refused = await router.create(Self.byWallet(wallet, 3_001))
        #expect(refused.status == 201 && refused.json["status"] == "failed")
        #expect(refused.json["failure"]?["code"] == "insufficient_funds")
        let id = try #require(paid.json["id"]?.stringValue)
        let refund = await router.call(
            "POST", "/v1/payments/\(id)/refunds", ["amount": 500], idempotencyKey: RunningRouter.fresh())
        #expect(refund.status == 201 && refund.json["status"] == "succeeded", "\(refund.json.jsonText)")
        #expect(await router.balance(wallet) == (3_500, 0, 3_500))
        let history = await router.call("GET", "/v1/wallets/\(wallet)/history").json["data"]?.arrayValue ?? []
        #expect(history.compactMap { $0["category"]?.stringValue } == ["refund", "payment", "top_up"])
        #expect(history.compactMap { $0["balance"]?.integerValue } == [3_500, 3_000, 5_000])
        #expect(history.compactMap { $0["amount"]?.integerValue } == [500, -2_000, 5_000])
        #expect(try await router.entries().count == 1, "no operator was asked for more than the top-up")
        await router.stop()
    }

    @Test
    func `money of a wallet is held, captured in part, and released`() async throws {
        let router = try await RunningRouter()
        let wallet = try await router.wallet(5_000)
        let held = await router.create(Self.byWallet(wallet, 2_000, captures: false)).json
        #expect(held["status"] == "authorized")
        #expect(await router.balance(wallet) == (5_000, 2_000, 3_000))
        let path = "/v1/payments/\(held["id"]?.stringValue ?? "")"
        let captured = await router.call(
            "POST", path + "/capture", ["amount": 1_500], idempotencyKey: RunningRouter.fresh())
        #expect(captured.status == 200 && captured.json["amount_collected"] == 1_500, "\(captured.json.jsonText)")
        #expect(await router.balance(wallet) == (3_500, 0, 3_500))
        let second = await router.create(Self.byWallet(wallet, 3_000, captures: false)).json
        let cancelled = await router.call("POST", "/v1/payments/\(second["id"]?.stringValue ?? "")/cancel")
        #expect(cancelled.json["status"] == "cancelled", "\(cancelled.json.jsonText)")
        #expect(await router.balance(wallet) == (3_500, 0, 3_500))
        await router.stop()
    }

    @Test
    func `a payout takes from a wallet what it covers, gives back what is refused, and pays into wallets`() async throws
    {
        let router = try await RunningRouter()
        let (wallet, other) = (try await router.wallet(5_000), try await router.wallet())
        let out = await Self.payOut(router, 2_000, from: wallet, "+22890000001")
        #expect(out.status == 201 && out.json["source"]?["wallet"] == .string(wallet), "\(out.json.jsonText)")
        let ended = await router.follow(path: "/v1/payouts/\(out.json["id"]?.stringValue ?? "")", polls: 12) {
            $0["status"] == "succeeded"
        }
        #expect(ended["status"] == "succeeded")
        #expect(await router.balance(wallet) == (3_000, 0, 3_000))
        let tooMuch = await Self.payOut(router, 3_001, from: wallet, "+22890000001")
        #expect(tooMuch.status == 422 && tooMuch.json["code"] == "insufficient_funds")
        let declined = await Self.payOut(router, 1_000, from: wallet, "+22890000004").json
        _ = await router.follow(path: "/v1/payouts/\(declined["id"]?.stringValue ?? "")", polls: 12) {
            $0["status"] == "failed"
        }
        #expect(await router.balance(wallet) == (3_000, 0, 3_000))
        let inside = await router.call(
            "POST", "/v1/payouts",
            [
                "amount": 700, "currency": "XOF", "party": ["wallet": .string(other)],
                "source": ["wallet": .string(wallet)],
            ], idempotencyKey: RunningRouter.fresh())
        #expect(inside.status == 201 && inside.json["status"] == "succeeded", "\(inside.json.jsonText)")
        #expect(inside.json["party"]?["wallet"] == .string(other))
        #expect(await router.balance(other) == (700, 0, 700))
        await router.stop()
    }

    /// While the end of a payout is not known, its money may be gone.
    @Test
    func `a cash-out whose answer is lost keeps its money held until its end is known`() async throws {
        let router = try await RunningRouter()
        let wallet = try await router.wallet(5_000)
        let lost = await Self.payOut(router, 2_000, from: wallet, "+22890000006").json
        let executed = await router.follow(path: "/v1/payouts/\(lost["id"]?.stringValue ?? "")", polls: 30) {
            $0["status"] == "succeeded"
        }
        #expect(executed["status"] == "succeeded")
        #expect(await router.balance(wallet) == (3_000, 0, 3_000))
        let open = await Self.payOut(router, 1_000, from: wallet, "+22890000007").json
        let review = await router.follow(path: "/v1/payouts/\(open["id"]?.stringValue ?? "")", polls: 40) {
            $0["status"] == "under_review"
        }
        #expect(review["certainty"] == "unknown")
        #expect(await router.balance(wallet) == (3_000, 1_000, 2_000))
        await router.stop()
    }

    @Test
    func `a wallet is a channel among the others, and a route to it is explained`() async throws {
        let router = try await RunningRouter()
        let list = await router.call("GET", "/v1/channels?currency=XOF&amount=500").json["data"]?.arrayValue ?? []
        let wallet = try #require(list.first { $0["channel"] == "wallet" }, "\(list)")
        #expect(wallet["providers"]?.arrayValue?.first?["requires"] == ["wallet"], "\(wallet.jsonText)")
        let id = "wal_01JD3K0000PPPPPPPPPPPPPPPP"
        let route = await router.call(
            "POST", "/v1/routes/explain", ["amount": 500, "currency": "XOF", "source": ["wallet": .string(id)]])
        #expect(route.json["plan"] == [["provider": "wallet", "channel": "wallet"]], "\(route.json.jsonText)")
        let without = await router.create(["amount": 500, "currency": "XOF", "channel": "wallet"])
        #expect(without.json["status"] == "awaiting_customer", "it waits for a holder: \(without.json.jsonText)")
        #expect(without.json["hosted_url"]?.stringValue != nil && without.json["source"] == nil)
        let paying = await router.call(
            "POST", "/v1/payouts", ["amount": 500, "currency": "XOF", "channel": "wallet", "party": [:]],
            idempotencyKey: RunningRouter.fresh())
        #expect(paying.json["errors"]?.arrayValue?.first?["pointer"] == "/party/wallet", "\(paying.json.jsonText)")
        await router.stop()
    }

    private static func byWallet(_ wallet: String, _ units: Int64, captures: Bool = true) -> JSONValue {
        [
            "amount": JSONValue(units), "currency": "XOF", "source": ["wallet": .string(wallet)],
            "capture": .bool(captures),
        ]
    }

    private static func payOut(
        _ router: RunningRouter, _ units: Int64, from wallet: String, _ phone: String
    ) async -> RunningRouter.Answer {
        await router.call(
            "POST", "/v1/payouts",
            [
                "amount": JSONValue(units), "currency": "XOF", "channel": "tmoney", "party": ["phone": .string(phone)],
                "source": ["wallet": .string(wallet)],
            ], idempotencyKey: RunningRouter.fresh())
    }
}
