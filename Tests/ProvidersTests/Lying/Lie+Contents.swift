import RawServer

extension Lie {
    /// The framing is right, the body is not what it seems.
    static let contents: [Lie] = [
        stays("gzip", .whole) { told in compressed(told, Deflated.gzip(told.body)) },
        stays("deflate", .whole) { told in compressed(told, Deflated.zlib(told.body), "deflate") },
        stays("called gzip and plain", .whole) { $0.whole("Content-Encoding: gzip\r\n") },
        stays("called br and plain", .whole) { $0.whole("Content-Encoding: br\r\n") },
        stays("an encoding that is none", .whole) { $0.whole("Content-Encoding: UTF-8\r\n") },
        stays("gzip without saying so", .never) { $0.saying(Deflated.gzip($0.body)).whole() },
        stays("gzip called br", .never) { told in compressed(told, Deflated.gzip(told.body), "br") },
        stays("gzip twice", .never) { told in
            compressed(told, Deflated.gzip(Deflated.gzip(told.body)), "gzip, gzip")
        },
        stays("gzip cut before its sum", .never) { told in compressed(told, Deflated.gzip(told.body).dropLast(8)) },
        stays("gzip cut in the middle", .never) { told in compressed(told, Deflated.gzip(told.body).dropLast(20)) },
        stays("gzip with a wrong sum", .never) { told in
            var bytes = Deflated.gzip(told.body)
            bytes[bytes.count - 5] ^= 1
            return compressed(told, bytes)
        },
        stays("gzip with something behind", .never) { told in compressed(told, Deflated.gzip(told.body) + told.body) },
        stays("a gzip bomb", .never) { told in
            compressed(told, Deflated.gzip(told.body + [UInt8](repeating: 0x20, count: 20_000_000)))
        },
        stays("a byte order mark", .whole) { $0.saying([0xEF, 0xBB, 0xBF] + $0.body).whole() },
        stays("two byte order marks", .never) { $0.saying([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + $0.body).whole() },
        stays("UTF-16", .never) { $0.saying([0xFE, 0xFF] + $0.body.flatMap { [0, $0] }).whole() },
        stays("an empty body", .either) { $0.saying("").whole() },
        stays("no content", .either) { Told(status: 204, body: $0.body).saying("").whole() },
        stays("a page", .never) { $0.saying("<!doctype html><h1>Maintenance</h1>").whole() },
        stays("a page around the answer", .never) {
            $0.saying(Array("<pre>".utf8) + $0.body + Array("</pre>".utf8)).whole()
        },
        stays("null", .never) { $0.saying("null").whole() },
        stays("two values", .never) { $0.saying($0.body + $0.body).whole() },
        stays("a warning in front", .never) {
            $0.saying(Array("<br />\n<b>Notice</b>: Undefined index\n".utf8) + $0.body).whole()
        },
        stays("blanks around", .whole) { $0.saying(Array("\r\n\t ".utf8) + $0.body + Array("\r\n".utf8)).whole() },
        stays("another type of content", .whole) { $0.whole("Content-Type: text/html; charset=latin1\r\n") },
    ]

    /// Redirects, none of which may be followed.
    static let redirects: [Lie] = [300, 301, 302, 303, 305, 307, 308].flatMap { status in
        [
            stays("\(status) to itself", .never) {
                Told(status: status, body: $0.body).whole("Location: \(LyingOperator.itself)\r\n")
            },
            stays("\(status) to elsewhere", .never) {
                Told(status: status, body: $0.body).whole("Location: /elsewhere\r\n")
            },
        ]
    }

    /// Every error that there is, whatever was executed.
    static let errors: [Lie] =
        (Array(400...418) + Array(420...431) + [440, 444, 449, 450, 451, 460, 494, 495, 499] + Array(500...511)
        + Array(520...530) + [561, 598, 599]).flatMap { status in
            [
                stays("\(status) around the answer", .never) {
                    Told(status: status, body: $0.body).whole("Retry-After: 0\r\nWWW-Authenticate: Negotiate\r\n")
                },
                stays("\(status) with a page", .never) {
                    Told(status: status, body: $0.body).saying("<html><h1>Error</h1></html>").whole()
                },
            ]
        }

    /// Every way but the errors.
    static let all =
        endings + silences + floods + lengths + chunks + several + garbage + contents + redirects

    private static func compressed(_ told: Told, _ body: some Sequence<UInt8>, _ name: String = "gzip") -> [UInt8] {
        told.saying(Array(body)).whole("Content-Encoding: \(name)\r\n")
    }
}
