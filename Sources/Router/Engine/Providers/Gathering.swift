import Synchronization

/// Asks several at once and takes what is there when time is up.
///
/// Whoever hangs keeps nobody waiting longer than the time given; what it answers later is for whoever asked it.
final class Gathering<Key: Hashable & Sendable, Answer: Sendable>: Sendable {
    private struct State: Sendable {
        var answers: [Key: Answer] = [:]
        var missing: Int
        var waiter: CheckedContinuation<[Key: Answer], Never>?
    }

    private let state: Mutex<State>

    private init(_ count: Int) { state = Mutex(State(missing: count)) }

    /// Answers by key, of those who answered in time.
    ///
    /// - Parameters:
    ///   - questions: What is asked, each in a task of its own.
    ///   - until: When time is up; if that is now, nobody is waited for.
    ///   - time: For the end.
    ///   - spawner: Runs the questions.
    /// - Returns: What came by then.
    static func gather(
        _ questions: [(key: Key, ask: @Sendable () async -> Answer)], until: Moment, _ time: any TimeSource,
        _ spawner: any Spawner
    ) async -> [Key: Answer] {
        guard !questions.isEmpty else { return [:] }
        let gathering = Gathering(questions.count)
        for (key, ask) in questions {
            spawner.spawn { gathering.complete(await ask(), of: key) }
        }
        guard time.now < until else { return [:] }
        return await withCheckedContinuation { continuation in
            guard gathering.wait(continuation) else { return }
            spawner.spawn {
                await time.sleep(until: until)
                gathering.end()
            }
        }
    }

    private func complete(_ answer: Answer, of key: Key) {
        let isLast = state.withLock { state in
            state.answers[key] = answer
            state.missing -= 1
            return state.missing == 0
        }
        if isLast { end() }
    }

    /// - Returns: `false` if everybody has answered, and the waiter with it.
    private func wait(_ continuation: CheckedContinuation<[Key: Answer], Never>) -> Bool {
        let complete = state.withLock { state -> [Key: Answer]? in
            guard state.missing > 0 else { return state.answers }
            state.waiter = continuation
            return nil
        }
        if let complete { continuation.resume(returning: complete) }
        return complete == nil
    }

    private func end() {
        let (waiter, answers) = state.withLock { state in
            defer { state.waiter = nil }
            return (state.waiter, state.answers)
        }
        waiter?.resume(returning: answers)
    }
}
