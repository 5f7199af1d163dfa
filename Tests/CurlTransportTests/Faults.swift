import RawServer
import Router

/// The catalogue: every way of answering, or not, that an operator's server has been seen or feared to choose.
extension Fault {
    static let all = endings + lengths + framings + interims + statuses + silences + floods

    private static let lost: Expectation = .failure([.connectionLost])
    private static let broken: Expectation = .failure([.malformedReply, .connectionLost])
    private static let malformed: Expectation = .failure([.malformedReply])

    /// The connection ends where it should not.
    private static let endings: [Fault] = [
        Fault("close after the head", lost, readsBody: false) { $0.close() },
        Fault("close after the request", lost) { $0.close() },
        Fault("reset after the head", lost, readsBody: false) { $0.reset() },
        Fault("reset after the request", lost) { $0.reset() },
        Fault("reset after the header", broken) { peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
            peer.reset()
        },
        Fault("reset after the whole reply", .replyOr(200, [.connectionLost])) { peer in
            peer.write(MisbehavingServer.ok)
            peer.reset()
        },
        says("half a status line", "HTTP/1.1 2", broken),
        says("status line, no end of line", "HTTP/1.1 200 OK", broken),
        says("status line only", "HTTP/1.1 200 OK\r\n", broken),
        says("header without end", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n", broken),
        says("header cut inside a line", "HTTP/1.1 200 OK\r\nContent-Le", broken),
    ]

    /// The length is wrong.
    private static let lengths: [Fault] = [
        says("short of its length", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"ok\":", broken),
        says("nothing of its length", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", broken),
        saysAndStays("bytes after the body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokSURPLUS", malformed),
        saysAndStays("two answers", MisbehavingServer.ok + MisbehavingServer.ok, malformed),
        saysAndStays(
            "two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!", malformed),
        saysAndStays("a list of lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok", malformed),
        saysAndStays("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok", malformed),
        saysAndStays("a length with a sign", "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok", malformed),
        saysAndStays("a hexadecimal length", "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nok", malformed),
        saysAndStays(
            "an absurd length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
            .failure([.malformedReply, .oversized])),
        saysAndStays(
            "the same length twice", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nContent-Length: 2\r\n\r\nok", .reply(200)),
        saysAndStays(
            "a length beside chunks",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", malformed),
        saysAndStays(
            "an encoding nobody asked for", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            malformed),
        saysAndStays(
            "chunked twice",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", malformed),
        says("until close", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nok", .reply(200)),
    ]

    /// Chunks and header lines.
    private static let framings: [Fault] = [
        saysAndStays(
            "chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1;x=y\r\nk\r\n0\r\nX-T: 1\r\n\r\n",
            .reply(200)),
        says("chunk cut short", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", broken),
        says("last chunk missing", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", broken),
        saysAndStays(
            "chunk size is no number", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
            broken),
        saysAndStays(
            "chunk size overflows",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\nok\r\n0\r\n\r\n", broken),
        saysAndStays(
            "chunk without its end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokXX0\r\n\r\n", broken),
        saysAndStays(
            "bytes after the last chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nSURPLUS", malformed),
        saysAndStays("garbage", "\u{7}this is not the web\r\n\r\n", malformed),
        says("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", malformed),
        says("no header at all", "{\"status\":\"success\"}", malformed),
        saysAndStays("HTTP/2 in letters", "HTTP/2 200\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("HTTP/3.7", "HTTP/3.7 200 OK\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("ICY", "ICY 200 OK\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("status of two digits", "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("status 999", "HTTP/1.1 999 OK\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("line without colon", "HTTP/1.1 200 OK\r\nhello\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays(
            "blank before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 2\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("folded line", "HTTP/1.1 200 OK\r\nX-A: 1\r\n 2\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("NUL in a header", "HTTP/1.1 200 OK\r\nX-A: 1\u{0}2\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays(
            "escape in a header", "HTTP/1.1 200 OK\r\nX-A: \u{1B}[2J\r\nContent-Length: 2\r\n\r\nok", malformed),
        saysAndStays("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", .reply(200)),
        saysAndStays("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", .reply(200)),
    ]

    /// Interim answers.
    private static let interims: [Fault] = [
        saysAndStays(
            "103, then 200", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + MisbehavingServer.ok, .reply(200)),
        saysAndStays("100, then 200", "HTTP/1.1 100 Continue\r\n\r\n" + MisbehavingServer.ok, .reply(200)),
        saysAndStays("101", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", malformed),
        says("100, then close", "HTTP/1.1 100 Continue\r\n\r\n", broken),
    ]

    /// Whole answers that are not what was hoped for: they come back as they are, and nothing is followed or repeated.
    private static let statuses: [Fault] =
        [301, 302, 303, 307, 308].map { status in
            saysAndStays(
                "\(status)", "HTTP/1.1 \(status) Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
                .reply(status))
        }
        + [400, 401, 403, 407, 409, 417, 421, 425, 429, 500, 502, 503, 504].map { status in
            saysAndStays(
                "\(status)",
                "HTTP/1.1 \(status) No\r\nRetry-After: 0\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n"
                    + "Proxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", .reply(status))
        } + [
            saysAndStays(
                "HTML", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>hi</html>",
                .reply(200)),
            saysAndStays("empty 200", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .reply(200)),
            saysAndStays("204", "HTTP/1.1 204 No Content\r\n\r\n", .reply(204)),
            saysAndStays(
                "gzip that nobody asked for",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\u{1F}\u{1}", .reply(200)),
        ]

    /// The server takes its time.
    private static let silences: [Fault] = [
        Fault("silence", .failure([.timeout]), limits: Line.hasty) { $0.waitForEnd() },
        Fault("silence after the head", .failure([.timeout]), limits: Line.hasty, readsBody: false) { $0.drain() },
        Fault("100, then silence", .failure([.timeout]), limits: Line.hasty) { peer in
            peer.write("HTTP/1.1 100 Continue\r\n\r\n")
            peer.waitForEnd()
        },
        Fault("header, then silence", .failure([.timeout]), limits: Line.hasty) { peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
            peer.waitForEnd()
        },
        Fault("one byte at a time", .failure([.timeout]), limits: Line.hasty) { peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
            repeat { peer.write("x") } while peer.pace(milliseconds: 10)
        },
        Fault("below the low speed", .failure([.timeout]), limits: Line.speedy) { peer in
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n")
            repeat { peer.write("x") } while peer.pace(milliseconds: 10)
        },
        Fault("one header byte at a time", .failure([.timeout]), limits: Line.hasty) { peer in
            peer.write("HTTP/1.1 200 OK\r\nX-Slow: ")
            repeat { peer.write("x") } while peer.pace(milliseconds: 10)
        },
    ]

    /// The server says too much.
    private static let floods: [Fault] = [
        saysAndStays("announced too large", "HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n", .failure([.oversized])),
        Fault("endless body", .failure([.oversized])) { peer in
            peer.write("HTTP/1.1 200 OK\r\n\r\n")
            repeat { peer.write([UInt8](repeating: 120, count: 8192)) } while peer.pace(milliseconds: 0)
        },
        Fault("endless chunks", .failure([.oversized])) { peer in
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            repeat {
                peer.write("1000\r\n" + String(repeating: "x", count: 4096) + "\r\n")
            } while peer.pace(milliseconds: 0)
        },
        Fault("endless header", .failure([.oversized])) { peer in
            peer.write("HTTP/1.1 200 OK\r\n")
            repeat {
                peer.write("X-Pad: " + String(repeating: "x", count: 900) + "\r\n")
            } while peer.pace(milliseconds: 0)
        },
        Fault("endless header line", .failure([.oversized])) { peer in
            peer.write("HTTP/1.1 200 OK\r\nX-Pad: ")
            repeat { peer.write([UInt8](repeating: 120, count: 8192)) } while peer.pace(milliseconds: 0)
        },
        Fault("endless interim answers", .failure([.oversized])) { peer in
            repeat { peer.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n") } while peer.pace(milliseconds: 0)
        },
    ]
}
