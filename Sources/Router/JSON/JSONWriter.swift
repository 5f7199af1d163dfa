extension JSONValue {
    /// The value as UTF-8 JSON without white space, members in order.
    public func serialized() -> [UInt8] { written(sorted: false) }

    /// The value as UTF-8 JSON with sorted member names: equal documents give equal bytes.
    public func canonical() -> [UInt8] { written(sorted: true) }

    /// The value as compact JSON, members in their order.
    public var jsonText: String { String(decoding: serialized(), as: UTF8.self) }

    private func written(sorted: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes.appendJSON(self, sorted: sorted)
        return bytes
    }
}

extension [UInt8] {
    /// Appends a value without white space; members in their order, or by name where they are `sorted`.
    mutating func appendJSON(_ value: JSONValue, sorted: Bool = false) {
        switch value {
        case .null: appendText("null")
        case .bool(let flag): appendText(flag ? "true" : "false")
        case .number(let text): appendText(text)
        case .string(let text): appendJSONString(text)
        case .array(let elements):
            append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                appendJSON(element, sorted: sorted)
            }
            append(UInt8(ascii: "]"))
        case .object(let object):
            append(UInt8(ascii: "{"))
            let members = sorted ? object.members.sorted { $0.name < $1.name } : object.members
            for (index, member) in members.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                appendJSONString(member.name)
                append(UInt8(ascii: ":"))
                appendJSON(member.value, sorted: sorted)
            }
            append(UInt8(ascii: "}"))
        }
    }
}
