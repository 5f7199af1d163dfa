import Router

/// The tables of a ``MemoryStore``: a value, so that a snapshot costs nothing.
struct MemoryState: Sendable {
    var facts: [String: String] = [:]
    var epoch: Int64 = 0

    var aggregates: [OrderID: StoredFile] = [:]
    /// Timers of payments that have one.
    var dues: [OrderID: TimerEntry] = [:]
    var idempotencyRecords: [IdempotencyRecord.Key: IdempotencyRecord] = [:]
    var claims: [OrderLock: StoredClaim] = [:]
    /// A planted mistake: orders of these kinds are let in whoever holds their lock.
    var ignoredLocks: Set<OrderKind> = []
    /// A planted mistake: these are not kept.
    var ignoredConstraints: Set<StoreConstraint> = []
    /// Which order repeats an order.
    var repeats: [OrderID: OrderID] = [:]
    var references: [ReferenceKey: OrderID] = [:]
    /// Newest last.
    var operatorReferences: [OperatorReferenceKey: [OrderID]] = [:]
    var attemptNumber: Int64 = 0
    /// Which attempt each operator's reference proves.
    var proofs: [String: AttemptID] = [:]

    var ledger = MemoryLedger()
    var wallets: [WalletID: Wallet] = [:]

    var events: [Event] = []
    var eventIndex: [EventID: Int] = [:]

    var inbox: [InboxID: InboxMessage] = [:]
    var inboxKeys: [InboxKey: InboxID] = [:]

    var apps: [AppID: App] = [:]
    var keys: [[UInt8]: AppKey] = [:]

    var metadataIndexes: [AppID: [String: StoredIndex]] = [:]
    /// Which orders have a value, as far as they are indexed.
    var metadata: [MetadataKey: Set<OrderID>] = [:]

    /// Who may sign, in the order they were added.
    var signers: [Person] = []
    var people = MemoryPeople()
    /// Oldest first.
    var audit: [AuditRecord] = []
    /// Oldest first.
    var configurations: [StoredConfiguration] = []
    var activations: [ConfigurationActivation] = []

    var snapshots = MemorySnapshots()

    var endpoints: [WebhookEndpointID: StoredEndpoint] = [:]
    var deliveries: [WebhookEndpointID: [Int: StoredDelivery]] = [:]

    /// A payment and everything that hangs on it.
    struct StoredFile: Sendable {
        var order: Order
        var attempts: [Attempt] = []
        /// When each attempt was inserted, over all payments.
        var attemptNumbers: [Int64] = []
        var evidence: [Evidence] = []
        var postings: [Posting] = []
        var discrepancies: [Discrepancy] = []
        var eventIndices: [Int] = []
        var steps: [OrderStep] = []
    }

    /// A name that an app chose, or left out and is being forgotten.
    struct StoredIndex: Sendable {
        /// Kinds that are not done, with how far they are.
        var open: [OrderKind: Place]
        var isLeaving = false

        struct Place: Hashable, Sendable {
            var completeFrom: Moment
            /// The oldest order looked at.
            var cursor: OrderID?
        }
    }

    struct MetadataKey: Hashable, Sendable {
        let app: AppID
        let term: MetadataTerm
    }

    struct StoredEndpoint: Sendable {
        var endpoint: WebhookEndpoint
        /// How many of all events it has been given or passed over.
        var cursor: Int
    }

    struct StoredDelivery: Sendable {
        var state: Delivery.State
        var tries: [Delivery.Try]
        var dueAt: Moment?
        var body: [UInt8]?
    }

    struct ReferenceKey: Hashable, Sendable {
        let provider: ProviderID
        let scope: String
        let reference: String
    }

    struct OperatorReferenceKey: Hashable, Sendable {
        let provider: ProviderID
        let reference: String
    }

    struct InboxKey: Hashable, Sendable {
        let provider: ProviderID
        let dedupKey: String
    }
}
