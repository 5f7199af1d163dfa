import WebText

/// JSON text straight into bytes, shared by all writers.
extension [UInt8] {
    /// Appends a text as a JSON string.
    ///
    /// Runs of plain characters are copied as a whole: every answer, event and record comes through here.
    mutating func appendJSONString(_ text: String) {
        var text = text
        text.withUTF8 { characters in
            guard !Self.isPlain(characters) else { return appendPieces(.quote, "", .nothing, characters, .quote) }
            appendEscaped(characters)
        }
    }

    /// Appends a JSON string of which something has to be escaped, in room for exactly what it becomes.
    private mutating func appendEscaped(_ characters: UnsafeBufferPointer<UInt8>) {
        let length = characters.reduce(2) { $0 + Self.writtenLength($1) }
        appendInPlace(length) { place in
            place.put(UInt8(ascii: "\""))
            for character in characters {
                if Self.needsEscape(character) { place.putEscape(of: character) } else { place.put(character) }
            }
            place.put(UInt8(ascii: "\""))
        }
    }

    /// Appends what `body` writes, at most `length` bytes.
    @inline(__always)
    private mutating func appendInPlace(_ length: Int, _ body: (inout JSONPlace) -> Void) {
        append(addingCapacity: length + JSONPlace.markRoom) { (room: inout OutputSpan<UInt8>) in
            room.withUnsafeMutableBufferPointer { room, used in
                guard let start = room.baseAddress else { return }
                var place = JSONPlace(next: start + used)
                body(&place)
                used = place.next - start
            }
        }
    }

    /// Appends several pieces at once, because room and owner of the bytes are looked at for each appending.
    mutating func appendPieces(
        _ lead: JSONMark, _ name: StaticString, _ colon: JSONMark, _ value: UnsafeBufferPointer<UInt8>, _ end: JSONMark
    ) {
        let (nameStart, nameCount) = (name.utf8Start, name.utf8CodeUnitCount)
        appendInPlace(lead.count + nameCount + colon.count + value.count + end.count) { place in
            place.put(lead)
            place.put(nameStart, nameCount)
            place.put(colon)
            if let start = value.baseAddress { place.put(start, value.count) }
            place.put(end)
        }
    }

    /// Whether nothing has to be escaped; looked at eight characters at a time.
    static func isPlain(_ characters: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = UnsafeRawPointer(characters.baseAddress) else { return true }
        let count = characters.count
        guard count >= 8 else {
            // Made up to eight with spaces.
            return escapes(in: characters.reduce(0x2020_2020_2020_2020) { $0 << 8 | UInt64($1) }) == 0
        }
        // The last eight are looked at together, whether or not some of them were seen before.
        var marks = escapes(in: start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        var place = 0
        while place + 8 < count {
            marks |= escapes(in: start.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        return marks == 0
    }

    /// Zero if none of eight characters has to be escaped.
    ///
    /// The highest bit of a byte is set where taking something away made it fall below zero, and it was not set before: below
    /// 0x20 for control characters, below one for what is equal to a character and so was turned to zero.
    private static func escapes(in eight: UInt64) -> UInt64 {
        let each: UInt64 = 0x0101_0101_0101_0101
        func less(_ word: UInt64, than limit: UInt64) -> UInt64 { (word &- each &* limit) & ~word }
        let marks =
            less(eight, than: 0x20) | less(eight ^ (each &* 0x22), than: 1) | less(eight ^ (each &* 0x5C), than: 1)
            | less(eight ^ (each &* 0x7F), than: 1)
        return marks & (each &* 0x80)
    }

    /// Appends the text's UTF-8 without quotes and without escaping.
    mutating func appendText(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    /// How many characters one becomes.
    private static func writtenLength(_ byte: UInt8) -> Int {
        guard needsEscape(byte) else { return 1 }
        return JSONEscape.short(byte) == nil ? 6 : 2
    }
}

extension JSONPlace {
    fileprivate mutating func putEscape(of byte: UInt8) {
        put(UInt8(ascii: "\\"))
        if let short = JSONEscape.short(byte) { return put(short) }
        for character in "u00\(Hex.text([byte]))".utf8 { put(character) }
    }
}

private enum JSONEscape {
    /// What stands behind the backslash of the short escapes.
    static func short(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        default: nil
        }
    }
}
