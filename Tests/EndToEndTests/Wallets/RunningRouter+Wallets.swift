import Foundation
import Router
import Testing

@testable import Host

/// What tests do with wallets and transfers.
extension RunningRouter {
    static func fresh() -> String { UUID().uuidString }

    /// Makes a wallet of the app's own; `nil` balance means an empty one.
    func wallet(_ balance: Int64? = nil, currency: String = "XOF", owner: String = "app") async throws -> String {
        let made = await call(
            "POST", "/v1/wallets",
            ["owner": .string(owner), "currency": .string(currency), "name": "Ama Kossi", "phone": "+22890112233"],
            idempotencyKey: Self.fresh())
        #expect(made.status == 201, "\(made.json.jsonText)")
        let id = try #require(made.json["id"]?.stringValue)
        if let balance { _ = try await topUp(id, balance) }
        return id
    }

    /// A payment by TMoney whose money goes to a wallet.
    @discardableResult
    func topUp(_ wallet: String, _ units: Int64, phone: String = "+22890000001") async throws -> JSONValue {
        let payment = await create([
            "amount": JSONValue(units), "currency": "XOF", "channel": "tmoney", "customer": ["phone": .string(phone)],
            "destination": ["wallet": .string(wallet)],
        ])
        #expect(payment.status < 300, "\(payment.json.jsonText)")
        let id = try #require(payment.json["id"]?.stringValue)
        return await follow(id) { $0["status"] == "succeeded" }
    }

    /// A wallet's balance as the API tells it.
    func balance(_ wallet: String) async -> (posted: Int64?, held: Int64?, available: Int64?) {
        let balance = await call("GET", "/v1/wallets/\(wallet)").json["balance"]
        return (balance?["posted"]?.integerValue, balance?["held"]?.integerValue, balance?["available"]?.integerValue)
    }

    /// Asks for a transfer under a fresh key.
    func transfer(_ body: JSONValue, key: String = fresh()) async -> Answer {
        await call("POST", "/v1/transfers", body, idempotencyKey: key)
    }

    /// Follows a transfer until something holds.
    func followTransfer(
        _ id: String, polls: Int = 30, until isEnough: (JSONValue) -> Bool = { $0["phase"] == "done" }
    ) async -> JSONValue {
        await follow(path: "/v1/transfers/\(id)", polls: polls, until: isEnough)
    }

    /// What the ledger has in suspense for a transfer.
    func suspense(_ transfer: String) async throws -> Int64 {
        try await host.store.balance(of: LedgerAccount("suspense:\(transfer)"), in: .xof)?.posted ?? 0
    }

    /// That every balance is what its postings add up to.
    func expectBooks() async throws {
        let faults = try await host.store.balances(AccountQuery(limit: 1_000)).filter {
            $0.floor.map { _ in true } ?? false
        }
        .filter { $0.posted - $0.held < 0 }
        #expect(faults.isEmpty, "\(faults)")
    }
}
