/// What apps are told.
package protocol EventStore: Sendable {
    /// One page of an app's events, newest first, optionally of one payment.
    func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event]

    func event(_ id: EventID) async throws(StoreFailure) -> Event?
}
