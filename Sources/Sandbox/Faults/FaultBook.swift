import Synchronization

/// The faults that tests asked for; in memory only.
final class FaultBook: Sendable {
    private let faults = Mutex<[Fault]>([])

    /// Every fault that still waits for requests.
    var all: [Fault] { faults.withLock { $0 } }

    /// Adds a fault, in place of an earlier one for the same operation of the same operator.
    func set(_ fault: Fault) {
        faults.withLock { faults in
            faults.removeAll { $0.operator == fault.operator && $0.operation == fault.operation }
            faults.append(fault)
        }
    }

    /// Forgets the faults of one operator, or of all.
    func clear(_ name: SandboxOperator?) {
        faults.withLock { $0.removeAll { name == nil || $0.operator == name } }
    }

    /// The fault for a request, counted down.
    func next(_ name: SandboxOperator, _ operation: SandboxOperation) -> Fault? {
        faults.withLock { faults in
            guard let index = faults.firstIndex(where: { $0.operator == name && $0.operation == operation }) else {
                return nil
            }
            faults[index].count -= 1
            let fault = faults[index]
            if fault.count == 0 { faults.remove(at: index) }
            return fault
        }
    }
}
