import Synchronization

/// Lets one task at a time through, in the order in which they came; unlike a mutex it may be held across an `await`.
package final class AsyncLock: Sendable {
    private struct Line: Sendable {
        var isBusy = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let line = Mutex(Line())

    /// A lock that nobody holds.
    package init() {}

    /// Runs `body` once everybody who came before is done; waiting is not ended by cancellation.
    package func withLock<Value, Failure>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = line.withLock { line in
                if line.isBusy {
                    line.waiting.append(continuation)
                    return false
                }
                line.isBusy = true
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func leave() {
        let next = line.withLock { line -> CheckedContinuation<Void, Never>? in
            guard !line.waiting.isEmpty else {
                line.isBusy = false
                return nil
            }
            return line.waiting.removeFirst()
        }
        next?.resume()
    }
}
