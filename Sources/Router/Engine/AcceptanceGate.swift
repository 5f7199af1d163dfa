import Synchronization

/// How many orders may be on their way to being accepted at once.
///
/// Until it is accepted an order costs nothing but the work on it, so whoever comes when this is used up is refused before
/// anything is stored. What is accepted is never refused; it competes for the machine with no more than this much new work.
final class AcceptanceGate: Sendable {
    let limit: Int
    private let count = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// Takes a place; `false` if none is left.
    func enter() -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    /// Gives a place back.
    func leave() { count.withLock { $0 -= 1 } }

    /// How many places are taken.
    var taken: Int { count.withLock { $0 } }
}
