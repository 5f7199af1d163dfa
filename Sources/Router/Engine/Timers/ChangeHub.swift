import Synchronization

/// Lets a caller wait until a payment has reached some state, or a moment has come.
final class ChangeHub: Sendable {
    private struct Waiter: Sendable {
        var number: Int
        var until: Moment
        var isEnough: @Sendable (OrderAggregate) -> Bool
        var continuation: CheckedContinuation<OrderAggregate?, Never>
    }

    private struct State: Sendable {
        var waiters: [OrderID: [Waiter]] = [:]
        var last = 0
        /// The sweep that looks at waits next, and when; `nil` while nobody waits.
        var sweep: (number: Int, at: Moment)?
        var lastSweep = 0
        /// Nobody waits any more.
        var isOver = false
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
        _ id: OrderID, until: Moment, isEnough: @escaping @Sendable (OrderAggregate) -> Bool,
        begin: @Sendable () -> Void
    ) async -> OrderAggregate? {
        await withCheckedContinuation { continuation in
            let (isOver, sweep) = state.withLock { state -> (Bool, Int?) in
                guard !state.isOver else { return (true, nil) }
                state.last += 1
                state.waiters[id, default: []].append(
                    Waiter(number: state.last, until: until, isEnough: isEnough, continuation: continuation))
                // A wait that ends before all others is not kept by theirs.
                if let sweep = state.sweep, sweep.at <= until { return (false, nil) }
                state.lastSweep += 1
                state.sweep = (state.lastSweep, until)
                return (false, state.lastSweep)
            }
            if let sweep { spawner.spawn { await self.sweep(sweep) } }
            begin()
            if isOver { continuation.resume(returning: nil) }
        }
    }

    /// Ends every wait, of now and of later, as if its moment had come.
    func end() {
        let over = state.withLock { state -> [Waiter] in
            state.isOver = true
            defer { state.waiters = [:] }
            return state.waiters.values.joined().sorted { $0.number < $1.number }
        }
        for waiter in over { waiter.continuation.resume(returning: nil) }
    }

    /// Tells the waiters of a payment what was committed.
    func committed(_ aggregate: OrderAggregate) {
        let served = state.withLock { state -> [Waiter] in
            guard let waiters = state.waiters[aggregate.order.id] else { return [] }
            let served = waiters.filter { $0.isEnough(aggregate) }
            let rest = waiters.filter { waiter in !served.contains { $0.number == waiter.number } }
            state.waiters[aggregate.order.id] = rest.isEmpty ? nil : rest
            return served
        }
        for waiter in served { waiter.continuation.resume(returning: aggregate) }
    }

    /// Ends waits whose moment has come; runs only while somebody waits, and gives way to a later sweep.
    private func sweep(_ number: Int) async {
        while true {
            let next = state.withLock { state -> Moment? in
                guard state.sweep?.number == number else { return nil }
                let next = state.waiters.values.joined().map(\.until).min()
                state.sweep = next.map { (number, $0) }
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
