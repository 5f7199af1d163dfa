import Router
import Synchronization

/// A check of the ledger that goes on while nobody waits for it; one at a time.
final class LedgerCheckRun: Sendable {
    private enum State: Sendable {
        case none
        case running(LedgerVerification)
        case done(LedgerVerification)
        case failed(StoreFailure)
    }

    private let store: any LedgerStore
    private let state = Mutex(State.none)

    init(_ store: any LedgerStore) { self.store = store }

    /// Begins, unless one is running.
    func begin() {
        let begins = state.withLock { state in
            if case .running = state { return false }
            state = .running(LedgerVerification())
            return true
        }
        guard begins else { return }
        Task {
            let end: State
            do throws(StoreFailure) {
                end = .done(
                    try await store.verifyLedger { [self] sofar in state.withLock { $0 = .running(sofar) } })
            } catch {
                end = .failed(error)
            }
            state.withLock { $0 = end }
        }
    }

    /// How it stands, or how the last one ended.
    var json: JSONValue {
        switch state.withLock({ $0 }) {
        case .none: LedgerVerification().json(.none)
        case .running(let sofar): sofar.json(.running)
        case .done(let verification): verification.json(.done)
        case .failed(let failure): LedgerVerification().json(.failed, failure)
        }
    }
}

extension LedgerVerification {
    /// How far a check has come.
    enum Progress: String, Sendable { case none, running, done, failed }

    /// As the control socket tells it, and `payrouter ledger verify --json`.
    func json(_ progress: Progress, _ failure: StoreFailure? = nil) -> JSONValue {
        var checked = JSONObject([])
        for table in Table.allCases { checked[table.rawValue] = JSONValue(counts[table] ?? 0) }
        return [
            "object": "ledger_verification", "state": .string(progress.rawValue), "checked": .object(checked),
            "findings": .array(
                findings.map { finding in
                    [
                        "table": .string(finding.table.rawValue), "place": .string(finding.place),
                        "found": .string(finding.found), "expected": .string(finding.expected),
                    ]
                }), "omitted": JSONValue(Int64(omitted)), "failure": JSONValue(failure?.description),
        ]
    }
}
