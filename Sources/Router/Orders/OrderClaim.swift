/// The orders accepted under a lock, as one step writes them.
///
/// Written only if nobody else wrote first; that is what makes one order number one order, on several nodes too.
package struct OrderClaim: Sendable, Hashable {
    package var lock: OrderLock
    /// The version the step has read; `nil` if no order may ever have been accepted under the lock.
    package var expectedVersion: Int64?
    /// Oldest first.
    package var orders: [OrderID]

    package init(lock: OrderLock, expectedVersion: Int64? = nil, orders: [OrderID]) {
        self.lock = lock
        self.expectedVersion = expectedVersion
        self.orders = orders
    }
}

/// The orders accepted under a lock, as stored.
package struct StoredClaim: Sendable, Hashable {
    /// Counts the steps that wrote it, from 1.
    package var version: Int64
    /// Oldest first.
    package var orders: [OrderID]

    package init(version: Int64, orders: [OrderID]) {
        self.version = version
        self.orders = orders
    }
}
