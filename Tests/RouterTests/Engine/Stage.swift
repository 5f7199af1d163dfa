import Router
import Synchronization

/// Runs tasks one after the other on the calling thread.
///
/// When all of them wait, time jumps to the next one that sleeps.
///
/// With a seed the next task is drawn at random, so that one test sees many interleavings; the same seed gives the same one.
final class Stage: TaskExecutor, TimeSource, Spawner {
    struct Stuck: Error, CustomStringConvertible {
        var description: String
    }

    private struct Sleeper {
        var until: Moment
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var now: Moment
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var lastSleeper = 0
        var order: Seeded?
        var isOver = false
    }

    private let state: Mutex<State>

    init(at now: Moment = .start, seed: UInt64? = nil) {
        state = Mutex(State(now: now, order: seed.map { Seeded($0) }))
    }

    // MARK: Executor and spawner

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
    }

    func spawn(_ body: @escaping @Sendable () async -> Void) {
        Task(executorPreference: self) { await body() }
    }

    /// Runs `body` and everything it starts until `body` has ended.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let result = Box<Result<Value, any Error>>()
        Task(executorPreference: self) {
            do { result.set(.success(try await body())) } catch { result.set(.failure(error)) }
        }
        var steps = 0
        while true {
            if let ended = result.value {
                close()
                return try ended.get()
            }
            steps += 1
            guard steps < 3_000_000 else { throw Stuck(description: "tasks run without end") }
            guard !step() else { continue }
            guard advance() else { throw Stuck(description: "every task waits, and none for time") }
        }
    }

    private func step() -> Bool {
        let job = state.withLock { state -> UnownedJob? in
            guard !state.jobs.isEmpty else { return nil }
            guard var order = state.order else { return state.jobs.removeFirst() }
            defer { state.order = order }
            return state.jobs.remove(at: Int.random(in: 0..<state.jobs.count, using: &order))
        }
        job?.runSynchronously(on: asUnownedTaskExecutor())
        return job != nil
    }

    /// Lets time jump to the first sleeper.
    private func advance() -> Bool {
        let woken = state.withLock { state -> [Sleeper] in
            guard let first = state.sleepers.values.map(\.until).min() else { return [] }
            state.now = max(state.now, first)
            let due = state.sleepers.filter { $0.value.until <= state.now }.sorted { $0.key < $1.key }
            for (number, _) in due { state.sleepers[number] = nil }
            return due.map(\.value)
        }
        for sleeper in woken { sleeper.continuation.resume() }
        return !woken.isEmpty
    }

    /// Wakes whoever still sleeps, so that nothing is left waiting.
    private func close() {
        state.withLock { $0.isOver = true }
        for _ in 0..<100_000 {
            let woken = state.withLock { state in
                defer { state.sleepers = [:] }
                return Array(state.sleepers.values)
            }
            for sleeper in woken { sleeper.continuation.resume() }
            if !step(), woken.isEmpty { return }
        }
    }

    // MARK: Time

    var now: Moment { state.withLock { $0.now } }

    func sleep(until moment: Moment) async {
        let number = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    // Once it is over nobody waits, and the time passes all the same: whoever waits in turns comes to an end.
                    if state.isOver { state.now = max(state.now, moment) }
                    if moment <= state.now || state.cancelled.remove(number) != nil { return true }
                    state.sleepers[number] = Sleeper(until: moment, continuation: continuation)
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                if state.sleepers[number] == nil { state.cancelled.insert(number) }
                return state.sleepers.removeValue(forKey: number)
            }
            sleeper?.continuation.resume()
        }
    }

    func sleep(milliseconds: Int64) async { await sleep(until: now.adding(milliseconds: milliseconds)) }
    func sleep(seconds: Int64) async { await sleep(until: now + seconds) }
}

/// One value, set once by a task and read by another.
final class Box<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    var value: Value? { stored.withLock { $0 } }

    func set(_ value: Value) { stored.withLock { $0 = value } }
}

/// Collects values from many tasks.
final class Log<Value: Sendable>: Sendable {
    private let stored = Mutex<[Value]>([])

    var values: [Value] { stored.withLock { $0 } }
    var count: Int { stored.withLock { $0.count } }

    func append(_ value: Value) { stored.withLock { $0.append(value) } }
}
