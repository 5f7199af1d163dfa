// The standard library's own normal form C: it compares strings by it, but shows it to nobody else.
@_spi(_Unicode) import Swift

/// Order numbers as they are compared.
package enum OrderNumber {
    /// An order number without outer white space, with every inner run of it as one space, in Unicode normal form C.
    ///
    /// Case counts. Two spellings of one number give equal bytes; to normalise twice changes nothing.
    package static func normalised(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard !isPlain else { return text }
        var result = String.UnicodeScalarView()
        var isAfterSpace = false
        for scalar in text._nfc {
            guard !scalar.properties.isWhitespace else {
                isAfterSpace = true
                continue
            }
            if isAfterSpace, !result.isEmpty { result.append(" ") }
            isAfterSpace = false
            result.append(scalar)
        }
        return String(result)
    }
}
