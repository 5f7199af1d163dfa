import Synchronization

/// Work that takes long: a few at once, a few more that wait in the order in which they came, and nobody else.
package final class LongWork: Sendable {
    private struct Line: Sendable {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// What came of asking to begin.
    private enum Entry { case begun, waits, refused }

    private let atOnce: Int
    private let most: Int
    private let line = Mutex(Line())

    /// Work of one kind.
    ///
    /// - Parameters:
    ///   - atOnce: How many run at once.
    ///   - waiting: How many may wait for their turn.
    package init(atOnce: Int, waiting: Int) { (self.atOnce, most) = (atOnce, waiting) }

    /// How many run or wait.
    var count: Int { line.withLock { $0.running + $0.waiting.count } }

    /// Runs `body` in its turn; `nil`, and nothing is run, if too many wait already.
    package func run<Value, Failure>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value? {
        guard await enter() else { return nil }
        defer { leave() }
        return try await body()
    }

    private func enter() async -> Bool {
        var mayBegin = true
        await withCheckedContinuation { continuation in
            let entry = line.withLock { line -> Entry in
                if line.running < atOnce {
                    line.running += 1
                    return .begun
                }
                guard line.waiting.count < most else { return .refused }
                line.waiting.append(continuation)
                return .waits
            }
            mayBegin = entry != .refused
            if entry != .waits { continuation.resume() }
        }
        return mayBegin
    }

    /// Whoever waits longest takes the place.
    private func leave() {
        let next = line.withLock { line -> CheckedContinuation<Void, Never>? in
            guard !line.waiting.isEmpty else {
                line.running -= 1
                return nil
            }
            return line.waiting.removeFirst()
        }
        next?.resume()
    }
}
