import NIOHTTP1

/// Why a request is refused by its head alone (RFC 9110, RFC 9112).
struct HeadFault: Error, Sendable, Hashable {
    var code: ProblemCode
    var detail: String

    var problem: Problem { Problem(code, detail) }

    /// What is wrong with a head, if anything.
    static func find(in head: HTTPRequestHead) -> HeadFault? {
        guard head.version.major == 1 else {
            return HeadFault(
                code: .malformedRequest, detail: "HTTP/\(head.version.major) is not spoken here; send HTTP/1.1")
        }
        let hosts = head.headers["host"]
        if hosts.count > 1 || (hosts.isEmpty && head.version.minor >= 1) {
            let what = hosts.isEmpty ? "the header Host is missing" : "the header Host stands \(hosts.count) times"
            return HeadFault(code: .malformedRequest, detail: "\(what); HTTP/1.1 needs it once (RFC 9112, section 3.2)")
        }
        if let host = hosts.first, !host.utf8.allSatisfy(Self.mayStandInHost) {
            return HeadFault(
                code: .malformedRequest,
                detail:
                    "the header Host is no host; it is a name or an address, with a port or without (RFC 9110, section 7.2)"
            )
        }
        let encodings = head.headers["transfer-encoding"]
        if head.version.minor == 0, !encodings.isEmpty {
            return HeadFault(
                code: .malformedRequest,
                detail: "HTTP/1.0 has no Transfer-Encoding; send Content-Length, or HTTP/1.1 (RFC 9112, section 6.1)")
        }
        if encodings.contains(where: { $0.lowercased() != "chunked" }) {
            return HeadFault(
                code: .malformedRequest,
                detail: "the only Transfer-Encoding that is read is chunked, alone (RFC 9112, section 6.1)")
        }
        let expectations = head.headers[canonicalForm: "expect"].filter { $0.lowercased() != "100-continue" }
        if let other = expectations.first, head.version.minor >= 1 {
            return HeadFault(
                code: .expectationFailed, detail: "Expect: \(other.prefix(40)) is not known; only 100-continue is")
        }
        return nil
    }

    /// Names, addresses and ports; a comma, though it may stand in a name, more likely joins two values.
    private static func mayStandInHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"): true
        default: "_~[]%!$&'()*+;=".utf8.contains(byte)
        }
    }

    /// What the parser found.
    init(_ error: HTTPParserError) {
        switch error {
        case .headerOverflow:
            self.init(code: .headersTooLarge, detail: "request line and headers may have 32 kB together")
        default: self.init(code: .malformedRequest, detail: "this is not HTTP/1.1: \(error)")
        }
    }

    init(code: ProblemCode, detail: String) {
        self.code = code
        self.detail = detail
    }
}

extension HTTPRequestHead {
    /// Whether the client waits for a sign before it sends the body.
    var awaitsInvitation: Bool {
        version.minor >= 1 && headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
    }

    /// Whether another protocol is to follow on this connection, which none does.
    ///
    /// The parser reads nothing more of such a connection.
    var leavesHTTP: Bool { method == .CONNECT || headers.contains(name: "upgrade") }

    /// How many bytes of body are announced; `nil` if that is not known.
    var announcedLength: Int? {
        headers.contains(name: "transfer-encoding") ? nil : headers["content-length"].first.flatMap { Int($0) } ?? 0
    }
}
