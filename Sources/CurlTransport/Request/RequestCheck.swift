import Router

/// Refuses what must not reach libcurl (C8): libcurl does not look for line breaks in what it is given.
enum RequestCheck {
    /// Fields that frame the message; they are the transport's own.
    private static let ownFields: [StaticString] = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "expect", "upgrade", "te", "trailer",
        "proxy-connection",
    ]

    /// What is wrong with a request; `nil` if nothing is.
    ///
    /// Values never get into the text.
    static func fault(in request: WireRequest) -> TransportFailure? {
        if let fault = urlFault(request.url) { return TransportFailure(.invalidRequest, fault) }
        for header in request.headers {
            if let fault = headerFault(header) { return TransportFailure(.invalidRequest, fault) }
        }
        return nil
    }

    /// Whether a field name equals a lower-case name, whatever its case.
    static func isSame(_ name: String, _ lowerCase: StaticString) -> Bool {
        lowerCase.withUTF8Buffer { wanted in
            name.utf8.count == wanted.count && name.utf8.elementsEqual(wanted) { lowered($0) == $1 }
        }
    }

    private static func urlFault(_ url: String) -> String? {
        guard url.utf8.count <= 8000 else { return "the URL is too long" }
        // Visible ASCII only; a backslash is read as a slash by some.
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            return "the URL holds a byte that must be percent-encoded"
        }
        return nil
    }

    private static func headerFault(_ header: WireRequest.Header) -> String? {
        guard !header.name.isEmpty, header.name.utf8.allSatisfy(isTokenByte) else {
            return "a header name holds a forbidden byte"
        }
        guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
            return "a header value holds a control byte"
        }
        guard !ownFields.contains(where: { isSame(header.name, $0) }) else {
            return "a header is the transport's own to set"
        }
        return nil
    }

    /// RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
