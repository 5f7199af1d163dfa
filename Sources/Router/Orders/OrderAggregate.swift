/// An order with all its attempts: the unit that changes together.
///
/// Every change is a pure, synchronous step on this value; what the steps wrote is collected and becomes one
/// ``UnitOfWork``. No clock, no randomness, no store in here. A copy costs one reference.
package struct OrderAggregate: Sendable, Hashable {
    private var contents: CopyOnWrite<Contents>

    private struct Contents: Sendable, Hashable {
        var order: Order
        var attempts: [Attempt]
        var pending = Pending()
        var storedStatus: OrderStatus?
    }

    package internal(set) var order: Order {
        _read { yield contents.value.order }
        _modify { yield &contents.value.order }
    }

    package internal(set) var attempts: [Attempt] {
        _read { yield contents.value.attempts }
        _modify { yield &contents.value.attempts }
    }

    /// What the next commit has to carry.
    var pending: Pending {
        _read { yield contents.value.pending }
        _modify { yield &contents.value.pending }
    }

    /// The status as last committed; `nil` for an order that never was.
    var storedStatus: OrderStatus? { contents.value.storedStatus }

    struct Pending: Sendable, Hashable {
        var isNew = false
        var newAttempts: Set<AttemptID> = []
        var changedAttempts: Set<AttemptID> = []
        var evidence: [Evidence] = []
        var lines = LedgerLines()
        var discrepancies: [Discrepancy] = []
        /// The status that was last told to the app.
        var announced: OrderStatus?
        var occasions: [EventType.Occasion] = []
        var isTouched = false
        /// Whether to tell that the bill is paid; `nil` leaves it to the success.
        var tellsBill: Bool?
        /// Another prompt is open on the wallet: look again soon.
        var waitsForWallet = false
        /// The next check is due now, whatever the ladder says.
        var checksAtOnce = false
        /// A transfer's money has come to rest with people.
        var isParked = false
        /// The store refused an execution's own reference: it proves another attempt already.
        var refusesProof = false
    }

    /// An order just accepted; nothing is durable yet.
    package init(accepting order: Order) {
        contents = CopyOnWrite(Contents(order: order, attempts: []))
        pending.isNew = true
        pending.occasions = [.created]
        pending.lines = .accepting(order)
    }

    /// As the store has it: nothing is pending.
    package init(stored order: Order, attempts: [Attempt]) {
        contents = CopyOnWrite(Contents(order: order, attempts: attempts, storedStatus: order.status))
        pending.announced = order.status
        if order.disputes.isEmpty { self.order.disputes = Self.rememberedDisputes(attempts) }
    }

    /// Orders of the first release kept only the kinds of their attempts' disputes.
    private static func rememberedDisputes(_ attempts: [Attempt]) -> [Dispute] {
        attempts.flatMap { attempt in
            attempt.disputes.map { kind in
                let executed = kind == .lateFailure ? Money(0, attempt.amount.currency) : attempt.amount
                return Dispute(
                    attempt: attempt.id, kind: kind, recordedState: attempt.state, executed: executed,
                    account: "discrepancy:\(kind.rawValue)", at: attempt.history.last?.at ?? attempt.createdAt)
            }
        }
    }

    /// What its attempts ask of an operator: a refund by payout is a payout there.
    package var operation: MoneyOperation {
        order.request.followUp?.isPaidOut == true ? .payout : order.purpose
    }

    /// The attempt that forbids any other, if there is one.
    package var liveAttempt: Attempt? { attempts.last { $0.state.isLive } }

    package func attempt(_ id: AttemptID) -> Attempt? { attempts.first { $0.id == id } }

    /// Begins to collect for the next commit, after what was pending has become a unit.
    mutating func beginNext() {
        pending = Pending()
        pending.announced = order.status
        contents.value.storedStatus = order.status
    }

    /// Whether anything waits to be committed.
    package var isDirty: Bool { pending.isNew || pending.isTouched }

    /// Changes one attempt and remembers that it changed.
    mutating func change<Result>(_ id: AttemptID, _ body: (inout Attempt) -> Result) -> Result? {
        guard let index = attempts.firstIndex(where: { $0.id == id }) else { return nil }
        pending.isTouched = true
        if !pending.newAttempts.contains(id) { pending.changedAttempts.insert(id) }
        return body(&attempts[index])
    }

    /// Changes the order and remembers that it changed.
    package mutating func change(_ body: (inout Order) -> Void) {
        pending.isTouched = true
        body(&order)
    }
}
