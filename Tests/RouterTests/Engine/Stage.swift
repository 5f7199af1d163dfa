import Router
import RouterTestKit
import Synchronization

extension Stage {
    /// A stage on the day these tests are set on.
    convenience init(seed: UInt64? = nil) { self.init(at: .start, seed: seed) }
}

/// One value, set once by a task and read by another.
final class Box<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    var value: Value? { stored.withLock { $0 } }

    func set(_ value: Value) { stored.withLock { $0 = value } }
}

/// Collects values from many tasks.
final class Log<Value: Sendable>: Sendable {
    private let stored = Mutex<[Value]>([])

    var values: [Value] { stored.withLock { $0 } }
    var count: Int { stored.withLock { $0.count } }

    func append(_ value: Value) { stored.withLock { $0.append(value) } }
}
