import Synchronization

/// Every movement really executed, in the order of execution.
final class Books: Sendable {
    private let entries = Mutex<[SandboxMovement]>([])

    /// All movements.
    var movements: [SandboxMovement] { entries.withLock { $0 } }

    /// Adds one movement.
    func add(_ movement: SandboxMovement) { entries.withLock { $0.append(movement) } }
}
