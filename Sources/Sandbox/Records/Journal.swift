import FoundationEssentials
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

/// One line of the journal: everything that one step changed, so that a step is on file as a whole or not at all.
///
/// Records are whole: the latest line about a payment, session, intent or callback replaces every earlier one.
struct JournalLine: Codable, Sendable {
    var movement: SandboxMovement?
    var registration: SandboxRegistration?
    var session: FlouciSession?
    var trackingID: FlouciTracking?
    var acceptance: FlouciAcceptance?
    var intent: CardIntent?
    var charge: CardCharge?
    var key: IdempotencyRecord?
    /// Records of the operators that have no field of their own here.
    var records: [OperatorRecord]?
    var callbacks: [Outgoing]?
    /// Callbacks that need no more deliveries, by id.
    var settled: [String]?
    var message: SandboxMessage?
    /// Whether every message of before is forgotten.
    var emptiesInbox: Bool?

    /// Adds a record of an operator.
    mutating func keep(_ value: some Encodable, as kind: String, of owner: SandboxOperator) throws {
        let text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        records = (records ?? []) + [OperatorRecord(owner: owner, kind: kind, json: text)]
    }

    /// The records of one operator and kind, in their order.
    func kept<Value: Decodable>(_ type: Value.Type, as kind: String, of owner: SandboxOperator) -> [Value] {
        (records ?? []).filter { $0.owner == owner && $0.kind == kind }
            .compactMap { try? JSONDecoder().decode(type, from: Data($0.json.utf8)) }
    }
}

/// What one operator keeps, in its own form.
struct OperatorRecord: Codable, Sendable {
    var owner: SandboxOperator
    var kind: String
    var json: String
}

/// Puts steps on file and passes on what follows from them: movements to the books, callbacks to their sender.
///
/// An operator calls ``commit(_:)`` while it holds its own lock, before it shows the step to anybody.
final class Recorder: Sendable {
    let books = Books()
    let requests: RequestLog
    let registrations = Registrations()
    private let file: JournalFile?
    private let stage: Stage
    private let callbackSender: CallbackSender

    /// Opens the journals of what operators did.
    ///
    /// The folder for the journals is created if missing; without one everything stays in memory.
    init(folder: String?, stage: Stage, callbackSender: CallbackSender) throws {
        self.stage = stage
        self.callbackSender = callbackSender
        if let folder {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            file = try JournalFile(path: "\(folder)/journal.jsonl")
            requests = try RequestLog(file: JournalFile(path: "\(folder)/requests.jsonl"))
        } else {
            file = nil
            requests = try RequestLog(file: nil)
        }
    }

    /// Puts one step on file.
    ///
    /// When this returns, a killed process still knows it.
    func commit(_ line: JournalLine) throws {
        if let file { try file.append([UInt8](JSONEncoder().encode(line))) }
        apply(line)
        callbackSender.schedule(line)
    }

    /// Reads the steps of earlier runs, and hands each on, in order, for the operators' own records.
    func replay(_ restore: (JournalLine) -> Void) throws {
        let decoder = JSONDecoder()
        for bytes in try file?.lines() ?? [] {
            let line = try decoder.decode(JournalLine.self, from: Data(bytes))
            apply(line)
            callbackSender.restore(line)
            restore(line)
        }
    }

    /// Gives the files back.
    func close() {
        file?.close()
        requests.close()
    }

    private func apply(_ line: JournalLine) {
        if let movement = line.movement { books.add(movement) }
        if let registration = line.registration { registrations.set(registration) }
    }
}
