import Synchronization

/// Every movement really executed, in the order of execution.
final class Books: Sendable {
    private let entries = Mutex<[SandboxMovement]>([])

    /// Whatever was really executed, oldest first.
    var movements: [SandboxMovement] { entries.withLock { $0 } }

    func add(_ movement: SandboxMovement) { entries.withLock { $0.append(movement) } }
}
