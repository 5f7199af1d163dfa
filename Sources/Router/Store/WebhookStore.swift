/// Webhook endpoints and what was delivered to them.
package protocol WebhookStore: Sendable {
    func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure)
    /// Replaces an endpoint; does nothing if there is no such endpoint.
    func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure)
    func delete(_ id: WebhookEndpointID) async throws(StoreFailure)
    func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint?
    /// The endpoints of an app, or of all apps.
    func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint]

    /// Makes deliveries, due at once, for events that an enabled endpoint has not been given yet, in one transaction.
    ///
    /// - Returns: How many deliveries were made.
    func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int

    /// Deliveries of an endpoint that are due at a moment or before it: what has waited longest first, of one moment the
    /// oldest event.
    func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    )
        async throws(StoreFailure) -> [Delivery]

    /// When the next delivery of any enabled endpoint is due.
    func nextDelivery() async throws(StoreFailure) -> Moment?

    /// Records attempts before they are made, or their outcomes after; passes over deliveries that are gone.
    func record(_ deliveries: [Delivery]) async throws(StoreFailure)

    /// One page of an endpoint's deliveries, newest first.
    func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    )
        async throws(StoreFailure) -> [Delivery]

    /// Makes deliveries due again: one event, or everything that failed since a moment.
    ///
    /// - Returns: How many became due.
    func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    )
        async throws(StoreFailure) -> Int
}
