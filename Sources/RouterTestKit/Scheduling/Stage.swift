package import Router
import Synchronization

/// One process on its own ``Timeline``: runs tasks one after the other on the calling thread.
///
/// When all of them wait, time jumps to the next one that sleeps.
///
/// With a seed the next task is drawn at random, so that one test sees many interleavings; the same seed gives the same one.
/// The simulation has the same two parts without this third: its processes crash and come again on one timeline, and
/// everything that happens is drawn by one seed.
package final class Stage: TaskExecutor, TimeSource, Spawner {
    /// Nothing can go on.
    package struct Stuck: Error, CustomStringConvertible {
        package var description: String
    }

    private let jobs = JobQueue()
    private let timeline: Timeline
    private let order: Mutex<Seeded?>
    private let isOver = Mutex(false)

    package init(at now: Moment, seed: UInt64?) {
        timeline = Timeline(at: now)
        order = Mutex(seed.map { Seeded($0) })
    }

    // MARK: Executor and spawner

    package func enqueue(_ job: consuming ExecutorJob) { jobs.enqueue(job) }

    package func spawn(_ body: @escaping @Sendable () async -> Void) {
        Task(executorPreference: self) { await body() }
    }

    /// Runs `body` and everything it starts until `body` has ended.
    ///
    /// - Parameter body: What is to be run.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw; ``Stuck`` if it cannot end.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let result = Ending<Value>()
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
            guard timeline.advance() else { throw Stuck(description: "every task waits, and none for time") }
        }
    }

    private func step() -> Bool {
        jobs.runOne(on: asUnownedTaskExecutor()) { count in
            order.withLock { order in
                guard var seeded = order else { return 0 }
                defer { order = seeded }
                return Int.random(in: 0..<count, using: &seeded)
            }
        }
    }

    /// Wakes whoever still sleeps, so that nothing is left waiting.
    private func close() {
        isOver.withLock { $0 = true }
        for _ in 0..<100_000 {
            let hasWoken = timeline.drain()
            if !step(), !hasWoken { return }
        }
    }

    // MARK: Time

    package var now: Moment { timeline.now }

    package func sleep(until moment: Moment) async {
        // Once it is over nobody waits, and the time passes all the same: whoever waits in turns comes to an end.
        if isOver.withLock({ $0 }) { timeline.pass(to: moment) }
        guard moment > now else { return }
        await timeline.sleep(until: moment, whenCancelled: .leaves)
    }

    package func sleep(milliseconds: Int64) async { await sleep(until: now.adding(milliseconds: milliseconds)) }
    package func sleep(seconds: Int64) async { await sleep(until: now.adding(seconds: seconds)) }
}

/// What a task ended with.
private final class Ending<Value: Sendable>: Sendable {
    private let stored = Mutex<Result<Value, any Error>?>(nil)

    var value: Result<Value, any Error>? { stored.withLock { $0 } }

    func set(_ value: Result<Value, any Error>) { stored.withLock { $0 = value } }
}
