import GRDBSQLite
import Router

/// What the writer's thread does: takes everything that waits, commits it as one group, flushes once, tells everybody.
struct GroupCommitter {
    let connection: WriterConnection
    let mailbox: Mailbox
    let log: LogLength
    let checkpointPages: Int32
    /// Copies long logs beside; `nil` where the log is kept so short that it is not worth it.
    let checkpointer: Checkpointer?

    /// Serves until the mailbox is shut and empty.
    func serve() {
        while let jobs = mailbox.takeAll() {
            commit(jobs)
            keepLogShort()
        }
    }

    private func commit(_ jobs: [WriteJob]) {
        if let refusal = mailbox.refusal, refusal != .storeClosed {
            return jobs.forEach { $0.fail(refusal) }
        }
        do {
            if connection.fileIsGone { throw SQLiteFault(code: SQLITE_IOERR, message: "the database file is gone") }
            var completions: [WriteJob.Completion]
            do {
                completions = try connection.transaction(jobs, carefully: false)
            } catch is WriterConnection.NeedsCare {
                completions = try connection.transaction(jobs, carefully: true)
            }
            completions.forEach { $0() }
        } catch {
            endIfFlushFailed(error)
            let failure = StoreFailure(error)
            jobs.forEach { $0.fail(failure) }
        }
    }

    /// Checkpoints after the callers were told.
    ///
    /// An automatic one would hide a failed flush. What strangers write is small and goes away again, but the log would
    /// grow with each of it, so it is emptied sooner while they write.
    private func keepLogShort() {
        let isFlooded = connection.passing >= 32 && log.pages >= 128
        guard isFlooded || isToBeFinished else { return }
        connection.passing = 0
        do {
            _ = try connection.checkpoint(SQLITE_CHECKPOINT_PASSIVE)
        } catch {
            endIfFlushFailed(error)
        }
    }

    /// How many times as long as it should be the log may become before the writer waits for its copying.
    private static let mostLogs: Int32 = 8

    /// Whether the log has to be copied here and now: the rest of what was copied beside, or all of it.
    private var isToBeFinished: Bool {
        guard let checkpointer else { return log.pages >= checkpointPages }
        switch checkpointer.result() {
        case .success: return true
        case .failure(let fault): endIfFlushFailed(fault)
        case nil: break
        }
        guard log.pages >= checkpointPages else { return false }
        checkpointer.ask()
        guard log.pages >= Self.mostLogs * checkpointPages else { return false }
        // It does not get along with the writer, who cannot copy beside it: better slow than full.
        checkpointer.wait()
        if case .failure(let fault)? = checkpointer.result() { endIfFlushFailed(fault) }
        return true
    }

    /// A failed flush is never repeated: the store ends, and the process has to start again from what is on disk.
    private func endIfFlushFailed(_ error: any Error) {
        guard let fault = error as? SQLiteFault, fault.isFailedFlush || connection.fileIsGone else { return }
        mailbox.shut(StoreFailure(.closed, "a flush failed; nothing more is written (\(fault.code))"))
    }
}

extension StoreFailure {
    static let storeClosed = StoreFailure(.closed, "the store is closed")
}

/// How many pages are in the write-ahead log, as SQLite reports it after each commit.
final class LogLength {
    private let cell: UnsafeMutablePointer<Int32>

    init(_ connection: OpaquePointer?) {
        cell = .allocate(capacity: 1)
        cell.initialize(to: 0)
        sqlite3_wal_hook(
            connection,
            { cell, _, _, pages in
                cell?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, cell)
    }

    var pages: Int32 { cell.pointee }

    /// Takes the hook out; before closing.
    func detach(from connection: OpaquePointer?) { sqlite3_wal_hook(connection, nil, nil) }

    deinit { cell.deallocate() }
}
