import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

private let systemClose = close

/// A file of lines to which only whole lines are added.
///
/// A line is handed to the kernel by plain `write` before ``append(_:)`` returns, so that killing the process loses
/// none; a line torn by the kill is cut off when the file is opened again. One process at a time may hold the file.
final class JournalFile: Sendable {
    /// Why a journal cannot be used.
    struct Failure: Error, CustomStringConvertible {
        var path: String
        var step: String
        var code: Int32
        var description: String { "journal \(path): \(step) failed, errno \(code)" }
    }

    private let path: String
    private let descriptor: Mutex<Int32>

    /// Opens or creates the file and takes its lock.
    init(path: String) throws(Failure) {
        let opened = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw Failure(path: path, step: "open", code: errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            _ = Self.shut(opened)
            throw Failure(path: path, step: "lock (is another sandbox using it?)", code: code)
        }
        self.path = path
        descriptor = Mutex(opened)
    }

    deinit { close() }

    /// Reads every whole line from the beginning, and cuts a torn one off the end.
    func lines() throws(Failure) -> [ArraySlice<UInt8>] {
        let file = descriptor.withLock { $0 }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = pread(file, &chunk, chunk.count, off_t(content.count))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Failure(path: path, step: "read", code: errno) }
            if count == 0 { break }
            content += chunk[..<count]
        }
        let whole = content.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        if whole < content.count {
            guard ftruncate(file, off_t(whole)) == 0 else { throw Failure(path: path, step: "cut", code: errno) }
        }
        return content[..<whole].split(separator: 0x0A)
    }

    /// Adds one line; the bytes must not contain a line feed.
    func append(_ line: [UInt8]) throws(Failure) {
        let bytes = line + [0x0A]
        let path = path
        let failure: Failure? = descriptor.withLock { file in
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else {
                    let failure = Failure(path: path, step: "write", code: errno)
                    // The end of the file may be torn now; nothing may follow it before the next opening cuts it off.
                    if written > 0 { file = Self.shut(file) }
                    return failure
                }
                written += count
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// Gives the file back.
    ///
    /// Every later ``append(_:)`` fails.
    func close() {
        descriptor.withLock { file in
            file = Self.shut(file)
        }
    }

    /// Closes a descriptor and returns one that is not open.
    private static func shut(_ file: Int32) -> Int32 {
        if file >= 0 { _ = systemClose(file) }
        return -1
    }
}
