import Dispatch
import Foundation
import GRDB
import GRDBSQLite
import Router
import Synchronization

/// Copies the log into the database file while the writer goes on: a thread and a connection of its own.
///
/// The writer then copies the little that came meanwhile itself, which is what lets the log begin anew. Before, it stood
/// still for all of it.
final class Checkpointer: Sendable {
    private enum State {
        case idle, asked, done
        case failed(SQLiteFault)
        case ended
    }

    private let state = Mutex(State.idle)
    private let bell = DispatchSemaphore(value: 0)
    private let gone = DispatchSemaphore(value: 0)
    /// Rung after each copying.
    private let finished = DispatchSemaphore(value: 0)

    /// Begins to serve on a connection, which only it uses from now on.
    init(_ queue: DatabaseQueue) {
        let thread = Thread { [self] in
            queue.inDatabase { db in serve(db.sqliteConnection) }
            gone.signal()
        }
        thread.name = "store-checkpoints"
        thread.stackSize = 1 << 19
        thread.start()
    }

    /// Has the log copied, unless that is under way, or done and not taken yet.
    func ask() {
        let mustRing = state.withLock { state in
            guard case .idle = state else { return false }
            state = .asked
            return true
        }
        if mustRing { bell.signal() }
    }

    /// Takes what became of the last copying; `nil` while there is nothing to take.
    func result() -> Result<Void, SQLiteFault>? {
        state.withLock { state in
            switch state {
            case .idle, .asked, .ended: return nil
            case .done:
                state = .idle
                return .success(())
            case .failed(let fault): return .failure(fault)
            }
        }
    }

    /// Returns when what was asked for is copied, or could not be.
    func wait() {
        while case .asked = state.withLock({ $0 }) { finished.wait() }
    }

    /// Returns when nothing is copied any more.
    func end() {
        state.withLock { $0 = .ended }
        bell.signal()
        gone.wait()
    }

    private func serve(_ connection: OpaquePointer?) {
        while true {
            bell.wait()
            guard case .asked = state.withLock({ $0 }) else { return }
            let code = sqlite3_wal_checkpoint_v2(connection, "main", SQLITE_CHECKPOINT_PASSIVE, nil, nil)
            let fault = code == SQLITE_OK || code == SQLITE_BUSY ? nil : SQLiteFault(connection)
            state.withLock { state in
                guard case .asked = state else { return }
                state = fault.map(State.failed) ?? .done
            }
            finished.signal()
        }
    }
}
