package import Router
import Synchronization

/// Virtual time and everything that is going to happen in it, in the order of its moments.
///
/// Time stands still until somebody lets it move on; what is due at one moment happens in the order it was asked for.
package final class Timeline: Sendable {
    private struct Happening: Sendable {
        var at: Int64
        var number: Int
        var action: @Sendable () -> Void
    }

    private struct State: Sendable {
        var now: Int64
        /// Latest first.
        var happenings: [Happening] = []
        var last = 0
    }

    private let state: Mutex<State>

    package init(at now: Moment) { state = Mutex(State(now: now.milliseconds)) }

    package var now: Moment { Moment(milliseconds: state.withLock { $0.now }) }

    /// Lets time pass up to a moment; nothing happens because of it.
    package func pass(to moment: Moment) { state.withLock { $0.now = max($0.now, moment.milliseconds) } }

    /// Lets something happen after a while.
    ///
    /// - Returns: Its number, by which it can be taken back.
    @discardableResult
    package func after(_ milliseconds: Int64, _ action: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.last += 1
            let happening = Happening(at: state.now + max(0, milliseconds), number: state.last, action: action)
            let index = state.happenings.partitioningIndex { ($0.at, $0.number) < (happening.at, happening.number) }
            state.happenings.insert(happening, at: index)
            return state.last
        }
    }

    /// Takes something back, if it has not happened yet.
    ///
    /// - Returns: `true` if it will not happen.
    @discardableResult
    package func cancel(_ number: Int) -> Bool {
        state.withLock { state in
            guard let index = state.happenings.firstIndex(where: { $0.number == number }) else { return false }
            state.happenings.remove(at: index)
            return true
        }
    }

    /// Moves time to the next happening and lets it happen.
    ///
    /// - Returns: `false` if nothing is left before the horizon.
    package func advance(horizon: Moment) -> Bool {
        let next = state.withLock { state -> Happening? in
            guard let next = state.happenings.last, next.at <= horizon.milliseconds else { return nil }
            state.happenings.removeLast()
            state.now = max(state.now, next.at)
            return next
        }
        next?.action()
        return next != nil
    }

    /// Moves time to the next happening and lets everything happen that is due then.
    ///
    /// - Returns: `false` if nothing is left.
    package func advance() -> Bool {
        let due = state.withLock { state -> [Happening] in
            guard let next = state.happenings.last else { return [] }
            state.now = max(state.now, next.at)
            let index = state.happenings.partitioningIndex { $0.at <= state.now }
            defer { state.happenings.removeSubrange(index...) }
            return state.happenings[index...].reversed()
        }
        for happening in due { happening.action() }
        return !due.isEmpty
    }

    /// Takes everything back: the end of this time.
    package func end() { state.withLock { $0.happenings = [] } }

    /// Lets everything happen now; time stands still.
    ///
    /// - Returns: `false` if nothing was left.
    package func drain() -> Bool {
        let all = state.withLock { state in
            defer { state.happenings = [] }
            return state.happenings
        }
        for happening in all.reversed() { happening.action() }
        return !all.isEmpty
    }
}

extension Array {
    /// The first index at which `belongsBehind` holds; from there on it holds for all.
    fileprivate func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
