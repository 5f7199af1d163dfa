import Foundation
import Router

/// The exclusive lock beside the database, held for the life of the store: a second router on the same data is refused.
///
/// The kernel gives the lock back when the process dies, however it dies.
final class LockFile: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: ``StoreFailure`` of kind `busy` if another process, or another store of this one, holds it.
    init(path: String) throws(StoreFailure) {
        let opened = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw StoreFailure(
                .inputOutput, "the lock file \(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(opened)
            throw StoreFailure(.busy, "another router is using this data: \(path) is locked")
        }
        descriptor = opened
    }

    deinit { Glibc.close(descriptor) }
}
