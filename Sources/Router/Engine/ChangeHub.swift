import Synchronization

/// Lets a caller wait until a payment has reached some state, or a moment has come.
final class ChangeHub: Sendable {
    private struct Waiter: Sendable {
        var number: Int
        var until: Moment
        var isEnough: @Sendable (OrderFile) -> Bool
        var continuation: CheckedContinuation<OrderFile?, Never>
    }

    private struct State: Sendable {
        var waiters: [OrderID: [Waiter]] = [:]
        var last = 0
        var sweeps = false
    }

    private let state = Mutex(State())
    private let time: any TimeSource
    private let spawner: any Spawner

    init(time: any TimeSource, spawner: any Spawner) {
        self.time = time
        self.spawner = spawner
    }

    /// Waits for a committed state that is enough, calling `begin` once the waiter is registered.
    ///
    /// - Returns: The payment in that state, or `nil` if the moment came first.
    func wait(
        _ id: OrderID, until: Moment, isEnough: @escaping @Sendable (OrderFile) -> Bool, begin: @Sendable () -> Void
    ) async -> OrderFile? {
        await withCheckedContinuation { continuation in
            let mustSweep = state.withLock { state in
                state.last += 1
                state.waiters[id, default: []].append(
                    Waiter(number: state.last, until: until, isEnough: isEnough, continuation: continuation))
                defer { state.sweeps = true }
                return !state.sweeps
            }
            if mustSweep { spawner.spawn { await self.sweep() } }
            begin()
        }
    }

    /// Tells the waiters of a payment what was committed.
    func committed(_ file: OrderFile) {
        let served = state.withLock { state -> [Waiter] in
            guard let waiters = state.waiters[file.order.id] else { return [] }
            let served = waiters.filter { $0.isEnough(file) }
            let rest = waiters.filter { waiter in !served.contains { $0.number == waiter.number } }
            state.waiters[file.order.id] = rest.isEmpty ? nil : rest
            return served
        }
        for waiter in served { waiter.continuation.resume(returning: file) }
    }

    /// Ends waits whose moment has come; runs only while somebody waits.
    private func sweep() async {
        while true {
            let next = state.withLock { state -> Moment? in
                let next = state.waiters.values.joined().map(\.until).min()
                if next == nil { state.sweeps = false }
                return next
            }
            guard let next else { return }
            // Sleeping at least a little lets many waits that end together be swept together.
            await time.sleep(until: max(next, time.now.adding(milliseconds: 50)))
            let now = time.now
            let over = state.withLock { state -> [Waiter] in
                var over: [Waiter] = []
                for (id, waiters) in state.waiters where waiters.contains(where: { $0.until <= now }) {
                    over += waiters.filter { $0.until <= now }
                    let rest = waiters.filter { $0.until > now }
                    state.waiters[id] = rest.isEmpty ? nil : rest
                }
                return over.sorted { $0.number < $1.number }
            }
            for waiter in over { waiter.continuation.resume(returning: nil) }
        }
    }
}
