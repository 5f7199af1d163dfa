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
    /// Every attempt of the order as it shall be, in the order they were made.
    package var attempts: [Attempt] = []
    /// Which of them this step makes.
    package var added: Set<AttemptID> = []
    /// Which of them were there and are different now.
    package var changed: Set<AttemptID> = []
    package var evidence: [Evidence] = []
    /// Events of one moment, numbered on from what the order had.
    package var events: [Event] = []
    package var postings: [Posting] = []
    /// What it does to holds, in this order, before its postings.
    package var holds: [HoldChange] = []
    /// Accounts that its postings take from without a hold: nothing of the unit is written unless they are open.
    package var spends: Set<LedgerAccount> = []
    package var discrepancies: [Discrepancy] = []
    /// Units of other orders that become durable together with this one, or not at all: a payment with its refund.
    package var joined: [UnitOfWork] = []
    /// The inbox message this step finishes.
    package var inboxDone: InboxID?
    /// The code that allows the step, used up by it: nothing of the unit is written unless it is right.
    package var challenge: ChallengeUse?
    /// What the step does to the bill that the order pays: nothing of the unit is written unless that is allowed.
    package var billStep: BillStep?

    package init(order: Order, write: OrderWrite) {
        self.order = order
        self.write = write
    }

    /// The attempts that this step makes; setting them puts them behind the others.
    package var newAttempts: [Attempt] {
        get { added.isEmpty ? [] : attempts.filter { added.contains($0.id) } }
        set {
            attempts = attempts.filter { !added.contains($0.id) } + newValue
            added = Set(newValue.map(\.id))
        }
    }

    /// The attempts that this step changes; setting them puts each in its place.
    package var changedAttempts: [Attempt] {
        get { changed.isEmpty ? [] : attempts.filter { changed.contains($0.id) } }
        set {
            changed = Set(newValue.map(\.id))
            for attempt in newValue {
                if let index = attempts.firstIndex(where: { $0.id == attempt.id }) {
                    attempts[index] = attempt
                } else {
                    attempts.append(attempt)
                }
            }
        }
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
    /// The ledger refused it: funds, a limit, a frozen wallet.
    case ledger(LedgerRefusal)
    /// The code does not allow it.
    case challenge(ChallengeRefusal)
    /// Its bill cannot be paid by it.
    case bill(BillRefusal)
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
