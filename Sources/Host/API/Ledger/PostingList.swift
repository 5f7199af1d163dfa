import Router

/// What was booked on an account of an app, page by page, or for one of its orders.
struct PostingList {
    let store: any Store
    let caller: Caller

    func page(_ text: String) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(text, allowed: ["account", "currency", "order", "limit", "after"])
        let currency = try parameters.value("currency", "an ISO 4217 code in upper case") { Currency(code: $0) }
        switch (parameters["account"], parameters["order"]) {
        case (let account?, nil): return try await ofAccount(LedgerAccount(account), currency, parameters)
        case (nil, let order?):
            guard currency == nil, parameters["after"] == nil, parameters["limit"] == nil else {
                throw Problem(
                    .invalidParameter, "currency, limit and after go with account; an order's postings are one page")
            }
            return try await ofOrder(order)
        default: throw Problem(.invalidParameter, "give one of account (with currency) and order")
        }
    }

    // MARK: An account's

    private func ofAccount(
        _ account: LedgerAccount, _ asked: Currency?, _ parameters: QueryParameters
    ) async throws(Problem) -> APIResponse {
        guard try await isOwn(account) else { throw Problem(.notFound, "the app has no such account") }
        let limit = try parameters.limit()
        let after = try parameters.value("after", Cursor.expected) { Cursor.number($0) }
        var lines: [JSONValue] = []
        var last: Int64?
        var hasMore = false
        guard let currency = try await currency(of: account, asked) else {
            return Self.answer([], hasMore: false, last: nil)
        }
        var orders = PostingOrders(store: store)
        do throws(StoreFailure) {
            let entries = try await store.entries(of: account, in: currency, before: after, limit: limit + 1)
            hasMore = entries.count > limit
            for entry in entries.prefix(limit) {
                last = entry.number
                let order = try await orders.order(of: entry.posting)
                // An app's own account is one for both environments; a key sees the orders of its own.
                guard order.map({ $0.environment == caller.environment }) ?? true else { continue }
                lines.append(
                    PostingView.json(
                        entry.posting, order?.id, order.map { $0.initiator.json($0.app) } ?? .null,
                        change: entry.posting.change(of: account), balance: entry.balance))
            }
        } catch { throw Self.unavailable }
        return Self.answer(lines, hasMore: hasMore, last: last)
    }

    /// Whether an account is the app's, in the caller's environment.
    private func isOwn(_ account: LedgerAccount) async throws(Problem) -> Bool {
        do throws(StoreFailure) {
            switch account.kind {
            case .app: return account == .app(caller.app)
            case .wallet, .unclaimed:
                guard let id = account.wallet, [.wallet(id), .unclaimed(id)].contains(account),
                    let standing = try await store.wallet(id)
                else { return false }
                return standing.wallet.app == caller.app && standing.wallet.environment == caller.environment
            case .suspense:
                guard let id = account.transfer, let order = try await store.orderAggregate(id)?.order else {
                    return false
                }
                return order.app == caller.app && order.environment == caller.environment
            case .provider, .fees, .adjustments, .discrepancy, .limit, nil: return false
            }
        } catch { throw Self.unavailable }
    }

    /// The currency that is asked for or, of an account that has one only, that one; `nil` if nothing was ever booked.
    private func currency(of account: LedgerAccount, _ asked: Currency?) async throws(Problem) -> Currency? {
        if let asked { return asked }
        var query = AccountQuery()
        query.accounts = [account]
        let known: [Currency]
        do throws(StoreFailure) { known = try await store.balances(query).map(\.currency) } catch {
            throw Self.unavailable
        }
        guard known.count <= 1 else {
            throw Problem(
                .invalidParameter,
                "currency is missing: \(account) has \(known.map(\.code).joined(separator: ", "))")
        }
        return known.first
    }

    // MARK: An order's

    private func ofOrder(_ text: String) async throws(Problem) -> APIResponse {
        var found: Order?
        var lines: [OrderPosting] = []
        do throws(StoreFailure) {
            if let id = OrderID(text) { found = try await store.orderAggregate(id)?.order }
            if let order = found { lines = try await OrderPosting.all(of: order, in: store) }
        } catch { throw Self.unavailable }
        guard let found, found.app == caller.app, found.environment == caller.environment else {
            throw Problem(.notFound, "there is no such order")
        }
        return Self.answer(lines.map { $0.json(found.app) }, hasMore: false, last: nil)
    }

    private static let unavailable = Problem(.unavailable, "postings cannot be read now")

    private static func answer(_ lines: [JSONValue], hasMore: Bool, last: Int64?) -> APIResponse {
        .json([
            "object": "list", "data": .array(lines), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(last.map { Cursor.text($0) }) : .null,
        ])
    }
}
