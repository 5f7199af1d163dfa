import GRDB
import GRDBSQLite
import Router

/// What SQLite answered instead of success.
struct SQLiteFault: Error {
    /// The extended result code.
    let code: Int32
    let message: String

    init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    /// Takes the newest error of a connection.
    init(_ connection: OpaquePointer?) {
        code = sqlite3_extended_errcode(connection)
        message = String(cString: sqlite3_errmsg(connection))
    }

    var isConstraint: Bool { code & 0xFF == SQLITE_CONSTRAINT }

    /// A flush that failed: the pages may be gone although the kernel will not say so again, so nothing may be retried.
    var isFailedFlush: Bool {
        [Self.ioerrFsync, Self.ioerrDirFsync, Self.ioerrTruncate, Self.ioerrClose].contains(code)
    }

    private static let ioerrFsync = SQLITE_IOERR | 4 << 8
    private static let ioerrDirFsync = SQLITE_IOERR | 5 << 8
    private static let ioerrTruncate = SQLITE_IOERR | 6 << 8
    private static let ioerrClose = SQLITE_IOERR | 16 << 8
}

extension StoreFailure {
    /// The failure that an error of SQLite, GRDB or a record means.
    ///
    /// Never holds values of a record.
    init(_ error: any Error) {
        switch error {
        case let failure as StoreFailure: self = failure
        case let fault as SQLiteFault: self.init(Self.kind(fault.code), "\(fault.message) (\(fault.code))")
        case let error as DatabaseError:
            self.init(
                Self.kind(error.extendedResultCode.rawValue),
                "\(error.message ?? "SQLite") (\(error.extendedResultCode.rawValue))")
        case let fault as RecordFault: self.init(.corrupt, fault.detail)
        default: self.init(.other, "\(type(of: error))")
        }
    }

    private static func kind(_ code: Int32) -> Kind {
        switch code & 0xFF {
        case SQLITE_FULL: .diskFull
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM: .inputOutput
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
        default: .other
        }
    }
}
