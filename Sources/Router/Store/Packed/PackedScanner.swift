/// A value in packed bytes: what it is, its size, and where its content lies.
struct PackedValue {
    let kind: PackedKind
    /// Bytes of a text, elements of a list; see ``PackedKind``.
    let size: Int
    let place: Range<Int>
}

/// Walks through packed bytes, one value at a time.
struct PackedScanner {
    private let bytes: [UInt8]
    private let end: Int
    private var place: Int

    /// How deep values may lie in each other.
    private static let maximumDepth = 64

    init(_ bytes: [UInt8], _ place: Range<Int>) {
        (self.bytes, self.end, self.place) = (bytes, place.upperBound, place.lowerBound)
    }

    /// The next member of an object, with its spelled name if it has no number; `nil` at the end.
    mutating func member(_ depth: Int = 0) throws(RecordFault) -> (code: UInt8, name: Range<Int>?, value: PackedValue)?
    {
        let code = try byte()
        guard code != 0 else { return nil }
        var name: Range<Int>?
        if code == .max { name = try value(depth).place }
        return (code, name, try value(depth))
    }

    /// The next value, which is then passed over.
    mutating func value(_ depth: Int = 0) throws(RecordFault) -> PackedValue {
        guard depth < Self.maximumDepth else { throw RecordFault("a packed record is too deep") }
        let first = try byte()
        guard let kind = PackedKind(rawValue: first >> 5) else { throw RecordFault("a packed record is damaged") }
        var size = Int(first & PackedKind.longSize)
        if size == Int(PackedKind.longSize) { size = try longSize() }
        let start = place
        switch kind {
        case .word: break
        case .object: while try member(depth + 1) != nil {}
        case .list:
            guard size <= end - place else { throw RecordFault("a packed record is cut short") }
            for _ in 0..<size { _ = try value(depth + 1) }
        case .positive, .negative, .text, .number, .octets:
            guard size <= end - place, size <= 8 || (kind != .positive && kind != .negative) else {
                throw RecordFault("a packed record is cut short")
            }
            place += size
        }
        return PackedValue(kind: kind, size: size, place: start..<place)
    }

    private mutating func byte() throws(RecordFault) -> UInt8 {
        guard place < end else { throw RecordFault("a packed record is cut short") }
        place += 1
        return bytes[place - 1]
    }

    private mutating func longSize() throws(RecordFault) -> Int {
        var (size, shift) = (0, 0)
        while true {
            let next = try byte()
            guard shift < 56 else { throw RecordFault("a packed record is damaged") }
            size |= Int(next & 127) << shift
            shift += 7
            if next < 128 { return size }
        }
    }

    static func integer(_ bytes: [UInt8], _ value: PackedValue) -> Int64? {
        guard value.kind == .positive || value.kind == .negative else { return nil }
        let number = bytes[value.place].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard let magnitude = Int64(exactly: number) else { return nil }
        return value.kind == .positive ? magnitude : -magnitude - 1
    }

    /// A value as JSON.
    static func json(_ bytes: [UInt8], _ value: PackedValue) throws(RecordFault) -> JSONValue {
        func text() -> String { String(decoding: bytes[value.place], as: UTF8.self) }
        var scanner = PackedScanner(bytes, value.place)
        switch value.kind {
        case .text: return .string(text())
        case .number: return .number(text())
        case .word: return value.size == 2 ? .null : .bool(value.size == 1)
        case .positive, .negative:
            guard let number = integer(bytes, value) else { throw RecordFault("a packed number is too large") }
            return JSONValue(number)
        case .octets: throw RecordFault("packed bytes are no JSON")
        case .list:
            var elements: [JSONValue] = []
            for _ in 0..<value.size { elements.append(try json(bytes, scanner.value())) }
            return .array(elements)
        case .object:
            var members: [JSONObject.Member] = []
            while let member = try scanner.member() {
                let name =
                    member.name.map { String(decoding: bytes[$0], as: UTF8.self) }
                    ?? PackedName(rawValue: member.code)?.spelled
                guard let name else { throw RecordFault("a packed member has no name") }
                members.append(JSONObject.Member(name, try json(bytes, member.value)))
            }
            return .object(JSONObject(members))
        }
    }
}
