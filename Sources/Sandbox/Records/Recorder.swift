import FoundationEssentials

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
