import RawServer

extension Lie {
    /// The length is wrong, or there are several.
    static let lengths: [Lie] = [
        says("a length too long", .never) { Array($0.head(length: $0.body.count + 7).utf8) + $0.body },
        stays("a length too short", .never) { Array($0.head(length: $0.body.count - 3).utf8) + $0.body },
        stays("no length for what comes", .either) { Array($0.head(length: 0).utf8) + $0.body },
        stays("two lengths", .never) { Array($0.head("Content-Length: 1\r\n").utf8) + $0.body },
        stays("a list of lengths", .never) { told in framed(told, "Content-Length: \(told.body.count), 1\r\n") },
        stays("the same length twice", .whole) { told in
            Array(told.head("content-length: \(told.body.count)\r\n").utf8) + told.body
        },
        stays("a negative length", .never) { told in framed(told, "Content-Length: -\(told.body.count)\r\n") },
        stays("a length with a sign", .never) { told in framed(told, "Content-Length: +\(told.body.count)\r\n") },
        stays("a hexadecimal length", .never) { told in
            framed(told, "Content-Length: 0x\(String(told.body.count, radix: 16))\r\n")
        },
        stays("an absurd length", .never) { told in framed(told, "Content-Length: 99999999999999999999\r\n") },
        says("no length, until close", .whole) { told in framed(told, "") },
        says("HTTP/1.0 until close", .whole) { Array($0.head(version: "HTTP/1.0", length: .some(nil)).utf8) + $0.body },
        stays("HTTP/1.0 with a length", .whole) { Array($0.head(version: "HTTP/1.0").utf8) + $0.body },
    ]

    /// Chunks that are none.
    static let chunks: [Lie] = [
        stays("chunks of one byte, with extensions and a trailer", .whole) { told in
            chunked(
                told, told.body.flatMap { Array("1;x=y\r\n".utf8) + [$0, 13, 10] } + Array("0\r\nX-T: 1\r\n\r\n".utf8))
        },
        says("a chunk cut short", .never) { told in chunked(told, Array("FF\r\n".utf8) + told.body) },
        says("the last chunk is missing", .never) { told in chunked(told, chunk(told.body)) },
        stays("a chunk size that is no number", .never) { told in
            chunked(told, Array("zz\r\n".utf8) + told.body + Array("\r\n0\r\n\r\n".utf8))
        },
        stays("a chunk size beyond 64 bits", .never) { told in
            chunked(told, Array("fffffffffffffffffff\r\n".utf8) + told.body + Array("\r\n0\r\n\r\n".utf8))
        },
        stays("a chunk without its end", .never) { told in
            chunked(told, chunk(told.body).dropLast(2) + Array("XX0\r\n\r\n".utf8))
        },
        stays("bytes after the last chunk", .never) { told in
            chunked(told, chunk(told.body) + Array("0\r\n\r\n{}".utf8))
        },
        stays("chunked twice", .never) { told in
            chunked(told, chunk(told.body) + Array("0\r\n\r\n".utf8), "Transfer-Encoding: chunked\r\n")
        },
        stays("a length beside chunks", .never) { told in
            chunked(told, chunk(told.body) + Array("0\r\n\r\n".utf8), "Content-Length: \(told.body.count)\r\n")
        },
        stays("a transfer encoding nobody asked for", .never) { told in
            framed(told, "Transfer-Encoding: gzip, chunked\r\n")
        },
    ]

    /// Several answers where one is expected.
    static let several: [Lie] = [
        stays("two answers", .never) { $0.whole() + $0.whole() },
        stays("an error, then an answer", .never) { Told(status: 500, body: $0.body).whole() + $0.whole() },
        stays("bytes after the answer", .never) { $0.whole() + Array("SURPLUS".utf8) },
        stays("100, then the answer", .whole) { Array("HTTP/1.1 100 Continue\r\n\r\n".utf8) + $0.whole() },
        stays("three hints, then the answer", .whole) {
            Array(String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", count: 3).utf8) + $0.whole()
        },
        says("100, then close", .never) { _ in Array("HTTP/1.1 100 Continue\r\n\r\n".utf8) },
        stays("101", .never) { Array("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n".utf8) + $0.body },
    ]

    /// It looks like HTTP, or does not even try.
    static let garbage: [Lie] = [
        stays("garbage", .never) { _ in Array("\u{7}this is not the web\r\n\r\n".utf8) },
        stays("a TLS alert", .never) { _ in [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28] },
        says("another protocol", .never) { _ in Array("SSH-2.0-OpenSSH_9.2\r\n".utf8) },
        says("no header at all", .never) { $0.body },
        stays("HTTP/2 in letters", .never) { Array($0.head(version: "HTTP/2").utf8) + $0.body },
        stays("ICY", .never) { Array($0.head(version: "ICY").utf8) + $0.body },
        stays("a status of four digits", .never) { Told(status: 2_000, body: $0.body).whole() },
        stays("a status of two digits", .never) { Told(status: 20, body: $0.body).whole() },
        stays("status 999", .never) { Told(status: 999, body: $0.body).whole() },
        stays("a line without a colon", .never) { $0.whole("hello\r\n") },
        stays("a blank before the colon", .never) { $0.whole("X-A : 1\r\n") },
        stays("a folded line", .never) { $0.whole("X-A: 1\r\n 2\r\n") },
        stays("NUL in a header", .never) { $0.whole("X-A: 1\u{0}2\r\n") },
        stays("bare line feeds", .whole) { told in
            Array(told.head().replacing("\r\n", with: "\n").utf8) + told.body
        },
    ]

    private static func framed(_ told: Told, _ fields: String) -> [UInt8] {
        Array(told.head(fields, length: .some(nil)).utf8) + told.body
    }

    private static func chunked(_ told: Told, _ parts: some Sequence<UInt8>, _ fields: String = "") -> [UInt8] {
        Array(told.head("Transfer-Encoding: chunked\r\n" + fields, length: .some(nil)).utf8) + Array(parts)
    }

    private static func chunk(_ body: [UInt8]) -> [UInt8] {
        Array((String(body.count, radix: 16) + "\r\n").utf8) + body + [13, 10]
    }
}
