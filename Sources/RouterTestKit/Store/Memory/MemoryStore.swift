package import Router
import Synchronization

/// A store in memory with the semantics of the real ones: every constraint, all or nothing, versions, epochs.
///
/// Made for the deterministic simulation. It has no thread, timer or clock; every operation asks ``Hook`` exactly once
/// before it acts, and the hook decides whether the operation happens, fails, or is the last thing its process did.
package final class MemoryStore: Store {
    /// Asked once per operation.
    package typealias Hook = @Sendable (Step) async -> StepFate
    /// Which operation is about to happen.
    package typealias Step = StoreOperation

    private let state: Mutex<MemoryState>
    private let onStep: Hook
    private let isClosed = Mutex(false)

    /// An empty store; the hook is asked before each step and may make it fail.
    package convenience init(onStep: @escaping Hook = { _ in .proceed }) {
        self.init(from: Snapshot(state: MemoryState()), onStep: onStep)
    }

    /// Makes a store that holds what another one had made durable.
    package init(from snapshot: Snapshot, onStep: @escaping Hook = { _ in .proceed }) {
        state = Mutex(snapshot.state)
        self.onStep = onStep
    }

    /// Makes an empty store with a planted mistake: it compares no lists of orders of these kinds.
    package convenience init(ignoringLocksOf kinds: Set<OrderKind>) {
        var state = MemoryState()
        state.ignoredLocks = kinds
        self.init(from: Snapshot(state: state))
    }

    /// Makes an empty store with a planted mistake: it does not keep these constraints.
    package convenience init(ignoring constraints: Set<StoreConstraint>) {
        var state = MemoryState()
        state.ignoredConstraints = constraints
        self.init(from: Snapshot(state: state))
    }

    /// Makes a store that holds these wallets, perhaps with planted mistakes.
    ///
    /// - Parameters:
    ///   - wallets: What it begins with.
    ///   - ignoresFunds: It looks at no floor, no limit and no hold.
    ///   - holdSeconds: Whatever is set aside is free after so many seconds.
    ///   - ignoredLocks: It compares no lists of orders of these kinds.
    ///   - holders: Whose some of the wallets are.
    ///   - bills: The bills it begins with.
    ///   - apps: The apps it begins with.
    ///   - keepsCodes: A code is good as often as it is typed.
    ///   - ignoresBills: A bill lets every payment in.
    package convenience init(
        wallets: [Wallet], ignoresFunds: Bool = false, holdSeconds: Int64? = nil,
        ignoringLocksOf ignoredLocks: Set<OrderKind> = [], holders: [(Account, WalletID)] = [], bills: [Bill] = [],
        apps: [App] = [], keepsCodes: Bool = false, ignoresBills: Bool = false
    ) {
        var state = MemoryState()
        for wallet in wallets { _ = try? state.insert(wallet) }
        for (account, wallet) in holders {
            state.people.accounts[account.id] = account
            state.people.hold([wallet], by: account.id)
        }
        state.people.bills = bills
        for app in apps { state.apps[app.id] = app }
        (state.people.keepsCodes, state.people.ignoresBills) = (keepsCodes, ignoresBills)
        (state.ledger.ignored, state.ledger.holdSeconds) = (ignoresFunds ? Self.funds : [], holdSeconds)
        state.ignoredLocks = ignoredLocks
        self.init(from: Snapshot(state: state))
    }

    /// What a store that ignores funds does not refuse for.
    private static let funds: Set<LedgerRefusal.Reason> = [.insufficient, .limit, .holdEnded]

    /// Makes an empty store with a planted mistake: its ledger refuses nothing for these reasons.
    package convenience init(granting reasons: Set<LedgerRefusal.Reason>) {
        var state = MemoryState()
        state.ledger.ignored = reasons
        self.init(from: Snapshot(state: state))
    }

    /// Loses everything, once nobody looks at it any more: the tasks of a process that is gone hold their store for ever.
    package func empty() { state.withLock { $0 = MemoryState() } }

    /// Everything durable at this moment.
    package func snapshot() -> Snapshot { state.withLock { Snapshot(state: $0) } }

    /// What a store holds; a value.
    package struct Snapshot: Sendable {
        let state: MemoryState

        /// Every payment with its attempts, oldest first.
        package var aggregates: [OrderAggregate] {
            state.aggregates.values.map { OrderAggregate(stored: $0.order, attempts: $0.attempts) }
                .sorted { $0.order.id.text < $1.order.id.text }
        }

        /// Notifications that are still to be applied.
        package var openNotifications: [InboxMessage] { state.inbox.values.filter { $0.retryAt != nil } }

        /// What is believed and was not applied, as people see it.
        package var unmatched: [InboxMessage] { state.unmatched(after: nil, limit: .max) }

        /// Every posting.
        package var postings: [Posting] { state.aggregates.values.flatMap(\.postings) }

        /// Every account.
        package var balances: [AccountBalance] { state.ledger.accounts.values.sorted { $0.name < $1.name } }

        /// What a check of the whole ledger finds.
        package var verification: LedgerVerification { state.verification }

        /// Every one-time code.
        package var challenges: [Challenge] { state.people.challenges }

        /// Every bill.
        package var bills: [Bill] { state.people.bills }

        /// Every message, sent or not.
        package var messages: [MessageEntry] { state.people.messages }

        /// Whose a wallet is.
        package func holder(of wallet: WalletID) -> AccountID? { state.people.holder(of: wallet) }

        /// Every unit as a step of its order.
        package var steps: [SnapshotStep] { state.snapshots.steps }

        /// Every hold.
        package var holds: [Hold] { state.ledger.holds.values.flatMap(\.values) }
    }

    /// Runs one operation under the hook's fate.
    func perform<Value: Sendable>(
        _ step: Step, _ body: @Sendable (inout MemoryState) throws(StoreFailure) -> Value
    ) async throws(StoreFailure) -> Value {
        let fate = await onStep(step)
        switch fate {
        case .proceed, .hangAfter: break
        case .fail(let failure): throw failure
        case .hangBefore: await Self.hang()
        }
        if isClosed.withLock({ $0 }) { throw StoreFailure(.closed, "the store is closed") }
        let result = state.withLock { state -> Result<Value, StoreFailure> in
            do throws(StoreFailure) { return .success(try body(&state)) } catch { return .failure(error) }
        }
        if fate == .hangAfter { await Self.hang() }
        return try result.get()
    }

    package func close() async {
        _ = await onStep(.close)
        isClosed.withLock { $0 = true }
    }

    /// Never returns: the process that called is gone.
    private static func hang() async { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
}

extension MemoryStore {
    /// What becomes of an operation.
    package enum StepFate: Sendable, Hashable {
        case proceed
        /// It fails and changes nothing.
        case fail(StoreFailure)
        /// The process dies before it: nothing is changed, and the caller never hears back.
        case hangBefore
        /// The process dies after it became durable: the caller never hears back.
        case hangAfter
    }
}
