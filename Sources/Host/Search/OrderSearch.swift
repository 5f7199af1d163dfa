import Router

/// Finds orders of every kind, in one of two scopes.
///
/// No search looks at more than a bounded number of orders: where that is not all, it says how far it looked, and goes on
/// there when it is asked to.
struct OrderSearch: Sendable {
    let store: any Store
    /// About how many orders one search looks at where nothing leads to those that fit.
    var mostRows = Self.standardRows

    /// What is read in a few hundredths of a second (docs/performance.md, Searching a million payments).
    static let standardRows = 20_000

    /// How long a time may be in which an amount is looked for, in seconds: nothing leads to amounts.
    static let longestAmountSpan: Int64 = 31 * 86_400

    /// One page of orders that meet all conditions of a query.
    func list(_ query: OrderQuery, in scope: OrderScope) async throws(StoreFailure) -> OrderPage {
        guard let query = scoped(query, scope) else { return OrderPage(orders: []) }
        return try await store.page(query)
    }

    /// Orders that what somebody typed can mean.
    ///
    /// - Parameters:
    ///   - terms: Everything that the text can be; an order is found if one of them holds.
    ///   - query: What must hold besides, except of orders that the text names; with cursors and limit.
    ///   - scope: Whose orders.
    ///   - now: Until when amounts are looked for, where the query says no time.
    /// - Returns: A page, newest first.
    /// - Throws: If the store cannot be read.
    func find(
        _ terms: [SearchTerm], _ query: OrderQuery, in scope: OrderScope, at now: Moment
    ) async throws(StoreFailure) -> SearchPage {
        var page = SearchPage(isReversed: query.isReversed)
        for term in terms {
            if case .order(let id) = term {
                guard query.after == nil, query.before == nil else { continue }
                if let order = try await store.orderAggregate(id)?.order, scope.includes(order.app) {
                    page.add([order], term, lookedTo: nil)
                }
                continue
            }
            var narrowed = term.narrowed(query, at: now)
            narrowed.limit = query.limit + 1
            let found = try await list(narrowed, in: scope)
            page.add(found.orders, term, lookedTo: found.orders.count < narrowed.limit ? found.lookedTo : nil)
        }
        page.cut(to: query.limit)
        return page
    }

    private func scoped(_ query: OrderQuery, _ scope: OrderScope) -> OrderQuery? {
        var query = query
        query.mostRows = mostRows
        guard case .apps(let own) = scope else { return query }
        query.apps = query.apps.map { $0.intersection(own) } ?? own
        return query.apps?.isEmpty == false ? query : nil
    }
}

extension SearchTerm {
    /// What was asked for, and that an order is what the term says.
    fileprivate func narrowed(_ query: OrderQuery, at now: Moment) -> OrderQuery {
        var query = query
        switch self {
        case .order: break
        case .request(let id): query.requestID = id
        case .event(let id): query.event = id
        case .phone(let phone): query.phone = phone
        case .amount(let amount):
            query.amount = amount
            query.boundTime(at: now)
        case .metadata(let term): query.metadata.append(term)
        case .reference(let text): query.reference = text
        case .attemptReference(let text): query.attemptReference = text
        case .operatorReference(let text): query.operatorReference = text
        case .idempotencyKey(let text): query.idempotencyKey = text
        }
        return query
    }

    /// What sort of thing it is, in a word.
    var name: String {
        switch self {
        case .order: "id"
        case .request: "request_id"
        case .event: "event"
        case .phone: "phone"
        case .amount: "amount"
        case .metadata: "metadata"
        case .reference: "reference"
        case .attemptReference: "our_reference"
        case .operatorReference: "operator_reference"
        case .idempotencyKey: "idempotency_key"
        }
    }
}

extension OrderQuery {
    /// Keeps to a time that amounts may be looked for in: what is newest of the one asked for.
    fileprivate mutating func boundTime(at now: Moment) {
        let end = createdBefore ?? now.adding(seconds: 60)
        let start = end.adding(seconds: -OrderSearch.longestAmountSpan)
        createdFrom = max(createdFrom ?? start, start)
    }
}
