import Router
import WebText

/// Reading accounts, and checking the ledger; on the control socket only.
struct LedgerAdmin: Sendable {
    let store: any LedgerStore
    let time: any TimeSource
    private let run: LedgerCheckRun

    init(store: any LedgerStore, time: any TimeSource) {
        (self.store, self.time, run) = (store, time, LedgerCheckRun(store))
    }

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/ledger/accounts") { request throws(Problem) in try await accounts(request) }
        // The check takes longer than a call: it is begun, and asked about.
        routes.open("POST", "/ledger/verification") { _ throws(Problem) in
            run.begin()
            return .json(run.json, status: 202)
        }
        routes.open("GET", "/ledger/verification") { _ throws(Problem) in .json(run.json) }
    }

    private func accounts(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(
            request.query, allowed: ["kind", "currency", "account", "limit", "after"])
        var query = AccountQuery(kind: try parameters.choice("kind", LedgerAccount.Kind.self))
        query.now = time.now
        query.currency = try parameters.value("currency", "an ISO 4217 code, such as XOF") { Currency(code: $0) }
        query.accounts = parameters["account"].map { [LedgerAccount($0)] }
        query.after = try parameters.value("after", Cursor.expected) { AccountBalance.Name(cursor: $0) }
        let limit = try parameters.limit()
        query.limit = limit + 1
        let found: [AccountBalance]
        do throws(StoreFailure) { found = try await store.balances(query) } catch {
            throw Problem(.unavailable, "accounts cannot be listed now: \(error)")
        }
        let page = found.prefix(limit)
        let cursor = found.count > limit ? page.last?.name.cursor : nil
        return .json([
            "object": "list", "data": .array(page.map(\.json)), "has_more": .bool(found.count > limit),
            "next_cursor": JSONValue(cursor),
        ])
    }
}

extension AccountBalance.Name {
    /// As opaque as other lists' positions.
    fileprivate var cursor: String { Cursor.text("\(account.name) \(currency.code)") }

    fileprivate init?(cursor: String) {
        guard let bytes = Hex.bytes(cursor) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let currency = Currency(code: String(parts[1])) else { return nil }
        self.init(LedgerAccount(String(parts[0])), currency)
    }
}

extension AccountBalance {
    fileprivate var json: JSONValue {
        [
            "object": "account", "account": .string(account.name), "currency": .string(currency.code),
            "posted": JSONValue(posted), "held": JSONValue(held), "available": JSONValue(available),
            "state": .string(state.rawValue),
        ]
    }
}
