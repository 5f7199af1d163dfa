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

    /// The value as compact JSON, members in their order.
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
        case .null: bytes.appendText("null")
        case .bool(let flag): bytes.appendText(flag ? "true" : "false")
        case .number(let text): bytes.appendText(text)
        case .string(let text): bytes.appendJSONString(text)
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
                bytes.appendJSONString(member.name)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
