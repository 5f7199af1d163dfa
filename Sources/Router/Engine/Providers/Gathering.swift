import Synchronization

/// Asks several at once and takes what is there when time is up.
///
/// Whoever hangs keeps nobody waiting longer than the time given; what it answers later is for whoever asked it.
final class Gathering<Key: Hashable & Sendable, Answer: Sendable>: Sendable {
    private struct State: Sendable {
        var answers: [Key: Answer] = [:]
        var missing: Int
    }

    private let state: Mutex<State>
    private let gathered = Promise<[Key: Answer]>()

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
        spawner.spawn {
            await time.sleep(until: until)
            gathering.end()
        }
        return await gathering.gathered.value
    }

    private func complete(_ answer: Answer, of key: Key) {
        let isLast = state.withLock { state in
            state.answers[key] = answer
            state.missing -= 1
            return state.missing == 0
        }
        if isLast { end() }
    }

    private func end() { gathered.keep(state.withLock(\.answers)) }
}
