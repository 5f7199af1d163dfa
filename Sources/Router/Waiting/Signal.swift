import Synchronization

/// Wakes one sleeping task early, and tells it what for; what rang while nobody slept is remembered.
package final class Signal<Marks: Sendable>: Sendable {
    private struct State: Sendable {
        var marks: Marks?
        var wake: (@Sendable () -> Void)?
    }

    private let unmarked: Marks
    private let state = Mutex(State())

    /// A signal that has not rung; marks are made on `unmarked`.
    package init(_ unmarked: Marks) { self.unmarked = unmarked }

    /// Adds to what the sleeper is told, and wakes it.
    package func ring(_ mark: (inout Marks) -> Void) {
        let wake = state.withLock { state in
            var marks = state.marks ?? unmarked
            mark(&marks)
            state.marks = marks
            return state.wake
        }
        wake?()
    }

    /// Sleeps until a ring, a moment or cancellation; one task at a time.
    ///
    /// - Returns: What was marked since the last sleep; `nil` if nothing rang.
    package func wait(until moment: Moment, _ time: any TimeSource) async -> Marks? {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let hasRung = state.withLock { state in
            state.wake = { continuation.yield() }
            return state.marks != nil
        }
        if !hasRung {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await time.sleep(until: moment) }
                group.addTask { for await _ in stream { return } }
                await group.next()
                group.cancelAll()
            }
        }
        continuation.finish()
        return state.withLock { state in
            defer { state = State() }
            return state.marks
        }
    }
}

extension Signal where Marks == Void {
    /// A signal that only wakes.
    package convenience init() { self.init(()) }

    /// Wakes the sleeper.
    package func ring() { ring { _ in } }
}
