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

    func page(_ text: String) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(text, allowed: ["limit", "after"])
        let limit = try parameters.limit()
        var place: Place? = try parameters.value("after", Cursor.expected) { Place($0) } ?? Place(0)
        var lines: [AccountBalance] = []
        do throws(StoreFailure) {
            while let here = place, lines.count < limit {
                let (found, next) = try await step(here, limit: limit - lines.count)
                lines += found
                place = next
            }
            var ahead = place
            var isMore = false
            while let here = ahead, !isMore {
                let (found, next) = try await step(here, limit: 1)
                isMore = !found.isEmpty
                ahead = next
            }
            if !isMore { place = nil }
        } catch { throw Problem(.unavailable, "accounts cannot be listed now") }
        return .json([
            "object": "list", "data": .array(lines.map(Self.json)), "has_more": .bool(place != nil),
            "next_cursor": JSONValue(place?.text),
        ])
    }

    /// The accounts from a place on, and the place behind them; `nil` at the end.
    private func step(_ place: Place, limit: Int) async throws(StoreFailure) -> ([AccountBalance], Place?) {
        let (lines, next) = try await owners(place, limit: limit)
        if let next { return (lines, Place(place.part, after: next)) }
        return (lines, place.part + 1 < Part.all.count ? Place(place.part + 1) : nil)
    }

    /// The accounts of a part's next owners, at most one for each; and which owner comes last, if others may follow.
    private func owners(
        _ place: Place, limit: Int
    ) async throws(StoreFailure) -> (lines: [AccountBalance], next: String?) {
        switch Part.all[place.part] {
        case .app:
            var query = AccountQuery(limit: limit + 1)
            query.accounts = [.app(caller.app)]
            let found = try await store.balances(query).filter { $0.currency.code > place.after ?? "" }
            let page = Array(found.prefix(limit))
            return (page, found.count > limit ? page.last?.currency.code : nil)
        case .wallets: return try await wallets(place, limit: limit, state: nil) { .wallet($0) }
        // Nothing is unclaimed of a wallet that takes what arrives.
        case .unclaimed: return try await wallets(place, limit: limit, state: .closed) { .unclaimed($0) }
        case .suspense(let status):
            var query = OrderQuery(app: caller.app, environment: caller.environment, limit: limit + 1)
            query.kind = .transfer
            query.status = status
            query.after = place.after.flatMap { OrderID($0, .transfer) }
            let found = try await store.list(query)
            let page = found.prefix(limit)
            let lines = try await balances(page.map { .suspense($0.id) })
            return (lines, found.count > limit ? page.last?.id.text : nil)
        }
    }

    private func wallets(
        _ place: Place, limit: Int, state: AccountBalance.State?, _ account: (WalletID) -> LedgerAccount
    ) async throws(StoreFailure) -> (lines: [AccountBalance], next: String?) {
        var query = WalletQuery(app: caller.app, environment: caller.environment, limit: limit + 1)
        query.state = state
        query.after = place.after.flatMap { WalletID($0) }
        let found = try await store.wallets(query)
        let page = found.prefix(limit)
        let lines = try await balances(page.map { account($0.wallet.id) })
        return (lines, found.count > limit ? page.last?.wallet.id.text : nil)
    }

    /// The accounts of these names on which anything was ever booked, in their order.
    private func balances(_ accounts: [LedgerAccount]) async throws(StoreFailure) -> [AccountBalance] {
        guard !accounts.isEmpty else { return [] }
        var query = AccountQuery(limit: accounts.count)
        query.accounts = accounts
        let found = Dictionary(grouping: try await store.balances(query)) { $0.account }
        return accounts.flatMap { found[$0]?.prefix(1) ?? [] }
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
