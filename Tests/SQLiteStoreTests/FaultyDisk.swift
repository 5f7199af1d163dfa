import Foundation
import GRDBSQLite
import Synchronization

/// A layer between SQLite and the operating system that fails on request, for files whose path holds a mark.
///
/// Registered once as SQLite's default; files of other tests pass through untouched.
enum FaultyDisk {
    /// What fails.
    enum Operation: Sendable { case write, sync }

    struct Fault: Sendable {
        var operation: Operation
        /// The result code SQLite sees.
        var code: Int32
        /// Operations that still succeed before it.
        var after = 0
        /// Whether every later one fails too.
        var isPersistent = false
        /// Whether the log is left alone.
        var sparesLog = false
    }

    private static let faults = Mutex<[String: Fault]>([:])
    private static let counts = Mutex<[String: Int]>([:])

    static func set(_ fault: Fault?, for mark: String) {
        _ = isRegistered
        faults.withLock { $0[mark] = fault }
    }

    /// How many operations of the armed kind were seen for a mark.
    static func count(_ mark: String) -> Int { counts.withLock { $0[mark] ?? 0 } }

    /// The code with which an operation on a file shall fail.
    fileprivate static func verdict(_ operation: Operation, _ path: String) -> Int32? {
        faults.withLock { faults in
            for (mark, fault) in faults
            where path.contains(mark) && fault.operation == operation
                && !(fault.sparesLog && path.hasSuffix("-wal"))
            {
                counts.withLock { $0[mark, default: 0] += 1 }
                if fault.after > 0 {
                    faults[mark]?.after -= 1
                    return nil
                }
                if !fault.isPersistent { faults[mark] = nil }
                return fault.code
            }
            return nil
        }
    }

    /// Installs the layer; must happen before the store under test opens its files.
    static let isRegistered: Bool = {
        guard let base = sqlite3_vfs_find(nil) else { return false }
        let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        layer.initialize(to: base.pointee)
        layer.pointee.pNext = nil
        layer.pointee.zName = UnsafePointer(strdup("faulty"))
        layer.pointee.xOpen = { vfs, name, file, flags, outFlags in
            guard let base = sqlite3_vfs_find("unix"), let file else { return SQLITE_IOERR }
            let code = base.pointee.xOpen(base, name, file, flags, outFlags)
            if code == SQLITE_OK, let name, let methods = file.pointee.pMethods {
                Files.remember(file, String(cString: name), methods)
            }
            return code
        }
        return sqlite3_vfs_register(layer, 1) == SQLITE_OK
    }()
}

/// Which open file has which path, and the system's own methods for it.
private enum Files {
    private struct Entry {
        /// The address of a constant table inside SQLite.
        let methods: UInt
        let path: String
    }

    private static let open = Mutex<[UInt: Entry]>([:])
    private static let layers = Mutex<[UInt: UInt]>([:])

    static func remember(
        _ file: UnsafeMutablePointer<sqlite3_file>, _ path: String, _ methods: UnsafePointer<sqlite3_io_methods>
    ) {
        open.withLock { $0[UInt(bitPattern: file)] = Entry(methods: UInt(bitPattern: methods), path: path) }
        file.pointee.pMethods = UnsafePointer(bitPattern: layered(methods))
    }

    fileprivate static func entry(
        _ file: UnsafeMutablePointer<sqlite3_file>?
    ) -> (UnsafePointer<sqlite3_io_methods>, String)? {
        open.withLock { $0[UInt(bitPattern: file)] }.flatMap { entry in
            UnsafePointer(bitPattern: entry.methods).map { ($0, entry.path) }
        }
    }

    fileprivate static func forget(_ file: UnsafeMutablePointer<sqlite3_file>?) {
        open.withLock { $0[UInt(bitPattern: file)] = nil }
    }

    /// The system's methods with ours in three places; one table per original.
    private static func layered(_ methods: UnsafePointer<sqlite3_io_methods>) -> UInt {
        layers.withLock { layers in
            if let known = layers[UInt(bitPattern: methods)] { return known }
            let copy = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
            copy.initialize(to: methods.pointee)
            copy.pointee.xWrite = { file, bytes, count, offset in
                guard let (methods, path) = Files.entry(file) else { return SQLITE_IOERR }
                if let code = FaultyDisk.verdict(.write, path) { return code }
                return methods.pointee.xWrite(file, bytes, count, offset)
            }
            copy.pointee.xSync = { file, flags in
                guard let (methods, path) = Files.entry(file) else { return SQLITE_IOERR }
                if let code = FaultyDisk.verdict(.sync, path) { return code }
                return methods.pointee.xSync(file, flags)
            }
            copy.pointee.xClose = { file in
                guard let (methods, _) = Files.entry(file) else { return SQLITE_IOERR }
                Files.forget(file)
                return methods.pointee.xClose(file)
            }
            layers[UInt(bitPattern: methods)] = UInt(bitPattern: copy)
            return UInt(bitPattern: copy)
        }
    }
}
