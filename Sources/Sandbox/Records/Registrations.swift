import Synchronization

/// The callback addresses, by operator and account.
final class Registrations: Sendable {
    private struct Key: Hashable, Sendable {
        var `operator`: SandboxOperator
        var account: String
    }

    private let table = Mutex<[Key: SandboxRegistration]>([:])

    /// Replaces the registration of the same operator and account.
    func set(_ registration: SandboxRegistration) {
        let key = Key(operator: registration.operator, account: registration.account)
        table.withLock { $0[key] = registration }
    }

    func find(_ name: SandboxOperator, _ account: String) -> SandboxRegistration? {
        table.withLock { $0[Key(operator: name, account: account)] }
    }
}
