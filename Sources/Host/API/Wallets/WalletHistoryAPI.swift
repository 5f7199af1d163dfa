package import Router

/// `GET /v1/wallets/{id}/history`: what changed a wallet's balance, as JSON page by page or as one table.
package struct WalletHistoryAPI: Sendable {
    let store: any Store
    let time: any TimeSource
    /// Tables are long work: whoever asks for many waits, so that others are answered meanwhile.
    let tables: LongWork

    package init(engine: Engine) { self.init(store: engine.store, time: engine.time) }

    init(store: any Store, time: any TimeSource, tables: LongWork = LongWork(atOnce: 2, waiting: 16)) {
        (self.store, self.time, self.tables) = (store, time, tables)
    }

    /// How many lines a table has at most.
    static let longestTable = 10_000
    /// How many of them are made at once: what they are made of is forgotten again.
    static let linesAtOnce = 200

    package func register(in routes: inout RouteTable) {
        routes.secret("GET", "/v1/wallets/{id}/history", work: .list) { request, caller throws(Problem) in
            let standing = try await WalletReader(store: store, time: time).own(request, caller)
            return try await history(standing.wallet, request)
        }
    }

    /// How a history is written.
    enum Format: String, CaseIterable { case json, csv }

    private func history(_ wallet: Wallet, _ request: APIRequest) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["limit", "after", "format"])
        let limit = try query.limit()
        let after = try query.value("after", Cursor.expected) { Cursor.number($0) }
        let asked = try query.choice("format", Format.self)
        switch asked ?? (request.acceptsOnlyCSV ? .csv : .json) {
        case .json:
            let (lines, hasMore) = try await lines(wallet, before: after, limit: limit)
            return .json([
                "object": "list", "data": .array(lines.map(\.json)), "has_more": .bool(hasMore),
                "next_cursor": hasMore ? JSONValue(lines.last.map { Cursor.text($0.number) }) : .null,
            ])
        case .csv:
            let made = try await tables.run { () async throws(Problem) -> APIResponse in
                try await table(wallet, before: after)
            }
            guard let made else {
                throw Problem(
                    .unavailable, "many tables are being made already; ask again in a moment, or for pages of JSON")
            }
            return made
        }
    }

    func table(_ wallet: Wallet, before: Int64?) async throws(Problem) -> APIResponse {
        var table = CSVTable(HistoryLine.columns)
        var (last, hasMore, left) = (before, true, Self.longestTable)
        while hasMore, left > 0 {
            if Task.isCancelled { throw Problem(.unavailable, "the table was given up") }
            let lines: [HistoryLine]
            (lines, hasMore) = try await self.lines(wallet, before: last, limit: min(left, Self.linesAtOnce))
            for line in lines { table.add(line.cells) }
            last = lines.last?.number ?? last
            left -= lines.count
        }
        let answer = APIResponse.table(named: "\(wallet.id).csv", table.text)
        guard hasMore, let last else { return answer }
        return answer.with("next-cursor", Cursor.text(last))
    }

    /// The newest lines, and whether there are older ones.
    func lines(
        _ wallet: Wallet, before: Int64?, limit: Int
    ) async throws(Problem) -> ([HistoryLine], hasMore: Bool) {
        var orders = PostingOrders(store: store)
        var lines: [HistoryLine] = []
        do throws(StoreFailure) {
            let entries = try await store.entries(
                of: wallet.account, in: wallet.currency, before: before, limit: limit + 1)
            for entry in entries.prefix(limit) {
                lines.append(HistoryLine(entry, of: wallet.account, try await orders.order(of: entry.posting)))
            }
            return (lines, entries.count > limit)
        } catch { throw Problem(.unavailable, "the history cannot be read now") }
    }
}

extension APIRequest {
    /// Whether the caller takes a table, and no JSON.
    var acceptsOnlyCSV: Bool {
        let ranges = values("accept").flatMap { $0.split(separator: ",") }.map { item in
            item.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        }
        return ranges.contains("text/csv") && !ranges.contains("application/json")
    }
}
