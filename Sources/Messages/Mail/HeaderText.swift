import WebText

/// Text for people in a header field: as it is where that is plain and short, else as encoded words (RFC 2047).
enum HeaderText {
    /// Bytes of text in one encoded word, so that its line has no more than 76 bytes with the field's name in front.
    private static let bytesPerWord = 39
    /// What fits into the field's first line as it is.
    private static let longestPlain = 60

    /// Whether the text may stand in a header at all: no line breaks and no other control characters.
    static func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
            default: true
            }
        }
    }

    /// A text that is no structured field, such as a subject; folded where it needs more than a line.
    static func unstructured(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        // Spaces at the ends would be lost, and `=?` would be read as an encoded word.
        let isSafe = !text.contains("=?") && text.first != " " && text.last != " "
        return isPlain && isSafe && text.utf8.count <= longestPlain ? text : encodedWords(text)
    }

    /// A name in front of an address: in quotes where it is plain.
    static func phrase(_ text: String) -> String {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), text.utf8.count <= longestPlain,
            !text.contains("=?")
        else { return encodedWords(text) }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// No word ends within a character.
    private static func encodedWords(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for character in text.unicodeScalars {
            let bytes = Array(String(character).utf8)
            if let last = words.last, last.count + bytes.count > bytesPerWord { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Base64.encode($0))?=" }.joined(separator: "\r\n ")
    }
}
