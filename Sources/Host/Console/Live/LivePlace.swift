import Synchronization

/// Where one page waits for news, until the page is left or a newer one takes the place.
final class LivePlace: Sendable {
    private struct State {
        var isOver = false
        var onEnd: (@Sendable () -> Void)?
        var giveBack: (@Sendable () -> Void)?
    }

    /// Newer places have greater ones.
    let number: UInt64
    private let state: Mutex<State>

    init(number: UInt64, _ giveBack: @escaping @Sendable () -> Void) {
        self.number = number
        state = Mutex(State(giveBack: giveBack))
    }

    /// What is done when a newer page takes the place; at once if one has.
    func whenEnded(_ body: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if !state.isOver { state.onEnd = body }
            return state.isOver
        }
        if isOver { body() }
    }

    /// Ends the waiting, for the sake of a newer page.
    func end() {
        let onEnd = state.withLock { state in
            state.isOver = true
            defer { state.onEnd = nil }
            return state.onEnd
        }
        release()
        onEnd?()
    }

    /// Gives the place back; from the second time on nothing happens.
    func release() {
        let giveBack = state.withLock { state in
            state.onEnd = nil
            defer { state.giveBack = nil }
            return state.giveBack
        }
        giveBack?()
    }
}
