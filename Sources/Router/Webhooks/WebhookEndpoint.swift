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
    /// When everything since a moment was last sent again: what has waited since exactly then is not done.
    package var replayedAt: Moment?

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
