/// Reads the members of an object that ``PackedWriter`` wrote.
///
/// Members it does not ask for are passed over, so that older programs read newer records.
struct PackedReader {
    private let bytes: [UInt8]
    private let members: [(name: UInt8, value: PackedValue)]

    /// Reads an object.
    ///
    /// - Throws: ``RecordFault`` if a size does not fit.
    init(_ bytes: [UInt8], _ place: Range<Int>) throws(RecordFault) {
        var scanner = PackedScanner(bytes, place)
        var members: [(name: UInt8, value: PackedValue)] = []
        members.reserveCapacity(12)
        while let member = try scanner.member() { members.append((member.code, member.value)) }
        (self.bytes, self.members) = (bytes, members)
    }

    func text(_ name: PackedName) throws(RecordFault) -> String { try required(optionalText(name), name) }

    func optionalText(_ name: PackedName) throws(RecordFault) -> String? {
        guard let value = self[name] else { return nil }
        return try required(text(value), name)
    }

    func integer(_ name: PackedName) throws(RecordFault) -> Int64 { try required(optionalInteger(name), name) }

    func optionalInteger(_ name: PackedName) throws(RecordFault) -> Int64? {
        guard let value = self[name] else { return nil }
        return try required(integer(value), name)
    }

    func moment(_ name: PackedName) throws(RecordFault) -> Moment { Moment(milliseconds: try integer(name)) }

    func optionalMoment(_ name: PackedName) throws(RecordFault) -> Moment? {
        try optionalInteger(name).map { Moment(milliseconds: $0) }
    }

    func optionalFlag(_ name: PackedName) throws(RecordFault) -> Bool? {
        guard let value = self[name] else { return nil }
        return try required(value.kind == .word && value.size < 2 ? value.size == 1 : nil, name)
    }

    /// A text that must be one of the enumeration's; a fault otherwise.
    func word<Word: RawRepresentable<String>>(_ name: PackedName) throws(RecordFault) -> Word {
        let text = try text(name)
        return try required(Word(rawValue: text), name)
    }

    func optionalObject<Value>(
        _ name: PackedName, _ body: (PackedReader) throws(RecordFault) -> Value
    ) throws(RecordFault) -> Value? {
        guard let value = self[name] else { return nil }
        return try body(object(value, name))
    }

    func list<Element>(
        _ name: PackedName, _ body: (PackedReader) throws(RecordFault) -> Element
    ) throws(RecordFault) -> [Element] {
        var elements: [Element] = []
        for value in try values(name) { elements.append(try body(object(value, name))) }
        return elements
    }

    func texts(_ name: PackedName) throws(RecordFault) -> [String] {
        var texts: [String] = []
        for value in try values(name) { texts.append(try required(text(value), name)) }
        return texts
    }

    /// An identifier; in older records it is a text.
    func id<Kind: IdentifierKind>(_ name: PackedName) throws(RecordFault) -> Identifier<Kind> {
        let value = try required(self[name], name)
        guard value.kind == .octets else { return try Identifier(stored: required(text(value), name)) }
        return try Identifier(stored: Array(bytes[value.place]))
    }

    /// Bytes, or a text's.
    func octets(_ name: PackedName) throws(RecordFault) -> [UInt8] {
        guard let value = self[name] else { return [] }
        return try required(value.kind == .octets || value.kind == .text ? Array(bytes[value.place]) : nil, name)
    }

    /// A member as JSON; `nil` if there is none.
    func json(_ name: PackedName) throws(RecordFault) -> JSONValue? {
        guard let value = self[name] else { return nil }
        return try PackedScanner.json(bytes, value)
    }

    private subscript(name: PackedName) -> PackedValue? {
        members.first { $0.name == name.rawValue }?.value
    }

    private func text(_ value: PackedValue) -> String? {
        value.kind == .text ? String(decoding: bytes[value.place], as: UTF8.self) : nil
    }

    private func integer(_ value: PackedValue) -> Int64? { PackedScanner.integer(bytes, value) }

    private func object(_ value: PackedValue, _ name: PackedName) throws(RecordFault) -> PackedReader {
        guard value.kind == .object else { throw RecordFault("\(name) is not an object") }
        return try PackedReader(bytes, value.place)
    }

    private func values(_ name: PackedName) throws(RecordFault) -> [PackedValue] {
        guard let value = self[name] else { return [] }
        guard value.kind == .list else { throw RecordFault("\(name) is not a list") }
        var scanner = PackedScanner(bytes, value.place)
        var values: [PackedValue] = []
        for _ in 0..<value.size { values.append(try scanner.value()) }
        return values
    }

    private func required<Value>(_ value: Value?, _ name: PackedName) throws(RecordFault) -> Value {
        guard let value else { throw RecordFault("\(name) is missing or wrong") }
        return value
    }
}
