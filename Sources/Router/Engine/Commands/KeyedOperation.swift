/// What an idempotency key is used for; one key may be used once for each.
package enum KeyedOperation: Sendable, Hashable {
    /// A payment or a payout.
    case create(OrderKind)
    /// A refund, a capture or a release of a payment.
    case follow(OrderKind, of: OrderID)
    case confirm(OrderID)
    case accept(OrderID)

    /// As it is stored: never changes.
    var name: String {
        switch self {
        case .create(let kind): kind.createOperation
        case .follow(let kind, let payment): "\(kind.createOperation):\(payment)"
        case .confirm(let payment): "payment.confirm:\(payment)"
        case .accept(let payment): "payment.accept:\(payment)"
        }
    }
}

extension IdempotencyRecord.Key {
    /// The key as it is looked up: never without its app, environment and use (IK-6).
    package init(_ operation: KeyedOperation, app: AppID, environment: PayEnvironment, key: String) {
        self.init(app: app, environment: environment, operation: operation.name, key: key)
    }
}
