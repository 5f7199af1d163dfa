import Dispatch
import Foundation
import GRDBSQLite
import Synchronization

/// One table, one thread, one flush for whatever waits.
final class Writer: Sendable {
    enum Step { case insert, update }

    private struct Job: Sendable {
        let step: Step
        let key: String
        let body: String
        let done: CheckedContinuation<Void, Never>
    }

    private let jobs = Mutex<[Job]>([])
    private let bell = DispatchSemaphore(value: 0)

    init(path: String) {
        let thread = Thread { [self] in serve(path) }
        thread.start()
    }

    /// Returns once the step is flushed.
    func write(_ step: Step, key: String, _ body: String) async {
        await withCheckedContinuation { done in
            jobs.withLock { $0.append(Job(step: step, key: key, body: body, done: done)) }
            bell.signal()
        }
    }

    private func serve(_ path: String) {
        var connection: OpaquePointer?
        sqlite3_open(path, &connection)
        for sql in [
            "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 16000",
            "CREATE TABLE payments (key TEXT PRIMARY KEY, body TEXT, status TEXT) WITHOUT ROWID",
        ] {
            sqlite3_exec(connection, sql, nil, nil, nil)
        }
        var (insert, update): (OpaquePointer?, OpaquePointer?)
        sqlite3_prepare_v2(connection, "INSERT INTO payments VALUES (?1, ?2, 'new')", -1, &insert, nil)
        sqlite3_prepare_v2(
            connection, "UPDATE payments SET status = 'sent', body = ?2 WHERE key = ?1", -1, &update, nil)
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        while true {
            bell.wait()
            let group = jobs.withLock { jobs in
                defer { jobs = [] }
                return jobs
            }
            guard !group.isEmpty else { continue }
            sqlite3_exec(connection, "BEGIN", nil, nil, nil)
            for job in group {
                let statement = job.step == .insert ? insert : update
                sqlite3_bind_text(statement, 1, job.key, -1, copied)
                sqlite3_bind_text(statement, 2, job.body, -1, copied)
                sqlite3_step(statement)
                sqlite3_reset(statement)
            }
            sqlite3_exec(connection, "COMMIT", nil, nil, nil)
            for job in group { job.done.resume() }
        }
    }
}
