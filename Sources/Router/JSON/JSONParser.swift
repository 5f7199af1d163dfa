/// A recursive-descent JSON parser over one buffer.
///
/// See ``StrictJSON`` for what it promises.
struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let maximumDepth: Int
    private var index = 0
    private var depth = 0
    /// With a pointer here, `found` becomes the offset of the value it names.
    var wanted: String?
    private(set) var found: Int?
    private var path = ""

    init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        index = ByteOrderMark.length(in: bytes)
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw foreign() ?? fail(.trailingBytes) }
        return value
    }

    private func fail(_ reason: JSONSyntaxError.Reason, at offset: Int? = nil) -> JSONSyntaxError {
        JSONSyntaxError(reason, at: offset ?? index, in: bytes)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x0A, 0x0D, 0x09: true
        default: false
        }
    }

    private mutating func skipSpace() {
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
    }

    /// What stands here instead of what was expected.
    private func unexpected(_ expected: String) -> JSONSyntaxError { foreign() ?? fail(.unexpected(expected)) }

    /// Habits of other formats, which are named so that nobody has to look for them; `nil` if none stands here.
    private func foreign() -> JSONSyntaxError? {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        switch bytes[index] {
        case UInt8(ascii: "#"): return fail(.comment)
        case UInt8(ascii: "/") where next == UInt8(ascii: "/") || next == UInt8(ascii: "*"): return fail(.comment)
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            let before = bytes[..<index].last { !Self.isSpace($0) }
            return before == UInt8(ascii: ",") ? fail(.trailingComma) : nil
        default: return nil
        }
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        skipSpace()
        if let wanted, wanted == path, found == nil { found = index }
        guard index < bytes.count else { throw fail(.incomplete) }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw unexpected("a JSON value")
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        for position in 0..<text.utf8CodeUnitCount {
            guard index < bytes.count else { throw fail(.incomplete) }
            guard bytes[index] == text.utf8Start[position] else { throw fail(.unexpected("a JSON value")) }
            index += 1
        }
        return value
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= maximumDepth else { throw fail(.tooDeep(limit: maximumDepth)) }
        index += 1
    }

    /// Moves past `,` (true) or the closing byte (false).
    private mutating func goesOn(until close: UInt8, _ expected: String) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        guard index < bytes.count else { throw fail(.incomplete) }
        defer { index += 1 }
        if bytes[index] == UInt8(ascii: ",") { return true }
        guard bytes[index] == close else { throw unexpected(expected) }
        depth -= 1
        return false
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        skipSpace()
        if index < bytes.count, bytes[index] == UInt8(ascii: "]") {
            index += 1
            depth -= 1
            return .array([])
        }
        repeat {
            let parent = path
            if wanted != nil { path += "/\(elements.count)" }
            elements.append(try value())
            path = parent
        } while try goesOn(until: UInt8(ascii: "]"), "\",\" or \"]\"")
        return .array(elements)
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var members: [JSONObject.Member] = []
        // Few names are compared faster than hashed.
        var names: Set<String> = []
        skipSpace()
        if index < bytes.count, bytes[index] == UInt8(ascii: "}") {
            index += 1
            depth -= 1
            return .object(JSONObject())
        }
        repeat {
            skipSpace()
            guard index < bytes.count else { throw fail(.incomplete) }
            guard bytes[index] == UInt8(ascii: "\"") else { throw unexpected("a member name in quotes") }
            let start = index
            let name = try string()
            let isNew: Bool
            if members.count < 16 {
                isNew = !members.contains { $0.name == name }
            } else {
                if names.isEmpty { names = Set(members.map(\.name)) }
                isNew = names.insert(name).inserted
            }
            guard isNew else { throw fail(.duplicateName(name), at: start) }
            skipSpace()
            guard index < bytes.count else { throw fail(.incomplete) }
            guard bytes[index] == UInt8(ascii: ":") else { throw unexpected("\":\"") }
            index += 1
            let parent = path
            if wanted != nil { path += "/" + JSONPointer.escaped(name) }
            members.append(JSONObject.Member(name, try value()))
            path = parent
        } while try goesOn(until: UInt8(ascii: "}"), "\",\" or \"}\"")
        return .object(JSONObject(distinct: members))
    }

    private mutating func number() throws(JSONSyntaxError) -> String {
        let start = index
        func isDigit(_ position: Int) -> Bool {
            position < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
        }
        func skipDigits(_ position: inout Int) -> Bool {
            let first = position
            while isDigit(position) { position += 1 }
            return position > first
        }
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let leadingZero = index < bytes.count && bytes[index] == UInt8(ascii: "0")
        let firstDigit = index
        guard skipDigits(&index), !(leadingZero && index > firstDigit + 1) else {
            throw fail(.invalidNumber, at: start)
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard skipDigits(&index) else { throw fail(.invalidNumber, at: start) }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            guard skipDigits(&index) else { throw fail(.invalidNumber, at: start) }
        }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        let start = index
        index += 1
        let contentStart = index
        var bits: UInt8 = 0
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
            bytes[index] >= 0x20
        {
            bits |= bytes[index]
            index += 1
        }
        guard index < bytes.count else { throw fail(.incomplete) }
        if bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            // ASCII needs no validating, which is generic code and costs more than all the rest here.
            if bits < 0x80 {
                return String(decoding: UnsafeBufferPointer(rebasing: bytes[contentStart..<index]), as: UTF8.self)
            }
            guard let text = String(validating: bytes[contentStart..<index], as: UTF8.self) else {
                throw fail(.invalidText, at: start)
            }
            return text
        }
        return try escapedString(from: start, prefix: bytes[contentStart..<index])
    }

    private mutating func escapedString(
        from start: Int, prefix: Slice<UnsafeBufferPointer<UInt8>>
    ) throws(JSONSyntaxError) -> String {
        var collected = Array(prefix)
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: collected, as: UTF8.self) else {
                    throw fail(.invalidText, at: start)
                }
                return text
            case UInt8(ascii: "\\"): collected.append(contentsOf: try escape())
            case 0..<0x20: throw fail(.unexpected("no control character inside a string"), at: index - 1)
            default: collected.append(byte)
            }
        }
        throw fail(.incomplete)
    }

    private mutating func escape() throws(JSONSyntaxError) -> [UInt8] {
        guard index < bytes.count else { throw fail(.incomplete) }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw fail(.unexpected("a known escape after \"\\\""), at: index - 1)
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> [UInt8] {
        let start = index
        let first = try hexQuad()
        var scalarValue = UInt32(first)
        if (0xD800..<0xDC00).contains(first) {
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
            else { throw fail(.invalidText, at: start) }
            index += 2
            let second = try hexQuad()
            guard (0xDC00..<0xE000).contains(second) else { throw fail(.invalidText, at: start) }
            scalarValue = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(scalarValue) else { throw fail(.invalidText, at: start) }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexQuad() throws(JSONSyntaxError) -> UInt16 {
        guard index + 4 <= bytes.count else { throw fail(.incomplete) }
        let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
        guard digits.allSatisfy(\.isHexDigit), let value = UInt16(digits, radix: 16) else {
            throw fail(.unexpected("four hexadecimal digits after \"\\u\""))
        }
        index += 4
        return value
    }
}
