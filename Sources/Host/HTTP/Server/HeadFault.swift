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
        let hosts = head.headers["host"].count
        if hosts > 1 || (hosts == 0 && head.version.minor >= 1) {
            let what = hosts == 0 ? "the header Host is missing" : "the header Host stands \(hosts) times"
            return HeadFault(code: .malformedRequest, detail: "\(what); HTTP/1.1 needs it once (RFC 9112, section 3.2)")
        }
        if head.version.minor == 0, head.headers.contains(name: "transfer-encoding") {
            return HeadFault(
                code: .malformedRequest,
                detail: "HTTP/1.0 has no Transfer-Encoding; send Content-Length, or HTTP/1.1 (RFC 9112, section 6.1)")
        }
        let expectations = head.headers[canonicalForm: "expect"].filter { $0.lowercased() != "100-continue" }
        if let other = expectations.first, head.version.minor >= 1 {
            return HeadFault(
                code: .expectationFailed, detail: "Expect: \(other.prefix(40)) is not known; only 100-continue is")
        }
        return nil
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

    /// How many bytes of body are announced; `nil` if that is not known.
    var announcedLength: Int? {
        headers.contains(name: "transfer-encoding") ? nil : headers["content-length"].first.flatMap { Int($0) } ?? 0
    }
}
