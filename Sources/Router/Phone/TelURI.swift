import WebText

/// A `tel:` address (RFC 3966), as web pages and contact lists hand it over.
struct TelURI {
    /// The number, percent-decoded, without parameters.
    let number: String
    /// The beginning of an international number that a local one goes with, for instance `+228`.
    let context: String?

    /// `nil` if a text is no such address.
    ///
    /// - Throws: ``MSISDNError`` for an address of something else than a number alone, such as an extension.
    init?(_ text: Substring.UnicodeScalarView) throws(MSISDNError) {
        let scheme = "tel:".unicodeScalars
        guard text.count > 4, zip(text, scheme).allSatisfy({ $0 == $1 || $0.value | 0x20 == $1.value }) else {
            return nil
        }
        let parts = String(text.dropFirst(4)).split(separator: ";", omittingEmptySubsequences: false)
        var context: String?
        for parameter in parts.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].lowercased() == "phone-context" else { throw .notDigits }
            context = pair[1].first == "+" ? String(pair[1]) : nil
        }
        self.context = context
        number = try Self.decoded(parts.first ?? "")
    }

    private static func decoded(_ text: Substring) throws(MSISDNError) -> String {
        guard text.utf8.contains(0x25) else { return String(text) }
        var (bytes, rest) = ([UInt8](), text.utf8[...])
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = Hex.bytes(String(decoding: rest.prefix(2), as: UTF8.self))?.first else {
                throw .notDigits
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notDigits }
        return text
    }
}
