import Router
import RouterTestKit
import Synchronization

/// The test kit's store in memory, which here also watches the invariants and fails when told to.
///
/// It keeps nothing that decides: every answer is the kit's. What a commit would lose is decided here, as the kit's hook does
/// not see the units.
final class TestStore: Store {
    /// What happens to a commit.
    enum Fault: Sendable {
        /// Nothing is durable, and the caller hears of it.
        case failsBefore
        /// The first unit is durable, the rest is not, and the caller hears that it failed.
        case failsBetween
        /// Everything is durable, and the caller hears that it failed.
        case failsAfter
        case conflicts(Conflict)
    }

    struct State {
        var commits = 0
        var events: [Event] = []
        var discrepancies: [Discrepancy] = []
        var messages: [InboxID: InboxMessage] = [:]
        var violations: [String] = []
        var fault: (@Sendable (Int, [UnitOfWork]) -> Fault?)?
        var readsFail = false
    }

    let memory = MemoryStore()
    private let state = Mutex(State())

    /// Decides what happens to each commit, by its number and what it holds.
    func inject(_ fault: (@Sendable (Int, [UnitOfWork]) -> Fault?)?) { state.withLock { $0.fault = fault } }
    /// From now on every operation but commits fails, or works again.
    func failReads(_ fail: Bool) { state.withLock { $0.readsFail = fail } }

    var violations: [String] { state.withLock { $0.violations } }
    var commits: Int { state.withLock { $0.commits } }
    var events: [Event] { state.withLock { $0.events } }
    var discrepancies: [Discrepancy] { state.withLock { $0.discrepancies } }
    var messages: [InboxMessage] { state.withLock { Array($0.messages.values) } }
    var aggregates: [OrderAggregate] { memory.snapshot().aggregates }
    var payments: [Order] { aggregates.map(\.order) }
    var postings: [Posting] { memory.snapshot().postings }

    /// The named payment, or the first.
    func aggregate(_ id: OrderID? = nil) -> OrderAggregate? { aggregates.first { id == nil || $0.order.id == id } }

    func commit(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult {
        await Task.yield()
        let fault = state.withLock { state in
            state.commits += 1
            return state.fault?(state.commits, units)
        }
        let lost = CommitResult.failed(StoreFailure(.inputOutput))
        switch fault {
        case .failsBefore: return lost
        case .conflicts(let conflict): return .conflict(index: 0, conflict)
        case .failsBetween:
            _ = await write(Array(units.prefix(1)), epoch)
            return lost
        case .failsAfter:
            _ = await write(units, epoch)
            return lost
        case nil: return await write(units, epoch)
        }
    }

    private func write(_ units: [UnitOfWork], _ epoch: Int64) async -> CommitResult {
        let before = Dictionary(uniqueKeysWithValues: aggregates.map { ($0.order.id, $0) })
        let result = await memory.commit(units, epoch: epoch)
        let durable: Int
        switch result {
        case .committed: durable = units.count
        case .conflict(let index, _): durable = index
        case .failed: durable = 0
        }
        state.withLock { state in
            var before = before
            for unit in units.prefix(durable).flatMap({ $0.joined + [$0] }) {
                state.watch(unit, before: before[unit.order.id])
                var attempts = before[unit.order.id]?.attempts ?? []
                attempts += unit.newAttempts
                for changed in unit.changedAttempts {
                    attempts = attempts.map { $0.id == changed.id ? changed : $0 }
                }
                before[unit.order.id] = OrderAggregate(stored: unit.order, attempts: attempts)
                state.events += unit.events
                state.discrepancies += unit.discrepancies
                if let id = unit.inboxDone { state.messages[id]?.state = .applied }
            }
        }
        await Task.yield()
        return result
    }

    /// Runs every other operation.
    func pass<Value: Sendable>(
        _ body: (MemoryStore) async throws(StoreFailure) -> Value
    ) async throws(StoreFailure) -> Value {
        await Task.yield()
        guard !state.withLock({ $0.readsFail }) else { throw StoreFailure(.busy) }
        return try await body(memory)
    }

    func receive(_ message: InboxMessage, limit: Int) async throws(StoreFailure) -> InboxReceipt {
        let receipt = try await pass { store throws(StoreFailure) in try await store.receive(message, limit: limit) }
        if receipt == .taken { state.withLock { $0.messages[message.id] = message } }
        return receipt
    }

    func keep(_ hint: InboxMessage, newest: Int) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.keep(hint, newest: newest) }
    }

    func hints(about attempt: AttemptID) async throws(StoreFailure) -> [InboxMessage] {
        try await pass { store throws(StoreFailure) in try await store.hints(about: attempt) }
    }

    func recognise(
        _ id: InboxID, as trust: InboxMessage.Trust, dedupKey: String
    ) async throws(StoreFailure) -> Bool {
        let isNew = try await pass { store throws(StoreFailure) in
            try await store.recognise(id, as: trust, dedupKey: dedupKey)
        }
        if isNew { state.withLock { $0.messages[id]?.trust = trust } }
        return isNew
    }

    func holdsEarlier(
        than message: InboxMessage, keys: String, butNot others: String
    ) async throws(StoreFailure) -> Bool {
        try await pass { store throws(StoreFailure) in
            try await store.holdsEarlier(than: message, keys: keys, butNot: others)
        }
    }

    func drop(_ ids: [InboxID]) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.drop(ids) }
        state.withLock { state in ids.forEach { state.messages[$0] = nil } }
    }

    func finish(_ id: InboxID, _ end: InboxMessage.State) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.finish(id, end) }
        state.withLock { $0.messages[id]?.state = end }
    }
}
