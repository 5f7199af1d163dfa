/// Something an app is told.
///
/// Committed together with the change it tells of; its bytes never change.
package struct Event: Sendable, Hashable {
    package var id: EventID
    package var app: AppID
    package var environment: PayEnvironment
    package var order: OrderID
    /// 1, 2, 3 and on for each order, without gaps.
    ///
    package var sequence: Int64
    /// For instance `payment.succeeded`.
    package var type: String
    package var at: Moment
    /// The exact JSON bytes that are delivered.
    package var body: [UInt8]

    package init(
        id: EventID, app: AppID, environment: PayEnvironment, order: OrderID, sequence: Int64, type: String,
        at: Moment, body: [UInt8]
    ) {
        self.id = id
        self.app = app
        self.environment = environment
        self.order = order
        self.sequence = sequence
        self.type = type
        self.at = at
        self.body = body
    }
}
