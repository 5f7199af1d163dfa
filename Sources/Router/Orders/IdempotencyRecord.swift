/// An idempotency key and what it is bound to (rules IK-6 to IK-14).
///
/// Lives as long as the payment.
package struct IdempotencyRecord: Sendable, Hashable {
    package struct Key: Sendable, Hashable {
        package var app: AppID
        package var environment: PayEnvironment
        /// `payment.create`, `payment.confirm:<id>`, ...
        package var operation: String
        package var key: String

        package init(app: AppID, environment: PayEnvironment, operation: String, key: String) {
            self.app = app
            self.environment = environment
            self.operation = operation
            self.key = key
        }
    }

    package var key: Key
    /// SHA-256 over method, route and canonical body.
    package var fingerprint: [UInt8]
    package var order: OrderID
    package var requestID: RequestID
    /// The status code of the first answer.
    package var status: Int
    package var createdAt: Moment

    package init(
        key: Key, fingerprint: [UInt8], order: OrderID, requestID: RequestID, status: Int, createdAt: Moment
    ) {
        self.key = key
        self.fingerprint = fingerprint
        self.order = order
        self.requestID = requestID
        self.status = status
        self.createdAt = createdAt
    }
}
