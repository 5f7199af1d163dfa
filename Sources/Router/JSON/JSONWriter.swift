extension JSONValue {
    /// The value as UTF-8 JSON without white space, members in order.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter(sorted: false)
        writer.write(self)
        return writer.bytes
    }

    /// The value as UTF-8 JSON with sorted member names: equal documents give equal bytes.
    public func canonical() -> [UInt8] {
        var writer = JSONWriter(sorted: true)
        writer.write(self)
        return writer.bytes
    }

    /// The value as JSON text.
    public var jsonText: String { String(decoding: serialized(), as: UTF8.self) }
}

/// Writes a JSON value as bytes.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let sorted: Bool

    init(sorted: Bool) {
        self.sorted = sorted
        bytes.reserveCapacity(512)
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .number(let text): append(text)
        case .string(let text): quote(text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            let members = sorted ? object.members.sorted { $0.name < $1.name } : object.members
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                quote(member.name)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func quote(_ text: String) {
        let hex = Array("0123456789abcdef".utf8)
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20, 0x7F:
                append("\\u00")
                bytes.append(hex[Int(byte >> 4)])
                bytes.append(hex[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
