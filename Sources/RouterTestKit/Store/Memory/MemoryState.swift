import Router

/// The tables of a ``MemoryStore``: a value, so that a snapshot costs nothing.
struct MemoryState: Sendable {
    var facts: [String: String] = [:]
    var epoch: Int64 = 0

    var files: [OrderID: StoredFile] = [:]
    /// Timers of payments that have one.
    var dues: [OrderID: Due] = [:]
    var bindings: [Binding.Key: Binding] = [:]
    var references: [ReferenceKey: OrderID] = [:]
    /// Newest last.
    var operatorReferences: [OperatorReferenceKey: [OrderID]] = [:]
    var attemptNumber: Int64 = 0

    var events: [Event] = []
    var eventIndex: [EventID: Int] = [:]

    var inbox: [InboxID: InboxMessage] = [:]
    var inboxKeys: [InboxKey: InboxID] = [:]

    var apps: [AppID: App] = [:]
    var keys: [[UInt8]: AppKey] = [:]

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
