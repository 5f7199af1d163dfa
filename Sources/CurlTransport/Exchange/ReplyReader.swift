import Router

/// Collects one answer from the pieces libcurl hands out, within its caps, and judges whether it is complete.
///
/// Stricter than libcurl where money could be misread: two different lengths, a length beside chunks, a header block
/// without an end, and bytes after the end all make the answer malformed.
struct ReplyReader: Sendable {
    private enum Phase: Sendable { case status, fields, body }

    /// Why the answer is unusable.
    private(set) var fault: TransportFailure?

    private let maximumHeaderBytes: Int
    private let maximumBodyBytes: Int
    private var phase = Phase.status
    private var headerBytes = 0
    private var status = 0
    private var headers: [WireRequest.Header] = []
    private var body: [UInt8] = []
    private var announced: Int?
    private var isChunked = false
    private var coding = ContentCoding()
    private var saidFarewell = false

    init(maximumHeaderBytes: Int = 0, maximumBodyBytes: Int = 0) {
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumBodyBytes = maximumBodyBytes
    }

    /// Whether the header of the final answer has ended.
    var hasWholeHeader: Bool { phase == .body }

    /// Takes one line of a header block, end of line included; `false` ends the exchange.
    mutating func takeHeaderLine(_ line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= maximumHeaderBytes else { return fail(.oversized, "the header is larger than the cap") }
        switch phase {
        case .status: return takeStatusLine(HeaderLine.trimmed(line))
        case .fields: return takeField(line)
        case .body: return true  // Trailers are counted, never used.
        }
    }

    /// Takes body bytes, out of their chunks; `false` ends the exchange.
    mutating func takeBody(_ part: UnsafeRawBufferPointer) -> Bool {
        guard phase == .body else { return fail(.malformedReply, "a body without a header") }
        guard part.count <= maximumBodyBytes - body.count else {
            return fail(.oversized, "the body is larger than the cap")
        }
        body.append(contentsOf: part)
        return true
    }

    /// Takes what libcurl remarked.
    mutating func note(_ remark: Remark) {
        switch remark {
        case .surplus: _ = fail(.malformedReply, "bytes came after the end of the reply")
        case .farewell: saidFarewell = true
        }
    }

    /// The answer, given that libcurl found the exchange complete.
    ///
    /// If it came over TLS, a body that ends with the connection is whole only if the other side said so; otherwise
    /// anyone who can cut the connection could shorten it.
    func finish(secure: Bool) -> Result<WireReply, TransportFailure> {
        if let fault { return .failure(fault) }
        guard phase == .body, status >= 200 else {
            return .failure(TransportFailure(.malformedReply, "the header has no end"))
        }
        if status != 204, status != 304, !isChunked {
            if let announced, announced != body.count {
                return .failure(TransportFailure(.malformedReply, "the body has not the announced length"))
            }
            if announced == nil, secure, !saidFarewell {
                return .failure(TransportFailure(.connectionLost, "the body has no end"))
            }
        }
        switch coding.decoded(body, limit: maximumBodyBytes) {
        case .body(let body): return .success(WireReply(status: status, headers: headers, body: body))
        case .oversized:
            return .failure(TransportFailure(.oversized, "the body is larger than the cap", status: status))
        case .broken:
            return .failure(TransportFailure(.malformedReply, "the body cannot be decompressed", status: status))
        }
    }

    private mutating func takeStatusLine(_ line: UnsafeRawBufferPointer) -> Bool {
        guard let code = HeaderLine.status(line) else { return fail(.malformedReply, "the status line is not HTTP/1") }
        status = code
        phase = .fields
        return true
    }

    private mutating func takeField(_ raw: UnsafeRawBufferPointer) -> Bool {
        let line = HeaderLine.trimmed(raw)
        if line.isEmpty { return endBlock() }
        guard status >= 200 else { return true }
        guard let field = HeaderLine.field(line) else { return fail(.malformedReply, "a header line is malformed") }
        headers.append(field)
        switch field.name {
        case "content-length": return takeLength(field.value)
        case "transfer-encoding": return takeEncoding(field.value)
        case "content-encoding": coding.add(field.value)
        default: break
        }
        return true
    }

    private mutating func takeLength(_ value: String) -> Bool {
        guard !value.isEmpty, value.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
            let length = Int(value), announced == nil || announced == length
        else { return fail(.malformedReply, "the announced length is not one number") }
        announced = length
        return true
    }

    /// Chunks are the only encoding that needs no asking for.
    private mutating func takeEncoding(_ value: String) -> Bool {
        guard !isChunked, RequestCheck.isSame(value, "chunked") else {
            return fail(.malformedReply, "the transfer encoding is not plain chunks")
        }
        isChunked = true
        return true
    }

    private mutating func endBlock() -> Bool {
        if status < 200 {
            // Nobody asked to change protocols; any other interim answer is followed by the real one.
            guard status != 101 else { return fail(.malformedReply, "the server changed the protocol") }
            phase = .status
            return true
        }
        phase = .body
        guard let announced else { return true }
        guard !isChunked else { return fail(.malformedReply, "both a length and a transfer encoding") }
        guard announced <= maximumBodyBytes else {
            return fail(.oversized, "the body is announced larger than the cap")
        }
        body.reserveCapacity(announced)
        return true
    }

    private mutating func fail(_ kind: TransportFailure.Kind, _ detail: String) -> Bool {
        let isCut = kind == .oversized && phase == .body
        if fault == nil { fault = TransportFailure(kind, detail, status: isCut ? status : nil) }
        return false
    }
}
