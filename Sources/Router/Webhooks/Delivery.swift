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
    /// The bytes of a try that did not come through: whatever is sent again is the same, also by a later release.
    package var body: [UInt8]?

    package init(
        endpoint: WebhookEndpointID, event: Event, state: State, tries: [Try], dueAt: Moment?, body: [UInt8]? = nil
    ) {
        self.endpoint = endpoint
        self.event = event
        self.state = state
        self.tries = tries
        self.dueAt = dueAt
        self.body = body
    }
}
