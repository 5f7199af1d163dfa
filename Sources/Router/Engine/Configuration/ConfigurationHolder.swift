import Synchronization

/// The one place where the configuration that is worked with lies, and where it is exchanged.
final class ConfigurationHolder: Sendable {
    private struct State: Sendable {
        var current: ActiveConfiguration
        /// The last ones of before, newest last: what was decided on them ends on them.
        var earlier: [ActiveConfiguration] = []
    }

    private let state: Mutex<State>

    init(_ first: ActiveConfiguration) { state = Mutex(State(current: first)) }

    /// What is worked with now.
    var current: ActiveConfiguration { state.withLock(\.current) }

    /// The version that an order was decided on, as long as this process remembers it; otherwise what is worked with now.
    func version(of order: Order) -> ActiveConfiguration {
        state.withLock { state in
            guard let number = order.configuration, number != state.current.stamp?.number else { return state.current }
            return state.earlier.last { $0.stamp?.number == number } ?? state.current
        }
    }

    /// Has everything that is decided from now on decided on another version.
    func exchange(_ next: ActiveConfiguration) {
        state.withLock { state in
            state.earlier.append(state.current)
            if state.earlier.count > Self.remembered { state.earlier.removeFirst() }
            state.current = next
        }
    }

    /// Versions of before that are kept at hand.
    private static let remembered = 16
}
