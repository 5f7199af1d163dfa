import Router
import Testing

@testable import Host
@testable import RouterTestKit

/// What changed a wallet's balance, as a table.
@Suite struct WalletHistoryTests {
    private let store = MemoryStore()
    private let maker = LedgerMaker(RecordFactory(seed: 11))

    private func api(_ tables: LongWork = LongWork(atOnce: 1, waiting: 0)) -> WalletHistoryAPI {
        WalletHistoryAPI(store: store, time: ManualClock(maker.records.base), tables: tables)
    }

    /// A wallet into which 1, 2, 3 and so on were paid.
    private func wallet(payments: Int64) async throws -> Wallet {
        let wallet = maker.wallet()
        _ = try await store.insert(wallet)
        for amount in 1...payments {
            let result = await store.commit([maker.move(amount, from: maker.source, to: wallet.account)], epoch: 1)
            try #require(result == .committed)
        }
        return wallet
    }

    @Test func `a table that is made piece by piece has every line once, newest first`() async throws {
        let count = Int64(2 * WalletHistoryAPI.linesAtOnce + 50)
        let wallet = try await wallet(payments: count)
        let answer = try await api().table(wallet, before: nil)
        let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == Int(count) + 1)
        let amounts = lines.dropFirst().compactMap {
            $0.split(separator: ",", omittingEmptySubsequences: false).suffix(3).first
        }
        #expect(amounts.map(String.init) == (1...count).reversed().map { Money($0, .xof).decimalText })
        #expect(!answer.headers.contains { $0.name == "next-cursor" })
    }

    @Test func `a table of exactly the pieces that are read ends there`() async throws {
        let wallet = try await wallet(payments: Int64(WalletHistoryAPI.linesAtOnce))
        let answer = try await api().table(wallet, before: nil)
        let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == WalletHistoryAPI.linesAtOnce + 1)
        #expect(!answer.headers.contains { $0.name == "next-cursor" })
    }

    @Test func `beyond what is made and waits, a table is refused for the moment`() async throws {
        let (tables, gate) = (LongWork(atOnce: 1, waiting: 0), Promise<Void>())
        let busy = Task { await tables.run { await gate.value } }
        while tables.count == 0 { await Task.yield() }
        let wallet = try await wallet(payments: 1)
        var routes = RouteTable()
        api(tables).register(in: &routes)
        guard case .found(let entry, _) = routes.match(method: "GET", path: "/v1/wallets/\(wallet.id)/history") else {
            throw Problem(.notFound, "no route")
        }
        var request = APIRequest(
            method: "GET", path: "", query: "format=csv", id: RequestID(at: wallet.createdAt, from: SystemRandom()))
        request.parameters = ["id": wallet.id.text]
        let caller = Caller(app: wallet.app, environment: wallet.environment, role: .secret)
        let problem = await #expect(throws: Problem.self) { _ = try await entry.handler(request, caller) }
        #expect(problem?.code == .unavailable && problem?.code.isRetryable == true)
        request.query = "format=json"
        #expect(try await entry.handler(request, caller).status == 200)
        gate.keep(())
        await busy.value
        request.query = "format=csv"
        #expect(try await entry.handler(request, caller).status == 200)
    }
}
