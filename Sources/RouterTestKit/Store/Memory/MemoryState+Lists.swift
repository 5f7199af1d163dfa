import Router

extension MemoryState {
    func page(_ query: OrderQuery) -> OrderPage {
        let all = aggregates.values.filter { query.isInReach($0.order) }
            .sorted { $0.order.id.isNewer(than: $1.order.id) }
        let most = query.mostRows.map { max(1, $0) } ?? all.count
        let seen = query.isReversed ? all.suffix(most) : all.prefix(most)
        let edge = seen.count < all.count ? (query.isReversed ? seen.first : seen.last) : nil
        let found = seen.filter { query.matches($0) && has($0.order, query.metadata) && isTold(query.event, $0) }
            .map(\.order)
        let limit = max(0, query.limit)
        let orders = query.isReversed ? Array(found.suffix(limit)) : Array(found.prefix(limit))
        // A full page says itself where the next one begins.
        return OrderPage(orders: orders, lookedTo: orders.count < limit ? edge?.order.id : nil)
    }

    func list(_ query: OrderQuery) -> [Order] { page(query).orders }

    private func isTold(_ event: EventID?, _ file: StoredFile) -> Bool {
        guard let event else { return true }
        return file.eventIndices.contains { events[$0].id == event }
    }
}

extension OrderQuery {
    private func holds<Value: Equatable>(_ wanted: Value?, _ actual: Value?) -> Bool {
        wanted == nil || wanted == actual
    }

    /// Whether an order is looked at: what every list can be narrowed by without looking at each order.
    fileprivate func isInReach(_ order: Order) -> Bool {
        holds(kind, order.kind) && (apps?.contains(order.app) ?? true) && holds(environment, order.environment)
            && isInTime(order.createdAt) && (after.map { $0.isNewer(than: order.id) } ?? true)
            && (before.map { order.id.isNewer(than: $0) } ?? true)
    }

    fileprivate func matches(_ file: MemoryState.StoredFile) -> Bool {
        let order = file.order
        return isReviewed(order) && holds(parent, order.parent) && holds(status, order.status)
            && holds(channel, order.chosen?.channel) && holds(provider, order.chosen?.provider)
            && holds(reference, order.request.reference) && holds(phone, order.request.customer.phone)
            && holds(amount, order.amount) && holds(idempotencyKey, order.callersKey)
            && holds(requestID, order.requestID) && hasAttempt(file.attempts)
    }

    private func hasAttempt(_ attempts: [Attempt]) -> Bool {
        (attemptReference.map { wanted in attempts.contains { $0.reference == wanted } } ?? true)
            && (operatorReference.map { wanted in attempts.contains { $0.operatorReference == wanted } } ?? true)
    }

    private func isReviewed(_ order: Order) -> Bool {
        guard let review else { return true }
        return review.matches(order.review?.reason)
            || (findsByDecision && review.matches(order.reviewedDecision?.review?.reason))
    }

    private func isInTime(_ moment: Moment) -> Bool {
        (createdFrom.map { moment >= $0 } ?? true) && (createdBefore.map { moment < $0 } ?? true)
    }
}
