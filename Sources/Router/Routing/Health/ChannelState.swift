/// Whether an operation on a channel can be had; from the best to the worst.
package enum ChannelState: String, Sendable, Hashable, CaseIterable, Comparable {
    /// New orders go there.
    case operational
    /// New orders go there, and take longer, or end less often.
    case delayed
    /// No new orders go there.
    case closed

    private var rank: Int {
        switch self {
        case .operational: 0
        case .delayed: 1
        case .closed: 2
        }
    }

    /// Better ones are smaller.
    package static func < (left: ChannelState, right: ChannelState) -> Bool { left.rank < right.rank }
}
