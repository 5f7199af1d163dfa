import Glibc
import Synchronization

/// What a test server really received.
///
/// Every count is of requests, not of connections.
package final class Books: Sendable {
    /// The state at one moment.
    package struct Page: Sendable {
        /// Connections that were accepted.
        package var connections = 0
        /// Requests of which at least one byte arrived.
        package var begun = 0
        /// Requests whose head arrived, by path.
        package var heads: [String: Int] = [:]
        /// Requests that arrived whole, by path.
        package var full: [String: Int] = [:]
    }

    private struct State: Sendable {
        var page = Page()
        var open: Set<Int32> = []
        var isClosing = false
        var waiting: [(path: String, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    package var page: Page { state.withLock { $0.page } }

    /// Returns once the head of a request with this path has arrived.
    package func sawHead(_ path: String) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.page.heads[path] != nil { return true }
                state.waiting.append((path, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Registers a connection; `false` if the server is closing.
    func noteConnection(_ descriptor: Int32) -> Bool {
        state.withLock { state in
            guard !state.isClosing else { return false }
            state.page.connections += 1
            state.open.insert(descriptor)
            return true
        }
    }

    func noteBegun() { state.withLock { $0.page.begun += 1 } }

    func noteHead(_ path: String) {
        let ready = state.withLock { state in
            state.page.heads[path, default: 0] += 1
            let ready = state.waiting.filter { $0.path == path }
            state.waiting.removeAll { $0.path == path }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    func noteFull(_ path: String) { state.withLock { $0.page.full[path, default: 0] += 1 } }

    func forget(_ descriptor: Int32) { state.withLock { _ = $0.open.remove(descriptor) } }

    /// Wakes every thread that reads from a client.
    func closeAll() {
        state.withLock { state in
            state.isClosing = true
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }
}
