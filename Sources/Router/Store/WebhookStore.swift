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

    /// Deliveries of an endpoint that are due at a moment or before it, oldest event first.
    func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    )
        async throws(StoreFailure) -> [Delivery]

    /// When the next delivery of any enabled endpoint is due.
    func nextDelivery() async throws(StoreFailure) -> Moment?

    /// Records an attempt before it is made, or its outcome after.
    func record(_ delivery: Delivery) async throws(StoreFailure)

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

/// Where an app wants to be told.
package struct WebhookEndpoint: Sendable, Hashable {
    package var id: WebhookEndpointID
    package var app: AppID
    package var environment: PayEnvironment
    package var url: String
    /// Event types it wants; empty means all.
    package var types: [String]
    /// The signing secrets, newest first; sealed at rest.
    ///
    /// During rotations there are several.
    package var secrets: [Secret]
    /// When the last of the older secrets stops being used.
    package var oldSecretsExpireAt: Moment?
    /// When each of the older secrets stops being used, in their order.
    ///
    /// Empty where an earlier release rotated: then all stop at ``oldSecretsExpireAt``.
    package var oldSecretsExpiries: [Moment] = []
    package var isEnabled: Bool
    /// Why it was disabled, if by the router.
    package var disabledReason: String?
    package var createdAt: Moment
    /// The start of the present run of failures.
    package var failingSince: Moment?

    package init(
        id: WebhookEndpointID, app: AppID, environment: PayEnvironment, url: String, types: [String], secrets: [Secret],
        isEnabled: Bool, createdAt: Moment
    ) {
        self.id = id
        self.app = app
        self.environment = environment
        self.url = url
        self.types = types
        self.secrets = secrets
        self.isEnabled = isEnabled
        self.createdAt = createdAt
    }
}

/// One event on its way to one endpoint.
package struct Delivery: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case pending, delivered
        /// The schedule is used up; it can be replayed.
        case dead
    }

    package struct Try: Sendable, Hashable {
        package var at: Moment
        package var status: Int?
        package var detail: String
        package var milliseconds: Int64

        package init(at: Moment, status: Int?, detail: String, milliseconds: Int64) {
            self.at = at
            self.status = status
            self.detail = detail
            self.milliseconds = milliseconds
        }
    }

    package var endpoint: WebhookEndpointID
    package var event: Event
    package var state: State
    package var tries: [Try]
    package var dueAt: Moment?

    package init(endpoint: WebhookEndpointID, event: Event, state: State, tries: [Try], dueAt: Moment?) {
        self.endpoint = endpoint
        self.event = event
        self.state = state
        self.tries = tries
        self.dueAt = dueAt
    }
}
