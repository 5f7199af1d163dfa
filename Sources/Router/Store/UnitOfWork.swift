/// Everything one durable step writes about one order, and about another one that changes with it.
///
/// All of it becomes durable together, or none of it.
package struct UnitOfWork: Sendable {
    package enum OrderWrite: Sendable {
        case insert
        /// Succeeds only if the stored version is the expected one.
        case update(expectedVersion: Int64)
    }

    /// The payment as it shall be; its `version` is already the new one.
    package var order: Order
    package var write: OrderWrite
    /// An idempotency key taken by this step.
    package var idempotencyRecord: IdempotencyRecord?
    /// The list of orders of its lock that this step writes; only beside an inserted order.
    package var claim: OrderClaim?
    package var newAttempts: [Attempt] = []
    package var changedAttempts: [Attempt] = []
    package var evidence: [Evidence] = []
    package var events: [Event] = []
    package var postings: [Posting] = []
    package var discrepancies: [Discrepancy] = []
    /// The order's movement, open and without attempts, is a hold from now on.
    package var holdsInstead = false
    /// Units of other orders that become durable together with this one, or not at all: a payment with its refund.
    package var joined: [UnitOfWork] = []
    /// The inbox message this step finishes.
    package var inboxDone: InboxID?

    package init(order: Order, write: OrderWrite) {
        self.order = order
        self.write = write
    }
}

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

/// What is durable after a commit, and what nobody knows.
package enum CommitResult: Sendable, Hashable {
    /// Flushed to stable storage.
    case committed
    /// Nothing of the unit with this index, nor of those after it, was written; those before it are durable.
    case conflict(index: Int, Conflict)
    /// Nothing is known to be durable; the caller must assume neither.
    case failed(StoreFailure)
}

/// Why a unit was not written.
package enum Conflict: Sendable, Hashable {
    /// The payment's version is another one: somebody else wrote first.
    case version
    /// The idempotency key is taken.
    case idempotencyRecord(IdempotencyRecord)
    /// Another order was accepted under the lock meanwhile: read the list and decide again.
    case claim
    /// Something that the store itself keeps from happening held: a second live attempt, a reference used twice.
    case constraint(StoreConstraint)
    /// The epoch is not the newest any more.
    case staleEpoch
}

/// Why the store could not do something.
package struct StoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable {
        case diskFull = "disk_full"
        case busy
        case inputOutput = "io"
        case closed
        case corrupt
        case other
    }

    package var kind: Kind
    package var detail: String

    package init(_ kind: Kind, _ detail: String = "") {
        self.kind = kind
        self.detail = detail
    }

    package var description: String { detail.isEmpty ? kind.rawValue : "\(kind.rawValue): \(detail)" }
}
