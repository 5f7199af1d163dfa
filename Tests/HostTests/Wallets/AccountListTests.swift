import Router
import Testing

@testable import Host
@testable import RouterTestKit

/// The accounts of an app, page by page.
@Suite struct AccountListTests {
    private let store = MemoryStore()
    private let maker = LedgerMaker(RecordFactory(seed: 12))

    private func page(_ query: String) async throws -> JSONValue {
        let caller = Caller(app: maker.app, environment: .sandbox, role: .secret)
        return try StrictJSON.parse(try await AccountList(store: store, caller: caller).page(query).body)
    }

    private func commit(_ unit: UnitOfWork) async throws {
        let result = await store.commit([unit], epoch: 1)
        try #require(result == .committed)
    }

    @Test(arguments: [1, 2, 3, 7, 100])
    func `pages show every account of the app once, and nobody else's`(limit: Int) async throws {
        let wallets = [maker.wallet(), maker.wallet(), maker.wallet(), maker.wallet()]
        let foreign = [
            maker.wallet(environment: .production), maker.wallet(app: AppID(known: "app_01M7Y8G2S83KY03KAYDH4HV201")),
        ]
        for wallet in wallets + foreign { _ = try await store.insert(wallet) }
        for wallet in wallets { _ = try await store.change(wallet.id, .close) }
        let unclaimed = [wallets[1], wallets[3]] + foreign
        for wallet in unclaimed { try await commit(maker.move(5, from: maker.source, to: .unclaimed(wallet.id))) }
        for currency in [Currency.xof, .usd] {
            try await commit(maker.move(9, from: maker.source, to: .app(maker.app), currency))
        }
        var (found, query): ([String], String) = ([], "limit=\(limit)")
        for _ in 0..<20 {
            let page = try await page(query)
            let lines = page["data"]?.arrayValue ?? []
            #expect(lines.count <= limit)
            found += lines.compactMap { line in
                line["account"]?.stringValue.flatMap { name in line["currency"]?.stringValue.map { name + " " + $0 } }
            }
            #expect((page["has_more"] == true) == (page["next_cursor"]?.stringValue != nil))
            guard let cursor = page["next_cursor"]?.stringValue else { break }
            query = "limit=\(limit)&after=\(cursor)"
        }
        let app = LedgerAccount.app(maker.app)
        let expected =
            ["\(app) USD", "\(app) XOF"] + wallets.map(\.id.text).sorted(by: >).map { "wallet:\($0) XOF" }
            + unclaimed.prefix(2).map(\.id.text).sorted().map { "unclaimed:\($0) XOF" }
        #expect(found == expected)
    }
}
