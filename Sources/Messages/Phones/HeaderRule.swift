/// Which header fields a configuration may name; the wire refuses others, but only when the first message is sent.
package enum HeaderRule {
    /// Fields that frame the request; they are the wire's own.
    private static let own: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "expect", "upgrade", "te", "trailer",
        "proxy-connection",
    ]
    private static let signs = Array("!#$%&'*+-.^_`|~".utf8)

    /// What is wrong with a field's name, as the end of a sentence about it; `nil` if nothing is.
    package static func fault(ofName name: String) -> String? {
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
            return "is no name of a header; use letters, digits and hyphens"
        }
        return own.contains(name.lowercased()) ? "is a header that the router sets itself; leave it out" : nil
    }

    /// Whether a text may be a field's value.
    package static func isValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    /// RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: signs.contains(byte)
        }
    }
}
