import CCurl
import Glibc
import Synchronization

/// The way from callers' tasks to the driver thread: a list under a lock, and a descriptor that wakes the thread.
///
/// Many commands cost one wake-up: only the first one after a ``drain(into:)`` writes to the descriptor.
final class Inbox: Sendable {
    enum Command: Sendable {
        case add(Job)
        case withdraw(Withdrawal)
        /// Stop when idle, or at this moment of ``Monotonic``; then resume.
        case stop(at: UInt64, CheckedContinuation<Void, Never>?)
    }

    private struct State: Sendable {
        var commands: [Command] = []
        var isClosed = false
        var isOver = false
    }

    /// Readable while there are commands.
    let descriptor: Int32
    private let state = Mutex(State())

    init() throws(CurlStartError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw CurlStartError(.descriptors, code: errno) }
    }

    deinit { Glibc.close(descriptor) }

    /// Hands over a job; `false` if the transport takes none any more.
    func submit(_ job: Job) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            append(.add(job), to: &state)
            return true
        }
    }

    func withdraw(_ withdrawal: Withdrawal) {
        state.withLock { state in
            guard !state.isOver else { return }
            append(.withdraw(withdrawal), to: &state)
        }
    }

    /// Refuses all further jobs and tells the thread to end.
    ///
    /// If it has ended already the continuation resumes at once.
    func close(stopAt: UInt64, whenDone: CheckedContinuation<Void, Never>?) {
        let alreadyOver = state.withLock { state in
            state.isClosed = true
            if !state.isOver { append(.stop(at: stopAt, whenDone), to: &state) }
            return state.isOver
        }
        if alreadyOver { whenDone?.resume() }
    }

    /// Moves all commands into an empty array, which gives its storage in exchange.
    func drain(into commands: inout [Command]) {
        state.withLock { state in
            var count: UInt64 = 0
            _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
            swap(&state.commands, &commands)
        }
    }

    /// The thread's last word: after it no command is accepted.
    ///
    /// Returns those that came too late to be taken.
    func over() -> [Command] {
        state.withLock { state in
            state.isOver = true
            return state.commands
        }
    }

    private func append(_ command: Command, to state: inout State) {
        state.commands.append(command)
        guard state.commands.count == 1 else { return }
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }
}
