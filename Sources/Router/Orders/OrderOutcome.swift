/// How an order has ended, if it has.
///
/// It leaves `open` once and never changes again; what evidence says against it later is a ``Dispute``.
package enum OrderOutcome: String, Sendable, Hashable, CaseIterable {
    /// Work goes on, or somebody has to decide.
    case open
    case succeeded, failed, cancelled

    package var isFinal: Bool { self != .open }
}
