import Router
import Synchronization

/// Virtual time and everything that is going to happen in it.
///
/// Driven by one thread; a seed decides every choice.
final class World: Sendable {
    private struct Happening: Sendable {
        var at: Int64
        var number: Int
        var action: @Sendable () -> Void
    }

    private struct State: Sendable {
        var now: Int64 = 1_800_000_000_000
        var happenings: [Happening] = []
        var last = 0
        var cancelled: Set<Int> = []
        var dice: Dice
        var trace: UInt64 = 0xCBF2_9CE4_8422_2325
        var faultsOn = true
        /// Until when no exchange finds room on the router's machine.
        var exhaustedUntil: Int64 = 0
    }

    private let state: Mutex<State>

    init(seed: UInt64) { state = Mutex(State(dice: Dice(seed: seed))) }

    var now: Moment { Moment(milliseconds: state.withLock { $0.now }) }

    /// Whether faults still happen.
    var faultsOn: Bool { state.withLock { $0.faultsOn } }
    func endFaults() { state.withLock { $0.faultsOn = false } }

    func roll<Result>(_ body: (inout Dice) -> Result) -> Result { state.withLock { body(&$0.dice) } }

    /// A fault with this probability, as long as faults are on.
    func fault(_ probability: Double) -> Bool {
        state.withLock { state in
            let hit = state.dice.chance(probability)
            return state.faultsOn && hit
        }
    }

    /// Whether the router's machine has no room for an exchange now.
    var isExhausted: Bool { state.withLock { $0.faultsOn && $0.now < $0.exhaustedUntil } }
    /// Takes all room away for a while.
    func exhaust(milliseconds: Int64) {
        state.withLock { $0.exhaustedUntil = max($0.exhaustedUntil, $0.now + milliseconds) }
    }

    /// Remembers what happened; equal seeds give equal traces.
    func note(_ text: String) {
        state.withLock { state in
            let stamped = "\(state.now) \(text)"
            for byte in stamped.utf8 { state.trace = (state.trace ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
    }

    var trace: UInt64 { state.withLock { $0.trace } }

    /// Lets something happen after a while.
    @discardableResult
    func after(_ milliseconds: Int64, _ action: @escaping @Sendable () -> Void) -> Int {
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
    func cancel(_ number: Int) -> Bool {
        state.withLock { state in
            guard let index = state.happenings.firstIndex(where: { $0.number == number }) else { return false }
            state.happenings.remove(at: index)
            return true
        }
    }

    /// Moves time to the next happening and lets it happen.
    ///
    /// - Returns: `false` if nothing is left before the horizon.
    func advance(horizon: Moment) -> Bool {
        let next = state.withLock { state -> Happening? in
            guard let next = state.happenings.last, next.at <= horizon.milliseconds else { return nil }
            state.happenings.removeLast()
            state.now = max(state.now, next.at)
            return next
        }
        next?.action()
        return next != nil
    }
}

extension Array {
    /// The first index from which on `isBefore` holds no more; the array is sorted latest first.
    fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// The world's clock as the engine sees it.
struct WorldTime: TimeSource {
    let world: World

    var now: Moment { world.now }

    func sleep(until moment: Moment) async {
        let sleeper = Sleeper()
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                guard sleeper.begin(continuation) else { return continuation.resume() }
                world.after(moment.milliseconds(since: world.now)) { sleeper.wake() }
            }
        } onCancel: {
            sleeper.wake()
        }
    }

    private final class Sleeper: Sendable {
        private struct State: Sendable {
            var continuation: UnsafeContinuation<Void, Never>?
            var isAwake = false
        }

        private let state = Mutex(State())

        func begin(_ continuation: UnsafeContinuation<Void, Never>) -> Bool {
            state.withLock { state in
                guard !state.isAwake else { return false }
                state.continuation = continuation
                return true
            }
        }

        func wake() {
            let continuation = state.withLock { state in
                state.isAwake = true
                defer { state.continuation = nil }
                return state.continuation
            }
            continuation?.resume()
        }
    }
}

/// The engine's randomness: the world's.
struct WorldRandom: RandomSource {
    let world: World
    func next() -> UInt64 { world.roll { $0.next() } }
}

/// Starts the engine's tasks on the executor of its process.
struct SeededSpawner: Spawner {
    let executor: SeededExecutor

    func spawn(_ body: @escaping @Sendable () async -> Void) {
        Task(executorPreference: executor) { await body() }
    }
}
