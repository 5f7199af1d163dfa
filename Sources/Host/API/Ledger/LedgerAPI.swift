package import Router

/// `/v1/ledger`: an app's own accounts, and what was booked on them.
package struct LedgerAPI: Sendable {
    let store: any Store

    package init(engine: Engine) { store = engine.store }

    package func register(in routes: inout RouteTable) {
        routes.secret("GET", "/v1/ledger/accounts", work: .list) { request, caller throws(Problem) in
            try await AccountList(store: store, caller: caller).page(request.query)
        }
        routes.secret("GET", "/v1/ledger/postings", work: .list) { request, caller throws(Problem) in
            try await PostingList(store: store, caller: caller).page(request.query)
        }
    }
}
