import GRDBSQLite

/// Binds values to the placeholders in order.
struct Binder {
    private let pointer: OpaquePointer
    private let scratch: BindScratch?
    private var index: Int32 = 0

    /// - Parameters:
    ///   - pointer: The statement.
    ///   - scratch: Where values stay until it is bound again; without one, SQLite copies each.
    init(_ pointer: OpaquePointer, _ scratch: BindScratch?) {
        self.pointer = pointer
        self.scratch = scratch
        scratch?.empty()
    }

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
            guard let base = UnsafeRawPointer(bytes.baseAddress), !bytes.isEmpty else {
                sqlite3_bind_text(pointer, index, "", 0, nil)
                return
            }
            let kept = scratch?.keep(base, bytes.count)
            let characters = (kept ?? base).assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text(pointer, index, characters, Int32(bytes.count), kept == nil ? Self.copied : nil)
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
            let kept = scratch?.keep(base, bytes.count)
            sqlite3_bind_blob(pointer, index, kept ?? base, Int32(bytes.count), kept == nil ? Self.copied : nil)
        }
    }

    /// SQLite's `SQLITE_TRANSIENT`: the value is copied before the call returns.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

/// Keeps what is bound to one statement until it is bound again, so that SQLite allocates nothing for it.
///
/// Belongs to a statement of the writer's thread, of which every value is bound anew before it is run.
final class BindScratch {
    private static let capacity = 4_096

    private let bytes = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    private var used = 0

    deinit { bytes.deallocate() }

    func empty() { used = 0 }

    /// A copy that stays; `nil` if there is no room for it, which is for SQLite to find.
    func keep(_ start: UnsafeRawPointer, _ count: Int) -> UnsafeRawPointer? {
        guard count <= Self.capacity - used else { return nil }
        let place = bytes + used
        place.copyMemory(from: start, byteCount: count)
        used += count
        return UnsafeRawPointer(place)
    }
}
