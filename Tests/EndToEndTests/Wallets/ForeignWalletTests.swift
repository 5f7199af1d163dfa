import Foundation
import Router
import Testing

@testable import Host

/// Nobody sees or moves what is another app's, and no browser's key does anything here.
@Suite("Wallets and transfers of other apps", .timeLimit(.minutes(10))) struct ForeignWalletTests {
    @Test
    func `every new call takes another app's ids for ids that do not exist`() async throws {
        let router = try await RunningRouter()
        let theirs = try await router.wallet(5_000)
        let target = try await router.wallet()
        let sent = await router.transfer(TransferTests.inside(theirs, target, 1_000)).json["id"]?.stringValue ?? ""
        let (key, app) = try await router.otherApp()
        let mine = try #require(
            await router.call(
                "POST", "/v1/wallets", ["owner": "app", "currency": "XOF"], key: key,
                idempotencyKey: RunningRouter.fresh()
            ).json["id"]?.stringValue)
        for (method, path, body) in [
            ("GET", "/v1/wallets/\(theirs)", nil), ("GET", "/v1/wallets/\(theirs)/history", nil),
            ("GET", "/v1/wallets/\(theirs)/history?format=csv", nil), ("POST", "/v1/wallets/\(theirs)/freeze", nil),
            ("POST", "/v1/wallets/\(theirs)/unfreeze", nil), ("POST", "/v1/wallets/\(theirs)/close", nil),
            ("PUT", "/v1/wallets/\(theirs)/limits", [:]), ("GET", "/v1/transfers/\(sent)", nil),
            ("POST", "/v1/transfers/\(sent)/cancel", nil), ("GET", "/v1/ledger/postings?order=\(sent)", nil),
            ("GET", "/v1/ledger/postings?account=wallet:\(theirs)&currency=XOF", nil),
            ("GET", "/v1/ledger/postings?account=unclaimed:\(theirs)&currency=XOF", nil),
            ("GET", "/v1/ledger/postings?account=suspense:\(sent)&currency=XOF", nil),
            ("GET", "/v1/ledger/postings?account=fees:transfers&currency=XOF", nil),
            ("GET", "/v1/ledger/postings?account=operator:tmoney-tg&currency=XOF", nil),
            ("GET", "/v1/ledger/postings?account=limit:\(theirs):transfer:amount&currency=XOF", nil),
            ("GET", "/v1/ledger/postings?account=adjustments:by_hand&currency=XOF", nil),
        ] as [(String, String, JSONValue?)] {
            let answer = await router.call(method, path, body, key: key)
            #expect(answer.status == 404 && answer.json["code"] == "not_found", "\(method) \(path): \(answer.status)")
        }
        let demo = try #require(await router.call("GET", "/v1/ledger/accounts").json["data"]?.arrayValue)
        let theirApp = demo.compactMap { $0["account"]?.stringValue }.first { $0.hasPrefix("app:") } ?? "app:none"
        #expect(
            await router.call("GET", "/v1/ledger/postings?account=\(theirApp)&currency=XOF", key: key).status == 404)
        for (path, body) in [
            ("/v1/payments", ["amount": 100, "currency": "XOF", "source": ["wallet": .string(theirs)]]),
            (
                "/v1/payments",
                [
                    "amount": 500, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
                    "destination": ["wallet": .string(theirs)],
                ]
            ),
            ("/v1/payouts", ["amount": 100, "currency": "XOF", "party": ["wallet": .string(theirs)]]),
            (
                "/v1/payouts",
                [
                    "amount": 100, "currency": "XOF", "party": ["wallet": .string(mine)],
                    "source": ["wallet": .string(theirs)],
                ]
            ),
            ("/v1/transfers", TransferTests.inside(theirs, mine, 100)),
            ("/v1/transfers", TransferTests.inside(mine, theirs, 100)),
            ("/v1/quotes", TransferTests.inside(theirs, mine, 100)),
        ] as [(String, JSONValue)] {
            let answer = await router.call("POST", path, body, key: key, idempotencyKey: RunningRouter.fresh())
            #expect(answer.status == 422 && answer.json["reason"] == "missing", "\(path): \(answer.json.jsonText)")
            #expect(answer.json["errors"]?.arrayValue?.first?["pointer"]?.stringValue?.hasSuffix("/wallet") == true)
        }
        for path in ["/v1/wallets", "/v1/transfers", "/v1/ledger/accounts", "/v1/events"] {
            let list = await router.call("GET", path, key: key).json
            #expect(!list.jsonText.contains(theirs) && !list.jsonText.contains(sent), "\(path): \(list.jsonText)")
        }
        #expect(
            await router.call("GET", "/v1/ledger/accounts", key: key).json["data"]?.arrayValue?.compactMap {
                $0["account"]
            }
                == [.string("wallet:\(mine)")], "\(app)")
        #expect(await router.balance(theirs) == (3_940, 0, 3_940))
        await router.stop()
    }

    @Test
    func `a publishable key may call none of them`() async throws {
        let router = try await RunningRouter()
        let wallet = try await router.wallet(1_000)
        for (method, path) in [
            ("POST", "/v1/payments"), ("POST", "/v1/payouts"), ("POST", "/v1/routes/explain"), ("POST", "/v1/wallets"),
            ("GET", "/v1/wallets"), ("GET", "/v1/wallets/\(wallet)"), ("GET", "/v1/wallets/\(wallet)/history"),
            ("POST", "/v1/wallets/\(wallet)/freeze"), ("POST", "/v1/wallets/\(wallet)/unfreeze"),
            ("POST", "/v1/wallets/\(wallet)/close"), ("PUT", "/v1/wallets/\(wallet)/limits"),
            ("POST", "/v1/transfers"), ("GET", "/v1/transfers"), ("GET", "/v1/transfers/tr_1"),
            ("POST", "/v1/transfers/tr_1/cancel"), ("POST", "/v1/quotes"), ("GET", "/v1/ledger/accounts"),
            ("GET", "/v1/ledger/postings"),
        ] {
            let answer = await router.call(
                method, path, ["amount": 100, "currency": "XOF", "source": ["wallet": .string(wallet)]],
                key: KeyRing.demoPublishableKey, idempotencyKey: RunningRouter.fresh())
            #expect(answer.status == 403 && answer.json["code"] == "forbidden", "\(method) \(path): \(answer.status)")
        }
        let begun = await router.call(
            "POST", "/checkout",
            bytes: Array("key=pk_sandbox_demo&amount=100&currency=XOF&nonce=0123456789abcdef&channel=wallet".utf8),
            key: nil, type: "application/x-www-form-urlencoded")
        #expect(begun.status == 303, "a browser names no wallet: it waits for a holder: \(begun.json.jsonText)")
        #expect(await router.balance(wallet) == (1_000, 0, 1_000))
        await router.stop()
    }

    /// An app's key takes nothing out of what is somebody else's.
    @Test
    func `money reaches a holder's wallet, and no key of an app takes it out`() async throws {
        let router = try await RunningRouter()
        let (holders, own) = (try await router.wallet(5_000, owner: "holder"), try await router.wallet(100))
        for (path, body) in [
            ("/v1/payments", ["amount": 100, "currency": "XOF", "source": ["wallet": .string(holders)]]),
            (
                "/v1/payouts",
                [
                    "amount": 100, "currency": "XOF", "channel": "tmoney", "party": ["phone": "+22890000001"],
                    "source": ["wallet": .string(holders)],
                ]
            ), ("/v1/transfers", TransferTests.inside(holders, own, 100)),
            ("/v1/quotes", TransferTests.inside(holders, own, 100)),
        ] as [(String, JSONValue)] {
            let answer = await router.call("POST", path, body, idempotencyKey: RunningRouter.fresh())
            #expect(
                answer.status == 403 && answer.json["code"] == "holder_required", "\(path): \(answer.json.jsonText)")
        }
        #expect(await router.balance(holders) == (5_000, 0, 5_000))
        await router.stop()
    }
}

extension RunningRouter {
    /// Another app's secret key.
    func otherApp() async throws -> (key: String, app: String) {
        let made = await admin("POST", "/apps", ["name": "Shop B", "environment": "sandbox"]).json
        let keys = made["new_keys"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let key = keys.first { $0.hasPrefix("sk_") }
        return (try #require(key, "\(made.jsonText)"), made["id"]?.stringValue ?? "")
    }
}
