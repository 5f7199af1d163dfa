/// Writes what stores keep of an order: members like those of a JSON object, each with one byte for its name.
///
/// A payment's records are a third of what they are as JSON, and reading them needs no parser of texts.
struct PackedWriter {
    private(set) var bytes: [UInt8] = []

    mutating func field(_ name: PackedName, _ text: String?) {
        guard let text else { return }
        bytes.append(name.rawValue)
        write(text)
    }

    mutating func field(_ name: PackedName, _ number: Int64?) {
        guard let number else { return }
        bytes.append(name.rawValue)
        write(number)
    }

    mutating func field(_ name: PackedName, _ number: Int) { field(name, Int64(number)) }

    mutating func field(_ name: PackedName, _ moment: Moment?) { field(name, moment?.milliseconds) }

    mutating func field(_ name: PackedName, _ flag: Bool?) {
        guard let flag else { return }
        bytes.append(name.rawValue)
        begin(.word, flag ? 1 : 0)
    }

    mutating func field<Kind: IdentifierKind>(_ name: PackedName, id: Identifier<Kind>) {
        field(name, octets: id.bytes)
    }

    mutating func field(_ name: PackedName, octets: [UInt8]) {
        bytes.append(name.rawValue)
        begin(.octets, octets.count)
        bytes += octets
    }

    mutating func field(_ name: PackedName, _ value: JSONValue) {
        bytes.append(name.rawValue)
        write(value)
    }

    /// A member that is an object; `nil` writes nothing.
    mutating func object<Value>(
        _ name: PackedName, _ value: Value?, _ body: (inout PackedWriter, Value) -> Void
    ) {
        guard let value else { return }
        bytes.append(name.rawValue)
        begin(.object, 0)
        body(&self, value)
        bytes.append(0)
    }

    /// A member that is a list of objects; an empty one writes nothing.
    mutating func list<Element>(
        _ name: PackedName, _ elements: [Element], _ body: (inout PackedWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        bytes.append(name.rawValue)
        begin(.list, elements.count)
        for element in elements {
            begin(.object, 0)
            body(&self, element)
            bytes.append(0)
        }
    }

    /// A member that is a list of texts; an empty one writes nothing.
    mutating func list(_ name: PackedName, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        bytes.append(name.rawValue)
        begin(.list, texts.count)
        for text in texts { write(text) }
    }

    /// An object behind a byte that names it and four that say its length, for ``UnitRecord``.
    mutating func part(_ name: UnitPart, _ body: (inout PackedWriter) -> Void) {
        let start = beginPart(name)
        body(&self)
        bytes.append(0)
        endPart(start)
    }

    /// Bytes that are no object, in the same way.
    mutating func part(_ name: UnitPart, _ octets: [UInt8]) {
        let start = beginPart(name)
        bytes += octets
        endPart(start)
    }

    /// The members of a JSON object, up to its end.
    mutating func members(of object: JSONObject) {
        for (name, value) in object.members.map({ ($0.name, $0.value) }) {
            if let known = PackedName(spelled: name) {
                bytes.append(known.rawValue)
            } else {
                bytes.append(.max)
                write(name)
            }
            write(value)
        }
    }

    mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

    private mutating func beginPart(_ name: UnitPart) -> Int {
        bytes.append(name.rawValue)
        for _ in 0..<4 { bytes.append(0) }
        return bytes.count
    }

    private mutating func endPart(_ start: Int) {
        let length = bytes.count - start
        for place in 0..<4 { bytes[start - 4 + place] = UInt8(truncatingIfNeeded: length >> (24 - 8 * place)) }
    }

    private mutating func write(_ value: JSONValue) {
        switch value {
        case .null: begin(.word, 2)
        case .bool(let flag): begin(.word, flag ? 1 : 0)
        case .string(let text): write(text)
        case .number(let digits):
            guard let number = Int64(digits), String(number) == digits else {
                begin(.number, digits.utf8.count)
                bytes.append(contentsOf: digits.utf8)
                return
            }
            write(number)
        case .array(let elements):
            begin(.list, elements.count)
            for element in elements { write(element) }
        case .object(let object):
            begin(.object, 0)
            members(of: object)
            bytes.append(0)
        }
    }

    private mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { characters in
            begin(.text, characters.count)
            bytes.append(contentsOf: characters)
        }
    }

    private mutating func write(_ number: Int64) {
        var rest = number < 0 ? UInt64(-(number + 1)) : UInt64(number)
        let size = (64 - rest.leadingZeroBitCount + 7) / 8
        begin(number < 0 ? .negative : .positive, size)
        for _ in 0..<size {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    private mutating func begin(_ kind: PackedKind, _ size: Int) {
        guard size >= Int(PackedKind.longSize) else { return bytes.append(kind.rawValue << 5 | UInt8(size)) }
        bytes.append(kind.rawValue << 5 | PackedKind.longSize)
        var rest = size
        while rest >= 128 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
