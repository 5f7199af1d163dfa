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

    /// What became of one event at an endpoint; `nil` if it was not given to it.
    func delivery(of event: EventID, to endpoint: WebhookEndpointID) async throws(StoreFailure) -> Delivery?

    /// Makes deliveries due again: one event, or everything that failed since a moment.
    ///
    /// - Returns: How many became due.
    func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    )
        async throws(StoreFailure) -> Int

    /// Makes everything due again that the app of an endpoint was told since a moment and that the endpoint wants: what was
    /// delivered, what was not, and what it was never given. In the order of the events, those behind `after`.
    ///
    /// - Returns: How many deliveries are due because of it, and the last event looked at; `nil` where nothing is left.
    func replay(
        _ endpoint: WebhookEndpointID, since moment: Moment, after: EventID?, limit: Int, at now: Moment
    ) async throws(StoreFailure) -> ReplayedEvents

    /// How many deliveries of an endpoint have been due since exactly this moment, and were not tried since.
    func waiting(_ endpoint: WebhookEndpointID, since moment: Moment) async throws(StoreFailure) -> Int
}

/// What one step of a replay made due.
package struct ReplayedEvents: Sendable, Hashable {
    package var count: Int
    /// The last event looked at; `nil` where nothing is left.
    package var last: EventID?

    package init(count: Int, last: EventID?) {
        self.count = count
        self.last = last
    }
}
