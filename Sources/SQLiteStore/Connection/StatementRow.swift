import GRDBSQLite
import Router

/// The present row of a running query; columns count from zero.
struct StatementRow {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(pointer, column) else { return "" }
        let count = Int(sqlite3_column_bytes(pointer, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(pointer, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column))))
    }

    func optionalBlob(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : blob(column) }
}

extension StatementRow {
    func moment(_ column: Int32) -> Moment { Moment(milliseconds: integer(column)) }

    func id<Kind: IdentifierKind>(_ column: Int32) throws(RecordFault) -> Identifier<Kind> {
        try Identifier(stored: text(column))
    }

    func optionalID<Kind: IdentifierKind>(_ column: Int32) throws(RecordFault) -> Identifier<Kind>? {
        isNull(column) ? nil : try id(column)
    }

    func orderID(_ column: Int32) throws(RecordFault) -> OrderID { try OrderID(stored: text(column)) }

    func optionalOrderID(_ column: Int32) throws(RecordFault) -> OrderID? {
        isNull(column) ? nil : try orderID(column)
    }

    func optionalMoment(_ column: Int32) -> Moment? { optionalInteger(column).map { Moment(milliseconds: $0) } }

    /// An amount and, in the next column, its currency; `nil` if either is missing.
    func optionalMoney(_ column: Int32) throws(RecordFault) -> Money? {
        guard let units = optionalInteger(column), let currency = optionalText(column + 1) else { return nil }
        return try OrderCoding.money(units, currency)
    }

    /// A word of an enumeration.
    func word<Word: RawRepresentable<String>>(_ column: Int32) throws(RecordFault) -> Word {
        guard let word = Word(rawValue: text(column)) else { throw RecordFault("a stored word is no \(Word.self)") }
        return word
    }
}
