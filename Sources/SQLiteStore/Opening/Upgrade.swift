import Foundation
import GRDB
import GRDBSQLite
import Router

/// Brings a database of an older program to the present form, and keeps the old file beside it.
///
/// A process that dies on the way leaves the old form, or one with whole steps done; the next start goes on.
struct Upgrade {
    let path: String
    let options: SQLiteStore.Options
    let binding: KeyBinding

    func run(_ queue: DatabaseQueue) throws {
        try Schema.claim(queue, binding)
        let missing = try Schema.missingSteps(queue, binding)
        guard let missing else { return try Schema.migrate(queue, binding) }
        guard let first = missing.first else { return }
        if options.copiesBeforeUpgrade { try copy(queue, before: first) }
        options.onProgress("bringing \(path) to the newest form: \(missing.joined(separator: ", "))")
        let names = try appNames(queue)
        try Schema.migrate(queue, binding)
        for (id, name) in try appNames(queue) {
            guard let before = names[id], before != name else { continue }
            options.onProgress(
                "app \(id) shared its name \"\(before)\" and is called \"\(name)\" now; its keys go on working")
        }
        options.onProgress("\(path) has the newest form")
    }

    private func appNames(_ queue: DatabaseQueue) throws -> [String: String] {
        try queue.inDatabase { db in
            try Row.fetchAll(db, sql: "SELECT id, name FROM apps").reduce(into: [:]) { names, row in
                names[row["id"]] = row["name"]
            }
        }
    }

    /// Copies the file once; a copy that is there already is the older one, and stays.
    private func copy(_ queue: DatabaseQueue, before step: String) throws {
        let target = "\(path).before-\(step)"
        let files = FileManager.default
        guard !files.fileExists(atPath: target) else { return }
        try queue.inDatabase { db in
            let code = sqlite3_wal_checkpoint_v2(db.sqliteConnection, "main", SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
            guard code == SQLITE_OK else { throw SQLiteFault(db.sqliteConnection) }
        }
        let size = try files.attributesOfItem(atPath: path)[.size] as? Int64 ?? 0
        let free = try files.attributesOfFileSystem(forPath: path)[.systemFreeSize] as? Int64 ?? .max
        guard free > size + size / 4 else {
            throw StoreFailure(
                .diskFull,
                "copying \(path) before it is changed needs \(size / 1_048_576) MB and as much again to work with, but "
                    + "\(free / 1_048_576) MB are free; make room, or start with --no-copy")
        }
        options.onProgress("copying \(path) to \(target) (\(size / 1_048_576) MB)")
        let part = target + ".part"
        try? files.removeItem(atPath: part)
        try files.copyItem(atPath: path, toPath: part)
        guard Self.flush(part) else {
            throw StoreFailure(.inputOutput, "the copy \(part) could not be flushed to the disk")
        }
        try files.moveItem(atPath: part, toPath: target)
    }

    private static func flush(_ path: String) -> Bool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { Glibc.close(descriptor) }
        return fsync(descriptor) == 0
    }
}
