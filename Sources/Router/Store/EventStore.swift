/// What apps are told.
package protocol EventStore: Sendable {
    /// One page of an app's events, optionally of one payment: newest first, which is how their identifiers sort.
    func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event]

    /// An event of an app.
    func event(_ id: EventID, app: AppID, environment: PayEnvironment) async throws(StoreFailure) -> Event?
}
