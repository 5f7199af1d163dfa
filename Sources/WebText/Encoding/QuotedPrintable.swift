/// Text as quoted-printable (RFC 2045, 6.7): readable where it is ASCII, and no line longer than 76 bytes.
public enum QuotedPrintable {
    private static let longest = 76

    /// The text in UTF-8, encoded; its line breaks (CR LF, CR or LF) become CR LF, and the last line has one, too.
    public static func encode(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for line in lines(of: text) {
            var length = 0
            for (index, byte) in line.enumerated() {
                let isLast = index == line.count - 1
                let piece = isPlain(byte, atEnd: isLast) ? [byte] : escaped(byte)
                // Behind a piece that is not the last one there must be room for the sign of the soft break.
                if length + piece.count > longest - (isLast ? 0 : 1) {
                    result += [UInt8(ascii: "="), 0x0D, 0x0A]
                    length = 0
                }
                result += piece
                length += piece.count
            }
            result += [0x0D, 0x0A]
        }
        return result
    }

    private static func lines(of text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 0x0A where previous == 0x0D: break
            case 0x0A, 0x0D: lines.append([])
            default: lines[lines.count - 1].append(byte)
            }
            previous = byte
        }
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// White space at the end of a line is lost on the way, so there it is encoded.
    private static func isPlain(_ byte: UInt8, atEnd isLast: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "="): false
        case 0x20, 0x09: !isLast
        default: (0x21...0x7E).contains(byte)
        }
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "="), PercentText.digits[Int(byte >> 4)], PercentText.digits[Int(byte & 15)]]
    }
}
