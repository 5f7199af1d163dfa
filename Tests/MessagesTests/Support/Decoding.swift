import WebText

/// Reads header text as mail programs do (RFC 2047), for whatever our own writer makes.
enum EncodedWords {
    static func decoded(_ text: String) -> String {
        var result: [UInt8] = []
        var isBehindWord = false
        for part in text.split(separator: " ", omittingEmptySubsequences: false) {
            let word = part.wholeMatch(of: /=\?utf-8\?B\?([A-Za-z0-9+\/=]*)\?=/)
            if let word, let bytes = Base64.decode(word.1) {
                // A space between two encoded words is none.
                if !isBehindWord, !result.isEmpty { result.append(0x20) }
                result += bytes
                isBehindWord = true
            } else {
                if !result.isEmpty || isBehindWord { result.append(0x20) }
                result += Array(part.utf8)
                isBehindWord = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// Reads quoted-printable text.
enum QuotedText {
    static func decoded(_ text: String) -> String? {
        let joined = text.replacing("=\r\n", with: "")
        var bytes: [UInt8] = []
        var rest = Array(joined.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            guard let value = Hex.bytes(String(decoding: rest.prefix(2), as: UTF8.self)) else { return nil }
            bytes += value
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension String {
    /// What stands before the first place where a text stands.
    func components(before mark: String) -> String {
        firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
    }
    /// What stands behind it.
    func components(after mark: String) -> String { firstRange(of: mark).map { String(self[$0.upperBound...]) } ?? "" }
    /// The parts between the places.
    func components(separatedBy mark: String) -> [String] {
        split(separator: mark, omittingEmptySubsequences: false).map(String.init)
    }
    /// Without one space at its beginning.
    var trimmed: String { hasPrefix(" ") ? String(dropFirst()) : self }
}
