import ArgumentParser
import Foundation
import Router
import Testing

@testable import Host

/// `payrouter ledger`, beside a running router and without one.
@Suite struct LedgerCommandTests {
    private func order(_ app: AppID) -> Order {
        let now = Moment(milliseconds: 1_790_000_000_000)
        var order = Order(
            id: OrderID(at: now, from: SystemRandom()), app: app, environment: .sandbox,
            request: OrderRequest(amount: Money(5_000, .xof)), idempotencyKey: "k",
            requestID: RequestID(at: now, from: SystemRandom()), createdAt: now, plan: [], explanation: .null)
        order.version = 1
        return order
    }

    /// A payment that nobody has paid, with a line in the books all the same.
    private func wrong() -> UnitOfWork {
        let order = order(AppID(at: Moment(milliseconds: 0), from: SystemRandom()))
        var unit = UnitOfWork(order: order, write: .insert)
        unit.postings = [
            Posting(
                order.movement, kind: "collect", debit: "operator:tmoney-tg", credit: .app(order.app),
                amount: order.amount, at: order.createdAt)
        ]
        return unit
    }

    private func verify(_ folder: String) async throws {
        try await LedgerCommand.Verify.parse(["--data", folder]).run()
    }

    @Test func `a ledger is checked beside the router, and without it`() async throws {
        let router = try await RunningRouter()
        let paid = await router.call(
            "POST", "/v1/payments",
            ["amount": 5_000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000000"]],
            idempotencyKey: UUID().uuidString)
        #expect(paid.status == 201 || paid.status == 202, "\(paid.json)")
        try await verify(router.folder)

        let unit = wrong()
        #expect(await router.host.store.commit([unit], epoch: .max) == .committed)
        await #expect(throws: ExitCode(1)) { try await verify(router.folder) }
        let link = AdminLink(data: router.folder)
        let told = try await link.call(.get, "/ledger/verification")
        #expect(told["state"] == "done" && told["findings"]?.arrayValue?.count == 1, "\(told)")
        let finding = try #require(told["findings"]?.arrayValue?.first)
        #expect(finding["table"] == "entries")
        #expect(finding["place"]?.stringValue?.contains(unit.order.id.text) == true)
        let lines = LedgerText.verification(told, "./data")
        #expect(lines.first?.hasPrefix("./data: checked ") == true && lines.last == "./data: 1 fault")
        #expect(lines[1].hasPrefix("error: entries, ") && lines[1].contains("right would be: no such line"))
        await router.stop()

        await #expect(throws: ExitCode(1)) { try await verify(router.folder) }
    }

    @Test func `accounts are listed page by page`() async throws {
        let router = try await RunningRouter()
        for _ in 0..<3 { #expect(await router.host.store.commit([wrong()], epoch: .max) == .committed) }
        let link = AdminLink(data: router.folder)
        let all = try await link.call(.get, "/ledger/accounts")
        #expect(all["data"]?.arrayValue?.count == 4 && all["has_more"] == false && all["next_cursor"] == .null)
        let operators = try await link.call(.get, "/ledger/accounts?kind=operator&currency=XOF")
        #expect(
            operators["data"]?.arrayValue == [
                [
                    "object": "account", "account": "operator:tmoney-tg", "currency": "XOF", "posted": 15_000,
                    "held": 0, "available": 15_000, "state": "open",
                ]
            ])
        #expect(
            LedgerText.accounts(operators) == [
                """
                ACCOUNT             CURRENCY  POSTED  HELD  AVAILABLE  STATE
                operator:tmoney-tg  XOF       15000   0     15000      open
                """
            ])
        var (names, after): ([JSONValue], String?) = ([], nil)
        repeat {
            let page = try await link.call(
                .get, "/ledger/accounts?limit=1&kind=app" + (after.map { "&after=\($0)" } ?? ""))
            names += (page["data"]?.arrayValue ?? []).compactMap { $0["account"] }
            after = page["next_cursor"]?.stringValue
        } while after != nil
        #expect(names.count == 3 && Set(names).count == 3)
        for query in ["kind=purse", "currency=X", "limit=0", "after=zz", "state=open"] {
            await #expect(throws: CommandFailure.self, "\(query)") {
                try await link.call(.get, "/ledger/accounts?" + query)
            }
        }
        try await LedgerCommand.Accounts.parse(["--data", router.folder, "--limit", "2"]).run()
        await router.stop()
    }
}
