/// Durable memory.
///
/// Operations are transactions, not tables; every engine (SQLite, memory, later PostgreSQL) passes the contract suite
/// in RouterTestKit.
package protocol Store: OrderStore, OrderAnswers, InboxStore, EventStore, AppStore, PeopleStore, WebhookStore,
    MetadataIndexStore, LedgerStore, AccountStore, ChallengeStore, BillStore, PlatformStore,
    SnapshotStore, ConfigurationStore
{
    /// Takes the next epoch for this process: larger than every earlier one. Called once, before anything else.
    func takeEpoch() async throws(StoreFailure) -> Int64

    /// Reads a named installation fact, for instance the master key's id.
    func fact(_ name: String) async throws(StoreFailure) -> String?

    /// Writes a named installation fact durably.
    func setFact(_ name: String, _ value: String) async throws(StoreFailure)

    /// Refuses new work, finishes what began, and closes.
    func close() async
}

/// Payments, attempts and evidence.
package protocol OrderStore: Sendable {
    /// Makes units durable in order, each whole or not at all; stops at the first that conflicts.
    ///
    /// Returns after the flush. Runs to its end even if the calling task is cancelled.
    func commit(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult

    /// A payment with all its attempts, as last committed.
    func orderAggregate(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate?

    func idempotencyRecord(_ key: IdempotencyRecord.Key) async throws(StoreFailure) -> IdempotencyRecord?

    /// The orders accepted under a lock; `nil` if there was never one.
    func claim(_ lock: OrderLock) async throws(StoreFailure) -> StoredClaim?

    /// Sets the status code that a key's record replays, after the first answer turned out to be another one.
    func setRecordedStatus(_ key: IdempotencyRecord.Key, _ status: Int) async throws(StoreFailure)

    /// The payment whose attempt carries this reference of ours at a provider.
    func order(provider: ProviderID, reference: String) async throws(StoreFailure) -> OrderID?

    /// The payment whose attempt carries this operator reference at a provider.
    func order(provider: ProviderID, operatorReference: String) async throws(StoreFailure) -> OrderID?

    /// Whether anything was ever tried at a provider, configured now or not.
    func hasAttempts(provider: ProviderID) async throws(StoreFailure) -> Bool

    /// Payments due in a queue at a moment or before it, most overdue first.
    func due(_ queue: TimerQueue, before moment: Moment, limit: Int) async throws(StoreFailure) -> [OrderID]

    /// When the next payment of a queue is due.
    func nextDue(_ queue: TimerQueue) async throws(StoreFailure) -> Moment?

    /// Payments with an attempt in SENDING, whatever its epoch.
    func sending() async throws(StoreFailure) -> [OrderID]

    /// How many orders each provider still has something to say about: an attempt that is live and has not succeeded, or money
    /// it holds for a later capture.
    func openOrders() async throws(StoreFailure) -> [ProviderID: Int]

    /// The same by scope and operation.
    func openPlaces() async throws(StoreFailure) -> [OpenPlace]

    /// The orders behind ``openOrders()`` of one provider, oldest first.
    func openOrders(at provider: ProviderID) async throws(StoreFailure) -> [OrderID]

    /// Attempts whose outcome is not known, or was not when they were last committed: SENDING, UNKNOWN and CONFLICT.
    func exposed() async throws(StoreFailure) -> [ExposedAttempt]

    /// Attempts that succeeded before the rule of one attempt per operator's reference, and have no key yet.
    ///
    /// A refund that its operator names like the payment is left out: that reference tells nothing apart.
    func unkeyedProofs(after number: Int64, limit: Int) async throws(StoreFailure) -> [UnkeyedProof]

    /// Gives attempts their keys in one transaction.
    ///
    /// - Returns: The numbers of those whose key is another attempt's; they keep none.
    func keyProofs(_ keys: [(number: Int64, key: String)]) async throws(StoreFailure) -> Set<Int64>

    /// One page of orders, newest first, whatever their kinds.
    ///
    /// With `before` alone it is the page next to that order.
    func page(_ query: OrderQuery) async throws(StoreFailure) -> OrderPage

    /// How much all the orders are that a list would show page by page: its limit and cursors do not count.
    ///
    /// Ordered by currency and status.
    func sums(_ query: OrderQuery) async throws(StoreFailure) -> [OrderSum]

    /// The evidence about a payment's attempts, oldest first.
    func evidence(_ order: OrderID) async throws(StoreFailure) -> [Evidence]

    /// What was durable of an order step by step, oldest first; a step that cannot be read says so, and the others are
    /// there.
    func steps(of order: OrderID) async throws(StoreFailure) -> [OrderStep]

    /// Discrepancies of a payment, oldest first.
    func discrepancies(_ order: OrderID) async throws(StoreFailure) -> [Discrepancy]

    /// The ledger lines of a movement.
    func postings(_ movement: MovementID) async throws(StoreFailure) -> [Posting]

    /// Attempts in UNKNOWN, per provider and currency: a part of ``totals()`` for whoever needs no other.
    func unknownAttempts() async throws(StoreFailure) -> [StoreTotals.Open]

    /// Counts for `/metrics`.
    func totals() async throws(StoreFailure) -> StoreTotals
}

/// Figures over all payments.
package struct StoreTotals: Sendable, Hashable {
    package struct Open: Sendable, Hashable {
        package var provider: ProviderID
        package var currency: String
        package var count: Int64
        package var minorUnits: Int64
        package var oldest: Moment

        package init(provider: ProviderID, currency: String, count: Int64, minorUnits: Int64, oldest: Moment) {
            self.provider = provider
            self.currency = currency
            self.count = count
            self.minorUnits = minorUnits
            self.oldest = oldest
        }
    }

    /// Attempts in UNKNOWN, per provider and currency.
    package var unknown: [Open]
    /// Payments that have a timer.
    package var timers: Int64
    /// Inbox messages not applied yet.
    package var inbox: Int64
    /// The same by who sent them.
    package var inboxByTrust: [InboxMessage.Trust: Int64] = [:]
    /// Webhook deliveries not finished yet.
    package var deliveries: Int64
    /// How many payments people have to look at.
    package var underReview: Int64
    /// Open reviews of all orders by reason, final orders included.
    package var reviews: [Review.Reason: Int64]

    package init(
        unknown: [Open] = [], timers: Int64 = 0, inbox: Int64 = 0, deliveries: Int64 = 0, underReview: Int64 = 0,
        reviews: [Review.Reason: Int64] = [:]
    ) {
        self.unknown = unknown
        self.timers = timers
        self.inbox = inbox
        self.deliveries = deliveries
        self.underReview = underReview
        self.reviews = reviews
    }
}

/// An attempt that succeeded and has no key of its proof.
package struct UnkeyedProof: Sendable, Hashable {
    /// Its place among all attempts.
    package var number: Int64
    package var order: OrderID
    package var provider: ProviderID
    package var operation: MoneyOperation
    package var operatorReference: String

    package init(
        number: Int64, order: OrderID, provider: ProviderID, operation: MoneyOperation, operatorReference: String
    ) {
        self.number = number
        self.order = order
        self.provider = provider
        self.operation = operation
        self.operatorReference = operatorReference
    }
}

/// Money that may or may not have moved.
package struct ExposedAttempt: Sendable, Hashable {
    package var id: AttemptID
    package var provider: ProviderID
    package var amount: Money

    package init(id: AttemptID, provider: ProviderID, amount: Money) {
        self.id = id
        self.provider = provider
        self.amount = amount
    }
}

/// Orders of one currency and status, added up.
package struct OrderSum: Sendable, Hashable {
    package var currency: String
    package var status: OrderStatus
    package var count: Int64
    /// `nil` if it is more than 64 bits hold.
    package var minorUnits: Int64?

    package init(currency: String, status: OrderStatus, count: Int64, minorUnits: Int64?) {
        self.currency = currency
        self.status = status
        self.count = count
        self.minorUnits = minorUnits
    }
}
