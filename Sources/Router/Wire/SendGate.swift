import Synchronization

/// The last door before the wire: opens at most once, and never after its deadline.
///
/// The engine makes one gate per transmission, after SENDING is durable. The transport asks ``tryOpen()`` from the
/// callback that runs immediately before the first byte of the request (libcurl: `PREREQFUNCTION`). Whoever asks a
/// second time is refused, which is how a hidden second transmission is stopped. ``isOpen`` afterwards is the only proof
/// of *not sent*. Safe to use from any thread.
public final class SendGate: Sendable {
    private enum State: Sendable { case closed, open, shut }

    private let state = Mutex(State.closed)
    private let mayOpen: @Sendable () -> Bool

    /// Shut until it is asked.
    ///
    /// - Parameter mayOpen: Evaluated at the moment of opening: deadline on a clock that counts suspended time, epoch,
    ///   shutdown. Must be quick and must not block.
    public init(mayOpen: @escaping @Sendable () -> Bool) {
        self.mayOpen = mayOpen
    }

    /// Opens the gate if it has never been asked before and still may open.
    ///
    /// - Returns: `true` exactly once, at most; the request may leave only then.
    public func tryOpen() -> Bool {
        state.withLock { state in
            guard state == .closed else { return false }
            state = mayOpen() ? .open : .shut
            return state == .open
        }
    }

    /// Shuts a gate that has not opened, so that it never will.
    ///
    /// - Returns: `true` if the gate is now certain never to open; `false` if it had opened already.
    @discardableResult
    public func shut() -> Bool {
        state.withLock { state in
            if state == .closed { state = .shut }
            return state == .shut
        }
    }

    /// Whether the gate ever opened.
    public var isOpen: Bool { state.withLock { $0 == .open } }
}
