import Router
import WebText

/// The accounts of an app, page by page: its own, those of its wallets, and what its open transfers have in suspense.
struct AccountList {
    let store: any Store
    let caller: Caller

    /// The parts of the list, in order.
    private enum Part: Hashable {
        case app, wallets, unclaimed
        case suspense(OrderStatus)

        static let all: [Part] =
            [.app, .wallets, .unclaimed]
            + OrderKind.transfer.facts.statuses.filter { !$0.isFinal }.map { .suspense($0) }
    }

    /// Where a page begins: in a part, behind one of its owners.
    private struct Place {
        var part: Int
        var after: String?

        var text: String { Hex.text(Array("\(part) \(after ?? "")".utf8)) }

        init(_ part: Int, after: String? = nil) {
            self.part = part
            self.after = after
        }

        init?(_ text: String) {
            let words = Hex.bytes(text).map {
                String(decoding: $0, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
            }
            guard let words, words.count == 2, let part = Int(words[0]), Part.all.indices.contains(part) else {
                return nil
            }
            self.part = part
            after = words[1].isEmpty ? nil : String(words[1])
        }
    }

    /// An account in the list, and where the list goes on behind it.
    private typealias Line = (balance: AccountBalance, place: Place)

    func page(_ text: String) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(text, allowed: ["limit", "after"])
        let limit = try parameters.limit()
        var place: Place? = try parameters.value("after", Cursor.expected) { Place($0) } ?? Place(0)
        var lines: [Line] = []
        do throws(StoreFailure) {
            while let here = place, lines.count <= limit {
                let (found, next) = try await step(here, limit: limit + 1 - lines.count)
                lines += found
                place = next
            }
        } catch { throw Problem(.unavailable, "accounts cannot be listed now") }
        let page = lines.prefix(limit)
        let hasMore = lines.count > limit
        return .json([
            "object": "list", "data": .array(page.map { Self.json($0.balance) }), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(page.last?.place.text) : .null,
        ])
    }

    /// Accounts from a place on, and the place behind all that was looked at; `nil` at the end.
    private func step(_ place: Place, limit: Int) async throws(StoreFailure) -> ([Line], Place?) {
        let (lines, next) = try await owners(place, limit: limit)
        if let next { return (lines, Place(place.part, after: next)) }
        return (lines, place.part + 1 < Part.all.count ? Place(place.part + 1) : nil)
    }

    /// The accounts of a part's next owners, at most one for each; and which owner comes last, if others may follow.
    private func owners(
        _ place: Place, limit: Int
    ) async throws(StoreFailure) -> (lines: [Line], next: String?) {
        switch Part.all[place.part] {
        case .app:
            var query = AccountQuery(limit: Currency.all.count)
            query.accounts = [.app(caller.app)]
            let found = try await store.balances(query).filter { $0.currency.code > place.after ?? "" }
            return (found.map { ($0, Place(place.part, after: $0.currency.code)) }, nil)
        case .wallets:
            var query = WalletQuery(app: caller.app, environment: caller.environment, limit: limit)
            query.after = place.after.flatMap { WalletID($0) }
            let found = try await store.wallets(query)
            let lines = found.map { ($0.balance, Place(place.part, after: $0.wallet.id.text)) }
            return (lines, found.count == limit ? found.last?.wallet.id.text : nil)
        case .unclaimed: return try await unclaimed(place, limit: limit)
        case .suspense(let status): return try await suspense(place, status, limit: limit)
        }
    }

    /// What is unclaimed lies on few accounts, which are found without looking at wallets of which nothing is.
    private func unclaimed(_ place: Place, limit: Int) async throws(StoreFailure) -> ([Line], String?) {
        var query = AccountQuery(kind: .unclaimed, limit: limit)
        (query.app, query.environment) = (caller.app, caller.environment)
        // A wallet has one currency: behind it is behind all of it.
        query.after = place.after.flatMap { WalletID($0) }.flatMap { wallet in
            Currency.all.max { $0.code < $1.code }.map { .init(.unclaimed(wallet), $0) }
        }
        let found = try await store.balances(query)
        let lines = found.map { ($0, Place(place.part, after: $0.account.wallet?.text)) }
        return (lines, found.count == limit ? found.last?.account.wallet?.text : nil)
    }

    private func suspense(
        _ place: Place, _ status: OrderStatus, limit: Int
    ) async throws(StoreFailure) -> ([Line], String?) {
        // Not every transfer has an account: many are looked at together.
        var query = OrderQuery(app: caller.app, environment: caller.environment, limit: max(limit, 100))
        query.kind = .transfer
        query.status = status
        query.after = place.after.flatMap { OrderID($0, .transfer) }
        let found = try await store.list(query)
        guard !found.isEmpty else { return ([], nil) }
        var accounts = AccountQuery(limit: found.count)
        accounts.accounts = found.map { .suspense($0.id) }
        let known = Dictionary(grouping: try await store.balances(accounts)) { $0.account }
        let lines = found.compactMap { order in
            known[.suspense(order.id)]?.first.map { ($0, Place(place.part, after: order.id.text)) }
        }
        return (lines, found.count == query.limit ? found.last?.id.text : nil)
    }

    private static func json(_ balance: AccountBalance) -> JSONValue {
        [
            "object": "account", "account": .string(balance.account.name),
            "kind": JSONValue(balance.account.kind?.rawValue), "currency": .string(balance.currency.code),
            "posted": JSONValue(balance.posted), "held": JSONValue(balance.held),
            "available": JSONValue(balance.available), "state": .string(balance.state.rawValue),
        ]
    }
}
