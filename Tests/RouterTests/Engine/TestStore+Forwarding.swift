import Router
import RouterTestKit

/// What is only passed on.
extension TestStore {
    func takeEpoch() async throws(StoreFailure) -> Int64 {
        try await pass { store throws(StoreFailure) in try await store.takeEpoch() }
    }
    func fact(_ name: String) async throws(StoreFailure) -> String? {
        try await pass { store throws(StoreFailure) in try await store.fact(name) }
    }
    func setFact(_ name: String, _ value: String) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.setFact(name, value) }
    }
    func close() async { await memory.close() }
    func orderAggregate(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        try await pass { store throws(StoreFailure) in try await store.orderAggregate(id) }
    }
    func idempotencyRecord(_ key: IdempotencyRecord.Key) async throws(StoreFailure) -> IdempotencyRecord? {
        try await pass { store throws(StoreFailure) in try await store.idempotencyRecord(key) }
    }
    func claim(_ lock: OrderLock) async throws(StoreFailure) -> StoredClaim? {
        try await pass { store throws(StoreFailure) in try await store.claim(lock) }
    }
    func setRecordedStatus(_ key: IdempotencyRecord.Key, _ status: Int) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.setRecordedStatus(key, status) }
    }
    func order(provider: ProviderID, reference: String) async throws(StoreFailure) -> OrderID? {
        try await pass { store throws(StoreFailure) in try await store.order(provider: provider, reference: reference)
        }
    }
    func order(provider: ProviderID, operatorReference: String) async throws(StoreFailure) -> OrderID? {
        try await pass { store throws(StoreFailure) in
            try await store.order(provider: provider, operatorReference: operatorReference)
        }
    }
    func hasAttempts(provider: ProviderID) async throws(StoreFailure) -> Bool {
        try await pass { store throws(StoreFailure) in try await store.hasAttempts(provider: provider) }
    }
    func due(_ queue: TimerQueue, before moment: Moment, limit: Int) async throws(StoreFailure) -> [OrderID] {
        try await pass { store throws(StoreFailure) in try await store.due(queue, before: moment, limit: limit) }
    }
    func nextDue(_ queue: TimerQueue) async throws(StoreFailure) -> Moment? {
        try await pass { store throws(StoreFailure) in try await store.nextDue(queue) }
    }
    func sending() async throws(StoreFailure) -> [OrderID] {
        try await pass { store throws(StoreFailure) in try await store.sending() }
    }
    func openOrders() async throws(StoreFailure) -> [ProviderID: Int] {
        try await pass { store throws(StoreFailure) in try await store.openOrders() }
    }
    func openPlaces() async throws(StoreFailure) -> [OpenPlace] {
        try await pass { store throws(StoreFailure) in try await store.openPlaces() }
    }
    func openOrders(at provider: ProviderID) async throws(StoreFailure) -> [OrderID] {
        try await pass { store throws(StoreFailure) in try await store.openOrders(at: provider) }
    }
    func exposed() async throws(StoreFailure) -> [ExposedAttempt] {
        try await pass { store throws(StoreFailure) in try await store.exposed() }
    }
    func unkeyedProofs(
        after number: Int64, limit: Int
    ) async throws(StoreFailure) -> [UnkeyedProof] {
        try await pass { store throws(StoreFailure) in try await store.unkeyedProofs(after: number, limit: limit) }
    }
    func keyProofs(_ keys: [(number: Int64, key: String)]) async throws(StoreFailure) -> Set<Int64> {
        try await pass { store throws(StoreFailure) in try await store.keyProofs(keys) }
    }
    func insert(_ person: Person) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.insert(person) }
    }
    func update(_ person: Person) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.update(person) }
    }
    func people() async throws(StoreFailure) -> [Person] {
        try await pass { store throws(StoreFailure) in try await store.people() }
    }
    func person(named name: String) async throws(StoreFailure) -> Person? {
        try await pass { store throws(StoreFailure) in try await store.person(named: name) }
    }

    func page(_ query: OrderQuery) async throws(StoreFailure) -> OrderPage {
        try await pass { store throws(StoreFailure) in try await store.page(query) }
    }
    func sums(_ query: OrderQuery) async throws(StoreFailure) -> [OrderSum] {
        try await pass { store throws(StoreFailure) in try await store.sums(query) }
    }
    func metadataIndex(of app: AppID) async throws(StoreFailure) -> MetadataIndex {
        try await pass { store throws(StoreFailure) in try await store.metadataIndex(of: app) }
    }
    func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.setMetadataIndex(names, of: app, from: start) }
    }
    func indexOlderMetadata(limit: Int) async throws(StoreFailure) -> Bool {
        try await pass { store throws(StoreFailure) in try await store.indexOlderMetadata(limit: limit) }
    }
    func evidence(_ order: OrderID) async throws(StoreFailure) -> [Evidence] {
        try await pass { store throws(StoreFailure) in try await store.evidence(order) }
    }
    func steps(of order: OrderID) async throws(StoreFailure) -> [OrderStep] {
        try await pass { store throws(StoreFailure) in try await store.steps(of: order) }
    }
    func discrepancies(_ order: OrderID) async throws(StoreFailure) -> [Discrepancy] {
        try await pass { store throws(StoreFailure) in try await store.discrepancies(order) }
    }
    func postings(_ movement: MovementID) async throws(StoreFailure) -> [Posting] {
        try await pass { store throws(StoreFailure) in try await store.postings(movement) }
    }
    func unknownAttempts() async throws(StoreFailure) -> [StoreTotals.Open] {
        try await pass { store throws(StoreFailure) in try await store.unknownAttempts() }
    }
    func totals() async throws(StoreFailure) -> StoreTotals {
        try await pass { store throws(StoreFailure) in try await store.totals() }
    }
    func inbox(before moment: Moment, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        try await pass { store throws(StoreFailure) in try await store.inbox(before: moment, limit: limit) }
    }
    func unmatched(after id: InboxID?, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        try await pass { store throws(StoreFailure) in try await store.unmatched(after: id, limit: limit) }
    }
    func inboxMessage(_ id: InboxID) async throws(StoreFailure) -> InboxMessage? {
        try await pass { store throws(StoreFailure) in try await store.inboxMessage(id) }
    }
    func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event] {
        try await pass { store throws(StoreFailure) in
            try await store.events(
                app: app, environment: environment, order: order, type: type, after: after, limit: limit)
        }
    }
    func event(
        _ id: EventID, app: AppID, environment: PayEnvironment
    ) async throws(StoreFailure) -> Event? {
        try await pass { store throws(StoreFailure) in
            try await store.event(id, app: app, environment: environment)
        }
    }
    func insert(_ app: App) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.insert(app) }
    }
    func update(_ app: App) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.update(app) }
    }
    func app(_ id: AppID) async throws(StoreFailure) -> App? {
        try await pass { store throws(StoreFailure) in try await store.app(id) }
    }
    func apps() async throws(StoreFailure) -> [App] {
        try await pass { store throws(StoreFailure) in try await store.apps() }
    }
    func insert(_ key: AppKey) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.insert(key) }
    }
    func update(_ key: AppKey) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.update(key) }
    }
    func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] {
        try await pass { store throws(StoreFailure) in try await store.keys(of: app) }
    }
    func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? {
        try await pass { store throws(StoreFailure) in try await store.key(hash: hash) }
    }
    func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.insert(endpoint) }
    }
    func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.update(endpoint) }
    }
    func delete(_ id: WebhookEndpointID) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.delete(id) }
    }
    func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? {
        try await pass { store throws(StoreFailure) in try await store.endpoint(id) }
    }
    func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] {
        try await pass { store throws(StoreFailure) in try await store.endpoints(app: app) }
    }
    func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        try await pass { store throws(StoreFailure) in try await store.fanOut(at: now, limit: limit) }
    }
    func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try await pass { store throws(StoreFailure) in
            try await store.dueDeliveries(endpoint, before: moment, limit: limit)
        }
    }
    func nextDelivery() async throws(StoreFailure) -> Moment? {
        try await pass { store throws(StoreFailure) in try await store.nextDelivery() }
    }
    func record(_ deliveries: [Delivery]) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.record(deliveries) }
    }
    func deliveries(_ endpoint: WebhookEndpointID, after: EventID?, limit: Int) async throws(StoreFailure) -> [Delivery]
    {
        try await pass { store throws(StoreFailure) in try await store.deliveries(endpoint, after: after, limit: limit)
        }
    }
    func delivery(of event: EventID, to endpoint: WebhookEndpointID) async throws(StoreFailure) -> Delivery? {
        try await pass { store throws(StoreFailure) in try await store.delivery(of: event, to: endpoint) }
    }
    func replay(
        _ endpoint: WebhookEndpointID, since moment: Moment, after: EventID?, limit: Int, at now: Moment
    ) async throws(StoreFailure) -> ReplayedEvents {
        try await pass { store throws(StoreFailure) in
            try await store.replay(endpoint, since: moment, after: after, limit: limit, at: now)
        }
    }
    func waiting(_ endpoint: WebhookEndpointID, since moment: Moment) async throws(StoreFailure) -> Int {
        try await pass { store throws(StoreFailure) in try await store.waiting(endpoint, since: moment) }
    }
    func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int {
        try await pass { store throws(StoreFailure) in
            try await store.redeliver(endpoint, event: event, failedSince: failedSince, at: now)
        }
    }
}
