import Router
import Synchronization

/// Writes down what observers are told.
final class NotePad: EngineObserver {
    private let notes = Mutex<[EngineEvent]>([])

    func record(_ event: EngineEvent) { notes.withLock { $0.append(event) } }

    /// The kinds of alarms so far.
    var alarms: [String] {
        notes.withLock { $0 }.compactMap { note in
            guard case .alarm(let kind, _, _) = note else { return nil }
            return kind.rawValue
        }
    }

    /// How often the store failed.
    var storeFailures: Int {
        notes.withLock { $0 }.count { note in
            guard case .storeFailed = note else { return false }
            return true
        }
    }
}
