import CInflate

/// What an answer says it did to its body before sending it (RFC 9110, section 8.4), and the way back.
///
/// Decoded here and not by libcurl, whose decoders let a body pass that ends too early, stumble over labels that mean
/// nothing (`Content-Encoding: UTF-8`), and read formats whose windows may take a hundred megabytes.
struct ContentCoding: Sendable {
    /// What becomes of a body.
    enum Decoded: Sendable, Equatable {
        case body([UInt8])
        /// Larger than the cap once it is decoded.
        case oversized
        /// Compressed, but not to be decompressed: cut, damaged, or with something behind its end.
        case broken
    }

    /// The names, in lower case, as far as they mean anything.
    private var names: [String] = []

    /// Takes one field's value.
    mutating func add(_ value: String) {
        names += value.lowercased().split(whereSeparator: { $0 == "," || $0 == " " || $0 == "\t" }).map(String.init)
            .filter { $0 != "identity" }
    }

    /// The body as it was before, at most `limit` bytes of it.
    ///
    /// What is not compressed, whatever its label says, stays as it came.
    func decoded(_ body: [UInt8], limit: Int) -> Decoded {
        guard !names.isEmpty, Self.isCompressed(body) else { return .body(body) }
        guard names.count == 1, let name = names.first else { return .broken }
        guard ["gzip", "x-gzip", "deflate"].contains(name) else { return .body(body) }
        // One byte more than allowed tells full from too large. No stream grows more than 1032-fold.
        let room = min(limit, body.count.multipliedReportingOverflow(by: 1_040).partialValue) + 1
        var end = CINFLATE_BROKEN
        let whole = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            body.withUnsafeBufferPointer { bytes in
                end = cinflate(bytes.baseAddress, bytes.count, buffer.baseAddress, room, &count)
            }
        }
        switch end {
        case CINFLATE_BROKEN: return .broken
        case CINFLATE_WHOLE where whole.count <= limit: return .body(Array(whole[...]))
        default: return .oversized
        }
    }

    /// Whether bytes begin like gzip (RFC 1952) or zlib (RFC 1950).
    private static func isCompressed(_ body: [UInt8]) -> Bool {
        guard body.count >= 2 else { return false }
        let head = Int(body[0]) << 8 | Int(body[1])
        return head == 0x1F8B || (body[0] & 0x0F == 8 && head.isMultiple(of: 31))
    }
}
