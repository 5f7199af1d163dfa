import Synchronization

/// A value that comes once, and that any number of tasks can wait for.
package final class Promise<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case waiting([CheckedContinuation<Value, Never>])
        case kept(Value)
    }

    private let state = Mutex(State.waiting([]))

    /// A promise that is still to be kept; whoever waits for it waits until then.
    package init() {}

    /// Gives everybody the value, now and later; the first value counts.
    package func keep(_ value: Value) {
        let waiting = state.withLock { state -> [CheckedContinuation<Value, Never>] in
            guard case .waiting(let waiting) = state else { return [] }
            state = .kept(value)
            return waiting
        }
        for waiter in waiting { waiter.resume(returning: value) }
    }

    /// The value, once it is there; waiting is not ended by cancellation.
    package var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let kept = state.withLock { state -> Value? in
                    switch state {
                    case .kept(let value): return value
                    case .waiting(let waiting):
                        state = .waiting(waiting + [continuation])
                        return nil
                    }
                }
                if let kept { continuation.resume(returning: kept) }
            }
        }
    }
}
