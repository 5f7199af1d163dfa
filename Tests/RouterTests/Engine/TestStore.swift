import Router
import Synchronization

/// A store in memory that keeps the store's promises, watches the invariants, and fails when told to.
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
        var files: [PaymentID: (payment: Payment, attempts: [Attempt])] = [:]
        var bindings: [Binding.Key: Binding] = [:]
        var evidence: [(PaymentID, Evidence)] = []
        var events: [Event] = []
        var postings: [Posting] = []
        var discrepancies: [Discrepancy] = []
        var inbox: [InboxID: InboxMessage] = [:]
        var facts: [String: String] = [:]
        var epoch: Int64 = 0
        var commits = 0
        var violations: [String] = []
        var fault: (@Sendable (Int, [UnitOfWork]) -> Fault?)?
        var readsFail = false
    }

    let state = Mutex(State())

    /// Decides what happens to each commit, by its number and what it holds.
    func inject(_ fault: (@Sendable (Int, [UnitOfWork]) -> Fault?)?) { state.withLock { $0.fault = fault } }
    func failReads(_ fail: Bool) { state.withLock { $0.readsFail = fail } }
    var violations: [String] { state.withLock { $0.violations } }
    var commits: Int { state.withLock { $0.commits } }
    var events: [Event] { state.withLock { $0.events } }
    var postings: [Posting] { state.withLock { $0.postings } }
    var discrepancies: [Discrepancy] { state.withLock { $0.discrepancies } }
    var messages: [InboxMessage] { state.withLock { Array($0.inbox.values) } }
    var payments: [Payment] { state.withLock { $0.files.values.map(\.payment) } }

    /// The payment, which must be the only one or be named.
    func file(_ id: PaymentID? = nil) -> PaymentFile? {
        state.withLock { state in
            guard let id = id ?? state.files.keys.first, let found = state.files[id] else { return nil }
            return PaymentFile(stored: found.payment, attempts: found.attempts)
        }
    }

    func commit(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult {
        await Task.yield()
        let result = state.withLock { state -> CommitResult in
            state.commits += 1
            let fault = state.fault?(state.commits, units)
            switch fault {
            case .failsBefore: return .failed(StoreFailure(.inputOutput))
            case .conflicts(let conflict): return .conflict(index: 0, conflict)
            case .failsAfter, .failsBetween, nil: break
            }
            guard epoch == state.epoch else { return .conflict(index: 0, .staleEpoch) }
            for (index, unit) in units.enumerated() {
                if let conflict = state.apply(unit) { return .conflict(index: index, conflict) }
                if case .failsBetween = fault { return .failed(StoreFailure(.inputOutput)) }
            }
            if case .failsAfter = fault { return .failed(StoreFailure(.inputOutput)) }
            return .committed
        }
        await Task.yield()
        return result
    }

    func read<Value>(_ body: (inout sending State) -> sending Value) async throws(StoreFailure) -> Value {
        await Task.yield()
        guard !state.withLock({ $0.readsFail }) else { throw StoreFailure(.busy) }
        return state.withLock(body)
    }

    func paymentFile(_ id: PaymentID) async throws(StoreFailure) -> PaymentFile? {
        try await read { _ in }
        return file(id)
    }
    func binding(_ key: Binding.Key) async throws(StoreFailure) -> Binding? { try await read { $0.bindings[key] } }
    func setBindingStatus(_ key: Binding.Key, _ status: Int) async throws(StoreFailure) {
        try await read { $0.bindings[key]?.status = status }
    }
    func payment(provider: ProviderID, reference: String) async throws(StoreFailure) -> PaymentID? {
        try await read { $0.find { $0.provider == provider && $0.reference == reference } }
    }
    func payment(provider: ProviderID, operatorReference: String) async throws(StoreFailure) -> PaymentID? {
        try await read { $0.find { $0.provider == provider && $0.operatorReference == operatorReference } }
    }
    func due(_ lane: Lane, before moment: Moment, limit: Int) async throws(StoreFailure) -> [PaymentID] {
        try await read { state in
            let due = state.files.values.compactMap { file in file.payment.due.map { (file.payment.id, $0) } }
            let ours = due.filter { $0.1.lane == lane && $0.1.at < moment }.sorted {
                ($0.1.at, $0.0.text) < ($1.1.at, $1.0.text)
            }
            return ours.prefix(limit).map(\.0)
        }
    }
    func nextDue(_ lane: Lane) async throws(StoreFailure) -> Moment? {
        try await read { $0.files.values.compactMap(\.payment.due).filter { $0.lane == lane }.map(\.at).min() }
    }
    func sending() async throws(StoreFailure) -> [PaymentID] {
        try await read { state in
            state.files.values.filter { $0.attempts.contains { $0.state == .sending } }.map(\.payment.id)
        }
    }
    func evidence(_ payment: PaymentID) async throws(StoreFailure) -> [Evidence] {
        try await read { $0.evidence.filter { $0.0 == payment }.map(\.1) }
    }
    func takeEpoch() async throws(StoreFailure) -> Int64 {
        try await read { state in
            state.epoch += 1
            return state.epoch
        }
    }
    func fact(_ name: String) async throws(StoreFailure) -> String? { try await read { $0.facts[name] } }
    func setFact(_ name: String, _ value: String) async throws(StoreFailure) {
        try await read { $0.facts[name] = value }
    }
    func close() async {}

    func receive(_ message: InboxMessage) async throws(StoreFailure) -> Bool {
        try await read { state in
            guard
                !state.inbox.values.contains(where: {
                    $0.provider == message.provider && $0.dedupKey == message.dedupKey
                })
            else { return false }
            state.inbox[message.id] = message
            return true
        }
    }
    func inbox(before moment: Moment, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        try await read { state in
            let open = state.inbox.values.filter { message in
                guard case .open(let at) = message.state else { return false }
                return at < moment
            }
            return Array(open.sorted { $0.id.text < $1.id.text }.prefix(limit))
        }
    }
    func settle(_ id: InboxID, _ end: InboxMessage.State) async throws(StoreFailure) {
        try await read { $0.inbox[id]?.state = end }
    }
}
