import WebText

/// JSON text straight into bytes, shared by all writers.
extension [UInt8] {
    /// Appends a text as a JSON string.
    ///
    /// Runs of plain characters are copied as a whole: every answer, event and record comes through here.
    mutating func appendJSONString(_ text: String) {
        var text = text
        text.withUTF8 { characters in
            guard !Self.isPlain(characters) else { return appendPieces("\"", "", "", characters, "\"") }
            append(UInt8(ascii: "\""))
            var start = 0
            for index in characters.indices where Self.needsEscape(characters[index]) {
                append(contentsOf: UnsafeBufferPointer(rebasing: characters[start..<index]))
                appendEscape(characters[index])
                start = index + 1
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: characters[start...]))
            append(UInt8(ascii: "\""))
        }
    }

    /// Appends several pieces at once, because room and owner of the bytes are looked at for each appending.
    mutating func appendPieces(
        _ lead: StaticString, _ name: StaticString, _ colon: StaticString, _ value: UnsafeBufferPointer<UInt8>,
        _ end: StaticString
    ) {
        let fixed = lead.utf8CodeUnitCount + name.utf8CodeUnitCount + colon.utf8CodeUnitCount + end.utf8CodeUnitCount
        append(addingCapacity: fixed + value.count) { (room: inout OutputSpan<UInt8>) in
            room.withUnsafeMutableBufferPointer { room, used in
                func put(_ piece: UnsafeBufferPointer<UInt8>) {
                    used += UnsafeMutableBufferPointer(rebasing: room[used...]).initialize(fromContentsOf: piece)
                }
                lead.withUTF8Buffer(put)
                name.withUTF8Buffer(put)
                colon.withUTF8Buffer(put)
                put(value)
                end.withUTF8Buffer(put)
            }
        }
    }

    /// Whether nothing has to be escaped; looked at without a branch for each character.
    static func isPlain(_ characters: UnsafeBufferPointer<UInt8>) -> Bool {
        var isPlain = true
        for character in characters { isPlain = isPlain && !needsEscape(character) }
        return isPlain
    }

    /// Appends the text's UTF-8 without quotes and without escaping.
    mutating func appendText(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    private mutating func appendEscape(_ byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x09: append(UInt8(ascii: "t"))
        default: appendText("u00" + Hex.text([byte]))
        }
    }
}
