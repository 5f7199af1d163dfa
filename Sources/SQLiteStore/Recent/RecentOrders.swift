package import Router
import Synchronization

/// The orders that were committed last, as they are, and what was last shown of them.
///
/// One process writes the file, and all of its commits come by here in their order: what is in here is what is in the file.
/// It is filled by commits only, because what a reader saw may be older than what was committed meanwhile. Two halves
/// take turns: when the younger is full, the older is forgotten.
final class RecentOrders: Sendable {
    private struct Entry {
        let aggregate: OrderAggregate
        let ticket: Int64
        var whole: [UInt8]?
        var summary: [UInt8]?

        mutating func keep(_ bytes: [UInt8], _ kind: OrderAnswer.Kind) {
            switch kind {
            case .whole: whole = bytes
            case .summary: summary = bytes
            }
        }
    }

    private struct Half {
        var entries: [OrderID: Entry] = [:]
        /// Whose attempts they are.
        var orders: [AttemptID: OrderID] = [:]
    }

    private struct State {
        var young = Half()
        var old = Half()
        var newestTicket: Int64 = 0
    }

    private let state = Mutex(State())
    /// Orders in each half.
    private let capacity: Int

    /// Keeps at least half of `count` orders and at most all; with zero it keeps none.
    init(count: Int) { capacity = count / 2 }

    /// Takes units that were just made durable, in their order.
    func committed(_ units: some Sequence<UnitOfWork>) {
        guard capacity > 0 else { return }
        let aggregates = units.flatMap { $0.joined + [$0] }.map {
            OrderAggregate(stored: $0.order, attempts: $0.attempts)
        }
        state.withLock { state in
            for aggregate in aggregates { put(aggregate, &state) }
        }
    }

    private func put(_ aggregate: OrderAggregate, _ state: inout State) {
        let id = aggregate.order.id
        state.newestTicket += 1
        if state.young.entries.count >= capacity, state.young.entries[id] == nil {
            state.old = state.young
            state.young = Half()
            state.young.entries.reserveCapacity(capacity)
            state.young.orders.reserveCapacity(capacity)
        }
        state.young.entries[id] = Entry(aggregate: aggregate, ticket: state.newestTicket)
        for attempt in aggregate.attempts { state.young.orders[attempt.id] = id }
    }

    /// An order with its attempts, if it was committed lately.
    func aggregate(_ id: OrderID) -> OrderAggregate? {
        guard capacity > 0 else { return nil }
        return state.withLock { state in (state.young.entries[id] ?? state.old.entries[id])?.aggregate }
    }

    /// Something was stored about an attempt beside its order: what was shown of that is not whole any more.
    func noticed(_ attempt: AttemptID) {
        state.withLock { state in
            guard let id = state.young.orders[attempt] ?? state.old.orders[attempt],
                let entry = state.young.entries[id] ?? state.old.entries[id]
            else { return }
            put(entry.aggregate, &state)
        }
    }

    func answer(_ kind: OrderAnswer.Kind, of id: OrderID) -> OrderAnswer? {
        guard capacity > 0 else { return nil }
        return state.withLock { state in
            (state.young.entries[id] ?? state.old.entries[id]).map { entry in
                OrderAnswer(
                    bytes: kind == .whole ? entry.whole : entry.summary, version: entry.aggregate.order.version,
                    ticket: entry.ticket)
            }
        }
    }

    func keepAnswer(_ bytes: [UInt8], _ kind: OrderAnswer.Kind, of id: OrderID, ticket: Int64) {
        state.withLock { state in
            if state.young.entries[id]?.ticket == ticket {
                state.young.entries[id]?.keep(bytes, kind)
            } else if state.young.entries[id] == nil, state.old.entries[id]?.ticket == ticket {
                state.old.entries[id]?.keep(bytes, kind)
            }
        }
    }
}

extension SQLiteStore {
    package func answer(_ kind: OrderAnswer.Kind, of id: OrderID) -> OrderAnswer? { recent.answer(kind, of: id) }

    package func keepAnswer(_ bytes: [UInt8], _ kind: OrderAnswer.Kind, of id: OrderID, ticket: Int64) {
        recent.keepAnswer(bytes, kind, of: id, ticket: ticket)
    }
}
