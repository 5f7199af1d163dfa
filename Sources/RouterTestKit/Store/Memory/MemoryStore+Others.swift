package import Router

extension MemoryStore {
    package func receive(_ message: InboxMessage, limit: Int) async throws(StoreFailure) -> InboxReceipt {
        try await perform(.receive) { (state) throws(StoreFailure) in try state.receive(message, limit: limit) }
    }

    package func keep(_ hint: InboxMessage, newest: Int) async throws(StoreFailure) {
        try await perform(.keep) { $0.keep(hint, newest: newest) }
    }

    package func hints(about attempt: AttemptID) async throws(StoreFailure) -> [InboxMessage] {
        try await perform(.hints) { $0.hints(about: attempt) }
    }

    package func recognise(
        _ id: InboxID, as trust: InboxMessage.Trust, dedupKey: String
    ) async throws(StoreFailure) -> Bool {
        try await perform(.recognise) { $0.recognise(id, as: trust, dedupKey: dedupKey) }
    }

    package func holdsEarlier(
        than message: InboxMessage, keys: String, butNot others: String
    ) async throws(StoreFailure) -> Bool {
        try await perform(.holdsEarlier) { $0.holdsEarlier(than: message, keys: keys, butNot: others) }
    }

    package func drop(_ ids: [InboxID]) async throws(StoreFailure) {
        try await perform(.drop) { $0.drop(ids) }
    }

    package func inbox(before moment: Moment, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        try await perform(.inbox) { $0.openInbox(before: moment, limit: limit) }
    }

    package func settle(_ id: InboxID, _ state: InboxMessage.State) async throws(StoreFailure) {
        try await perform(.settle) { $0.settle(id, state) }
    }

    package func events(
        app: AppID, environment: Environment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event] {
        try await perform(.events) {
            $0.events(app: app, environment: environment, order: order, type: type, after: after, limit: limit)
        }
    }

    package func event(_ id: EventID) async throws(StoreFailure) -> Event? {
        try await perform(.event) { state in state.eventIndex[id].map { state.events[$0] } }
    }

    package func insert(_ app: App) async throws(StoreFailure) {
        try await perform(.insertApp) { (state) throws(StoreFailure) in
            guard state.apps[app.id] == nil else { throw StoreFailure(.other, "apps.id") }
            guard !state.apps.values.contains(where: { $0.name == app.name }) else {
                throw StoreFailure(.other, "apps.name")
            }
            state.apps[app.id] = app
        }
    }

    package func update(_ app: App) async throws(StoreFailure) {
        try await perform(.updateApp) { if $0.apps[app.id] != nil { $0.apps[app.id] = app } }
    }

    package func app(_ id: AppID) async throws(StoreFailure) -> App? {
        try await perform(.app) { $0.apps[id] }
    }

    package func apps() async throws(StoreFailure) -> [App] {
        try await perform(.apps) { state in
            state.apps.values.sorted { ($0.createdAt, $0.id.text) < ($1.createdAt, $1.id.text) }
        }
    }

    package func insert(_ key: AppKey) async throws(StoreFailure) {
        try await perform(.insertKey) { (state) throws(StoreFailure) in
            guard state.keys[key.hash] == nil else { throw StoreFailure(.other, "app_keys.hash") }
            state.keys[key.hash] = key
        }
    }

    package func update(_ key: AppKey) async throws(StoreFailure) {
        try await perform(.updateKey) { if $0.keys[key.hash] != nil { $0.keys[key.hash] = key } }
    }

    package func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] {
        try await perform(.keys) { state in
            state.keys.values.filter { $0.app == app }.sorted { left, right in
                left.createdAt == right.createdAt
                    ? left.hash.lexicographicallyPrecedes(right.hash) : left.createdAt < right.createdAt
            }
        }
    }

    package func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? {
        try await perform(.key) { state in
            guard let key = state.keys[hash], let app = state.apps[key.app] else { return nil }
            return (key, app)
        }
    }

    package func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try await perform(.insertEndpoint) { (state) throws(StoreFailure) in try state.insert(endpoint) }
    }

    package func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try await perform(.updateEndpoint) { $0.endpoints[endpoint.id]?.endpoint = endpoint }
    }

    package func delete(_ id: WebhookEndpointID) async throws(StoreFailure) {
        try await perform(.deleteEndpoint) { $0.delete(id) }
    }

    package func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? {
        try await perform(.endpoint) { $0.endpoints[id]?.endpoint }
    }

    package func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] {
        try await perform(.endpoints) { $0.endpoints(app: app) }
    }

    package func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        try await perform(.fanOut) { $0.fanOut(at: now, limit: limit) }
    }

    package func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try await perform(.dueDeliveries) { $0.dueDeliveries(endpoint, before: moment, limit: limit) }
    }

    package func nextDelivery() async throws(StoreFailure) -> Moment? {
        try await perform(.nextDelivery) { $0.nextDelivery() }
    }

    package func record(_ delivery: Delivery) async throws(StoreFailure) {
        try await perform(.recordDelivery) { $0.record(delivery) }
    }

    package func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try await perform(.deliveries) { $0.deliveries(endpoint, after: after, limit: limit) }
    }

    package func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int {
        try await perform(.redeliver) {
            $0.redeliver(endpoint, event: event, failedSince: failedSince, at: now)
        }
    }
}
