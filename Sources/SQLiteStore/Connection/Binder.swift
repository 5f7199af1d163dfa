import GRDBSQLite

/// Binds values to the placeholders in order.
struct Binder {
    private let pointer: OpaquePointer
    private var index: Int32 = 0

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    mutating func integer(_ value: Int64?) {
        index += 1
        guard let value else {
            sqlite3_bind_null(pointer, index)
            return
        }
        sqlite3_bind_int64(pointer, index, value)
    }

    mutating func text(_ value: String?) {
        index += 1
        guard var value else {
            sqlite3_bind_null(pointer, index)
            return
        }
        value.withUTF8 { bytes in
            guard let base = bytes.baseAddress else {
                sqlite3_bind_text(pointer, index, "", 0, nil)
                return
            }
            base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { characters in
                _ = sqlite3_bind_text(pointer, index, characters, Int32(bytes.count), Self.copied)
            }
        }
    }

    mutating func blob(_ value: [UInt8]?) {
        index += 1
        guard let value else {
            sqlite3_bind_null(pointer, index)
            return
        }
        value.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, !bytes.isEmpty else {
                sqlite3_bind_zeroblob(pointer, index, 0)
                return
            }
            sqlite3_bind_blob(pointer, index, base, Int32(bytes.count), Self.copied)
        }
    }

    /// SQLite's `SQLITE_TRANSIENT`: the value is copied before the call returns.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
