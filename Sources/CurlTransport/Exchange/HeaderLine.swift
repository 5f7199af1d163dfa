import Router

/// Reads single lines of an HTTP/1 header block (RFC 9112, sections 4 and 5).
enum HeaderLine {
    /// The line without its end; a bare line feed counts as one.
    static func trimmed(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var count = line.count
        if count > 0, line[count - 1] == UInt8(ascii: "\n") { count -= 1 }
        if count > 0, line[count - 1] == UInt8(ascii: "\r") { count -= 1 }
        return UnsafeRawBufferPointer(rebasing: line[..<count])
    }

    /// The code of `HTTP/1.x nnn reason`; `nil` for anything else.
    static func status(_ line: UnsafeRawBufferPointer) -> Int? {
        let start: StaticString = "HTTP/1."
        guard line.count >= 12, start.withUTF8Buffer({ line.starts(with: $0) }),
            line[7] == UInt8(ascii: "0") || line[7] == UInt8(ascii: "1"), line[8] == UInt8(ascii: " "),
            line.count == 12 || line[12] == UInt8(ascii: " ")
        else { return nil }
        var code = 0
        for byte in line[9..<12] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            code = code * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return code >= 100 && code < 600 ? code : nil
    }

    /// Name in lower case and value without surrounding blanks; `nil` if the line is not a field, or continues one.
    static func field(_ line: UnsafeRawBufferPointer) -> WireRequest.Header? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
        let name = line[..<colon]
        guard name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        var value = line[(colon + 1)...]
        while let first = value.first, isBlank(first) { value = value.dropFirst() }
        while let last = value.last, isBlank(last) { value = value.dropLast() }
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else { return nil }
        let lowered = String(unsafeUninitializedCapacity: name.count) { buffer in
            for (place, byte) in name.enumerated() {
                buffer[place] = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
            }
            return name.count
        }
        return WireRequest.Header(lowered, String(decoding: value, as: UTF8.self))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
