/// One order number, one order (docs/money-safety.md, 12).
///
/// A new order is accepted on the assumption that its order number is fresh, which costs one row and no read. If it is
/// not, the store refuses; then the earlier orders are read, the pure rule decides, and the accepting commit states the
/// version of the list it was decided on. Nothing has to be written when an order ends.
struct OrderNumberPlace: Sendable {
    /// The list of orders that the accepting commit writes.
    var claim: OrderClaim?
    /// The payment that the new one repeats: it gets a wish to cancel in the same commit.
    var repeated: OrderAggregate?

    /// For an order number that was never used.
    static func fresh(_ order: Order) -> OrderNumberPlace {
        OrderNumberPlace(claim: order.lock.map { OrderClaim(lock: $0, orders: [order.id]) })
    }
}

/// Why a new order was not accepted.
struct NotAccepted: Error {
    let outcome: KeyedCommands.Outcome

    init(_ result: Engine.CommandResult) { outcome = .ended(result) }
    init(_ outcome: KeyedCommands.Outcome) { self.outcome = outcome }
}

/// Finds the place of a new order under its order number.
struct OrderNumbers {
    let context: EngineContext
    let committer: Committer

    /// How often a commit is tried again while others are accepted under the same order number.
    static let numberTries = 200

    /// Reads what was accepted under the order number of a new order, and decides whether it lets the order in.
    func findPlace(of order: Order) async -> Result<OrderNumberPlace, NotAccepted> {
        guard let lock = order.lock else {
            return order.request.repeatOf == nil
                ? .success(OrderNumberPlace()) : .failure(NotAccepted(.wrongRepeat(nil)))
        }
        let stored: StoredClaim?
        var listed: [OrderAggregate] = []
        do throws(StoreFailure) {
            stored = try await context.store.claim(lock)
            for id in stored?.orders ?? [] {
                if let aggregate = try await context.store.orderAggregate(id) { listed.append(aggregate) }
            }
        } catch {
            context.observer.record(.storeFailed(error))
            return .failure(NotAccepted(.unavailable))
        }
        switch OrderLock.decide(order, listed: listed) {
        case .allowed(let keep, let repeated):
            let claim = OrderClaim(lock: lock, expectedVersion: stored?.version, orders: keep + [order.id])
            return .success(OrderNumberPlace(claim: claim, repeated: repeated))
        case .duplicate(let holder, let isRepeatable):
            return .failure(NotAccepted(.possibleDuplicate(holder.order, isRepeatable: isRepeatable)))
        case .wrongRepeat(let holder): return .failure(NotAccepted(.wrongRepeat(holder?.order)))
        case .tooMany: return .failure(NotAccepted(.tooManyAlike))
        }
    }

    /// The repeated payment as it is committed together with the one that repeats it; `nil` if it has its wish already.
    func wishToCancel(_ repeated: OrderAggregate?, at now: Moment) -> OrderAggregate? {
        guard var aggregate = repeated, aggregate.order.cancelRequestedAt == nil else { return nil }
        aggregate.requestCancel(at: now)
        committer.conclude(&aggregate, at: now)
        return aggregate
    }

    /// The order that this one names was named before, by one that still counts.
    func repeatedTwice(_ order: Order) async -> NotAccepted {
        guard let id = order.request.repeatOf, let named = try? await context.store.orderAggregate(id) else {
            return NotAccepted(.unavailable)
        }
        return NotAccepted(.possibleDuplicate(named.order, isRepeatable: false))
    }
}
