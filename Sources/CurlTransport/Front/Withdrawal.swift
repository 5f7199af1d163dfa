import Synchronization

/// A caller's wish to end its exchange, and the exchange's identity while it runs.
final class Withdrawal: Sendable {
    private let wished = Atomic(false)

    /// Records the wish.
    ///
    /// Comes before the gate is shut, so that a refused gate can be told from a withdrawn one.
    func request() { wished.store(true, ordering: .releasing) }

    var isWished: Bool { wished.load(ordering: .acquiring) }
}
